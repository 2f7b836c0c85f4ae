/**
 * The browser's functions that secrets pass through, taken when our first script runs. Scripts that come later may put
 * their own in their place, as tools do that record what a page does, and would see the authorization code, its
 * verifier and the tokens. Against a script that came before, or that looks for them, nothing here helps.
 */

/** @typedef {ReturnType<typeof takeNatives>} Natives */

/** @param {"localStorage" | "sessionStorage"} name */
function takeStorage(name) {
  try {
    return window[name];
  } catch {
    return null; // a browser that blocks it throws each time
  }
}

/** What there is at this moment; secret-calls.js has what is done with it. */
export function takeNatives() {
  return {
    apply: Reflect.apply,
    parse: JSON.parse,
    fetch,
    arrayBuffer: Response.prototype.arrayBuffer,
    crypto,
    getRandomValues: crypto.getRandomValues,
    addEventListener: EventTarget.prototype.addEventListener,
    BroadcastChannel: globalThis.BroadcastChannel, // not in every browser; which one needs, requirements.js says
    postMessage: globalThis.BroadcastChannel?.prototype.postMessage,
    readData: Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")?.get,
    getItem: Storage.prototype.getItem,
    setItem: Storage.prototype.setItem,
    removeItem: Storage.prototype.removeItem,
    key: Storage.prototype.key,
    localStorage: takeStorage("localStorage"),
    sessionStorage: takeStorage("sessionStorage"),
  };
}

/** Those of this page; embed.js imports this module before all others. */
export const natives = takeNatives();
