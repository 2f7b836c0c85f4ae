/**
 * What Python does with secrets in the page, by the functions that natives.js has taken. Where one is the member of an
 * object, `apply` gives it back its `this`.
 */

/** @import { Natives } from "./natives.js" */

/** @param {Natives} natives */
export function createSecretCalls(natives) {
  const { apply, parse, fetch, arrayBuffer, crypto, getRandomValues, addEventListener } = natives;
  const { BroadcastChannel, postMessage, readData, getItem, setItem, removeItem, key } = natives;

  /** @param {Promise<Response>} responding */
  async function read(responding) {
    const response = await responding;
    const body = new Uint8Array(await apply(arrayBuffer, response, []));
    return { status: response.status, headers: [...response.headers], body };
  }

  return Object.freeze({
    /**
     * Sends a request with `fetch`.
     *
     * @param {string} url
     * @param {string} options - in JSON, as `fetch` takes them
     * @param {number} patience - in milliseconds; the answer fails after them
     */
    send(url, options, patience) {
      const abort = new AbortController();
      const timeout = AbortSignal.timeout(patience);
      timeout.addEventListener("abort", () => abort.abort());
      const answer = read(fetch(url, { __proto__: null, ...parse(options), signal: abort.signal }));
      return { answer, abort: () => abort.abort(), isTooLate: () => timeout.aborted };
    },

    /**
     * A `BroadcastChannel`.
     *
     * @param {string} name
     */
    openChannel(name) {
      const channel = new BroadcastChannel(name);
      return {
        post: (/** @type {unknown} */ message) => apply(postMessage, channel, [message]),
        /** @param {(message: unknown) => void} hear */
        listen(hear) {
          const tell = (/** @type {MessageEvent} */ event) => hear(readData ? apply(readData, event, []) : event.data);
          apply(addEventListener, channel, ["message", tell]);
        },
        close: () => channel.close(),
      };
    },

    /**
     * A storage; its functions throw what the browser throws.
     *
     * @param {"localStorage" | "sessionStorage"} name
     */
    openStorage(name) {
      const open = () => natives[name] ?? window[name];
      return {
        get: (/** @type {string} */ item) => apply(getItem, open(), [item]),
        set: (/** @type {string} */ item, /** @type {string} */ text) => apply(setItem, open(), [item, text]),
        delete: (/** @type {string} */ item) => apply(removeItem, open(), [item]),
        // Not Object.keys: it leaves out a key that is named like a method.
        list: () => Array.from({ length: open().length }, (_, at) => apply(key, open(), [at])),
      };
    },

    /** @param {number} count - at most 65,536 */
    makeRandomBytes: (count) => apply(getRandomValues, crypto, [new Uint8Array(count)]),
  });
}
