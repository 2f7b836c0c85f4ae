/** What the tunnel's forwarder sees, asked for every second: for those who want to see that it is nothing. */
import { instantiate } from "./templates.js";

const ADDRESS = "/forwarder/sight.json";
const PAUSE_MS = 1000;

export function watchForwarder({ sum, verdict, list }) {
  let latest = "";
  const look = async () => {
    try {
      if (!document.hidden) await show();
    } catch {
      // The demo is being stopped or started again: what is shown stays.
    }
    setTimeout(look, PAUSE_MS);
  };
  const show = async () => {
    const text = await (await fetch(ADDRESS)).text();
    if (text === latest) return;
    latest = text;
    const sight = JSON.parse(text);
    if (!sight.connections) return;
    sum.textContent = `${count(sight.connections, "connection")}, ${count(sight.bytes, "byte")}.`;
    verdict.textContent = judge(sight);
    verdict.dataset.found = sight.leaks.length > 0;
    list.replaceChildren(...sight.records.map(line));
  };
  look();
}

/** Only a simulator's secrets are known here: what to look for in a real Zoom's answers, nobody can say. */
function judge({ secrets, leaks }) {
  if (leaks.length) return `Found: ${leaks.join(", ")}.`;
  if (secrets === null) return "";
  if (secrets === 0) return "No secret has passed yet.";
  return `${count(secrets, "secret")} passed inside: searched for all of them, found none.`;
}

function line({ target, isSent, kind, size, hex, text, names }) {
  const way = isSent ? `page → ${target}` : `${target} → page`;
  const readable = names.length ? `readable: ${names.join(", ")}` : "";
  const cut = size > text.length ? " …" : "";
  const values = { way, kind, size: count(size, "byte"), names: readable, hex: hex + cut, text };
  const item = instantiate("record-template", values);
  item.dataset.sent = isSent;
  return item;
}

function count(number, noun) {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
