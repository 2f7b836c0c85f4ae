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

/**
 * What there is at this moment, for Python. Where a member of an object is taken, its own `this` is gone: `apply`
 * gives it back.
 */
export function takeNatives() {
  const { apply } = Reflect;
  const { parse } = JSON;
  const { fetch, crypto, BroadcastChannel } = globalThis;
  const { getRandomValues } = crypto;
  const { arrayBuffer } = Response.prototype;
  const { addEventListener } = EventTarget.prototype;
  const { getItem, setItem, removeItem, key } = Storage.prototype;
  const post = BroadcastChannel?.prototype.postMessage;
  const readData = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")?.get;
  const storages = { localStorage: takeStorage("localStorage"), sessionStorage: takeStorage("sessionStorage") };

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
        post: (/** @type {unknown} */ message) => apply(post, channel, [message]),
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
      const open = () => storages[name] ?? window[name];
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

/** Those of this page; embed.js imports this module before all others. */
export const natives = takeNatives();
