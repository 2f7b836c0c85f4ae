/**
 * What the widget cannot do without. Every browser that docs/embedding.md names has it; an older one is told so in the
 * elements' place, as far as it can read this script at all.
 */
import { emitFailure } from "./failure.js";
import { make } from "./markup.js";

const NEEDS = [
  "ShadowRoot.prototype.adoptedStyleSheets",
  "CSSStyleSheet.prototype.replaceSync",
  "WebAssembly.Exception",
  "AbortSignal.timeout",
  "BroadcastChannel.prototype.postMessage",
  "Object.hasOwn",
];

/** Lists what this browser lacks. */
export const listMissing = () =>
  NEEDS.filter((need) => {
    const names = need.split(".");
    const name = /** @type {string} */ (names.pop());
    let owner = /** @type {any} */ (globalThis);
    for (const each of names) owner = owner?.[each];
    return !(owner && name in owner);
  });

/** Stands in for the element where it cannot work. */
export class Unsupported extends HTMLElement {
  static version = VERSION;

  connectedCallback() {
    if (this.shadowRoot) return;
    const message = WORDS.loader.unsupported;
    this.attachShadow({ mode: "open" }).append(make("span", { role: "alert", part: "message" }, message));
    this.dataset.state = "error";
    setTimeout(() => emitFailure(this, message)); // the page may not listen yet
  }
}
