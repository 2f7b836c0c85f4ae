/** What the tunnel's forwarder sees, asked for every second: for those who want to see that it is nothing. */
import { instantiate } from "./templates.js";

/**
 * What e2e/demo serves there.
 * @typedef {object} Sight
 * @property {number} connections
 * @property {number} bytes
 * @property {number | null} secrets - how many were looked for; null where nobody knows what they are
 * @property {string[]} leaks - the names of those that were found
 * @property {TlsRecord[]} records
 *
 * @typedef {object} TlsRecord
 * @property {string} target
 * @property {boolean} isSent
 * @property {string} kind
 * @property {number} size
 * @property {string} hex - how it begins
 * @property {string} text - the same, as text
 * @property {string[]} names - what could be read in it
 */

const ADDRESS = "/forwarder/sight.json";
const PAUSE_MS = 1000;

/** @param {{ sum: HTMLElement, verdict: HTMLElement, list: HTMLElement }} elements */
export function watchForwarder({ sum, verdict, list }) {
  let latest = "";
  const look = async () => {
    if (document.hidden) return;
    const text = await (await fetch(ADDRESS)).text();
    if (text === latest) return;
    latest = text;
    /** @type {Sight} */
    const sight = JSON.parse(text);
    if (!sight.connections) return;
    sum.textContent = `${count(sight.connections, "connection")}, ${count(sight.bytes, "byte")}.`;
    verdict.textContent = judge(sight);
    verdict.dataset.found = String(sight.leaks.length > 0);
    list.replaceChildren(...sight.records.map(renderRecord));
  };
  const watch = () => {
    // The demo may be being stopped or started again: what is shown stays.
    look()
      .catch(() => {})
      .finally(() => setTimeout(watch, PAUSE_MS));
  };
  watch();
}

/**
 * Only a simulator's secrets are known here: what to look for in a real Zoom's answers, nobody can say.
 *
 * @param {Sight} sight
 */
function judge({ secrets, leaks }) {
  if (leaks.length) return `Found: ${leaks.join(", ")}.`;
  if (secrets === null) return "";
  if (secrets === 0) return "No secret has passed yet.";
  return `${count(secrets, "secret")} passed inside: searched for all of them, found none.`;
}

/** @param {TlsRecord} record */
function renderRecord({ target, isSent, kind, size, hex, text, names }) {
  const way = isSent ? `page → ${target}` : `${target} → page`;
  const readable = names.length ? `readable: ${names.join(", ")}` : "";
  const cut = size > text.length ? " …" : "";
  const values = { way, kind, size: count(size, "byte"), names: readable, hex: hex + cut, text };
  const item = instantiate("record-template", values);
  item.dataset.sent = String(isSent);
  return item;
}

/**
 * @param {number} number
 * @param {string} noun
 */
function count(number, noun) {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
