/**
 * What the widget cannot do without. Every browser that docs/embedding.md names has it; an older one is told so in the
 * elements' place, as far as it can read this script at all.
 */
import { emitFailure } from "./failure.js";

/** @type {Record<string, () => boolean>} */
const NEEDS = {
  "constructed style sheets": () =>
    "adoptedStyleSheets" in ShadowRoot.prototype && "replaceSync" in CSSStyleSheet.prototype,
  "WebAssembly with exceptions": () => "Exception" in WebAssembly,
  "AbortSignal.timeout": () => "timeout" in AbortSignal,
  BroadcastChannel: () => "postMessage" in BroadcastChannel.prototype,
  "Object.hasOwn": () => "hasOwn" in Object,
};

/** Lists the names of what this browser lacks. */
export function listMissing() {
  const lacks = (/** @type {[string, () => boolean]} */ [, isThere]) => {
    try {
      return !isThere();
    } catch {
      return true; // not even what it would be part of
    }
  };
  return Object.entries(NEEDS)
    .filter(lacks)
    .map(([name]) => name);
}

/** Stands in for the element where it cannot work. */
export class Unsupported extends HTMLElement {
  static version = VERSION;

  connectedCallback() {
    if (this.shadowRoot) return;
    const message = document.createElement("span");
    message.setAttribute("role", "alert");
    message.setAttribute("part", "message");
    message.textContent = WORDS.loader.unsupported;
    this.attachShadow({ mode: "open" }).append(message);
    this.dataset.state = "error";
    setTimeout(() => emitFailure(this, WORDS.loader.unsupported)); // the page may not listen yet
  }
}
