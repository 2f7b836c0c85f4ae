/** What the embedder has set, on the script's tag or by `configure()`, as Python reads it; and what is odd about it. */
import { takeConfigured } from "./configured.js";
import { TAG } from "./properties.js";
import { findMeant } from "./spelling.js";

/** @import { Settings } from "./contract.js" */

/** The settings' names on a tag, without `data-`. */
const NAMES = [
  "api-url",
  "authorize-url",
  "business",
  "client-id",
  "client-lang",
  "invitation-note",
  "issuer",
  "recording-notice",
  "redirect-uri",
  "register-clients",
  "relay",
  "remember",
  "revoke-url",
  "send",
  "share-sign-in",
  "token-url",
  "topic",
  "tunnel",
  "tunnel-roots",
];

/** What else a script's tag may have; `defer` and `nonce` are like nothing of ours, but who knows what comes. */
const OF_HTML = new Set(["async", "blocking", "class", "crossorigin", "defer", "fetchpriority", "id", "integrity"]);

/** Frameworks and tag managers put names of their own on a tag: only what is like one of ours is a mistake. */
function explainNames(/** @type {string[]} */ names) {
  for (const name of names) {
    const bare = name.replace(/^data-/, "");
    if ((bare !== name && NAMES.includes(bare)) || OF_HTML.has(name)) continue;
    const meant = findMeant(bare, NAMES);
    if (meant) console.warn(`zoom-meeting: the script's tag has ${name}, which sets nothing. Is it data-${meant}?`);
  }
}

const listSettings = (/** @type {Element} */ tag) =>
  NAMES.map((name) => `data-${name}`).filter((name) => tag.hasAttribute(name));

/**
 * Tags of one script are one script: what the others set would be lost without a word.
 *
 * @param {HTMLScriptElement} tag
 * @param {string} address - the script's
 */
function explainOtherTags(tag, address) {
  for (const other of document.querySelectorAll("script")) {
    if (other === tag || other.src.replace(/[?#].*/, "") !== address) continue;
    const names = new Set([...listSettings(tag), ...listSettings(other)]);
    const differing = [...names].filter((name) => tag.getAttribute(name) !== other.getAttribute(name));
    if (differing.length) {
      console.warn(`zoom-meeting: two tags of embed.js differ in ${differing.join(", ")}. Only the first one counts`);
    }
  }
}

/** @returns {Settings} */
function takeSettings() {
  const base = new URL("..", import.meta.url).href;
  const { tag } = /** @type {typeof import("./element.js").ZoomMeeting} */ (customElements.get(TAG));
  const attributes = Object.fromEntries([...(tag?.attributes ?? [])].map(({ name, value }) => [name, value]));
  const configured = takeConfigured();
  explainNames([...Object.keys(attributes), ...Object.keys(configured)]);
  if (tag) explainOtherTags(tag, `${base}embed.js`);
  return { attributes: { ...attributes, ...configured }, base };
}

/** @type {Settings | undefined} */
let settings;

/** Takes them once: they hold for as long as the page does. */
export const readSettings = () => (settings ??= takeSettings());
