/**
 * Records what a page does, as monitoring and session replay do: wraps what is there at the moment when it runs, and
 * keeps all that goes in and comes out in `window.recorded`.
 */
(() => {
  /** @type {string[]} */
  const recorded = [];
  window.recorded = recorded;
  const { stringify } = JSON;
  const { apply } = Reflect;
  const { Request, Response, Headers, BroadcastChannel, URLSearchParams } = window;
  const { clone, text } = Response.prototype;
  const decoder = new TextDecoder();
  const LONGEST = 10_000;

  /** @param {unknown} value */
  function describe(value) {
    if (typeof value === "string") return value.slice(0, LONGEST);
    if (value instanceof Request) return `${value.url} ${stringify([...value.headers])}`;
    if (value instanceof Headers) return stringify([...value]);
    if (value instanceof URLSearchParams) return String(value);
    if (value instanceof ArrayBuffer) return decoder.decode(value.slice(0, LONGEST));
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice(0, LONGEST);
      const base64 = btoa(String.fromCharCode(...bytes));
      return `${decoder.decode(bytes)} ${base64.replaceAll("+", "-").replaceAll("/", "_")}`;
    }
    try {
      return stringify(value) ?? "";
    } catch {
      return "";
    }
  }

  const keep = (/** @type {unknown[]} */ ...values) => recorded.push(...values.map(describe));

  /** @param {Response} response */
  function keepBody(response) {
    if (!response.headers.get("content-type")?.startsWith("application/json")) return; // the widget's own files
    const copy = apply(clone, response, []);
    apply(text, copy, []).then(keep, () => {});
  }

  /** @param {unknown} result */
  function keepResult(result) {
    if (result instanceof Promise) result.then(keepResult, () => {});
    else if (result instanceof Response) keepBody(result);
    else keep(result);
  }

  /**
   * @param {any} owner
   * @param {string[]} names
   */
  function wrap(owner, ...names) {
    for (const name of names) {
      const original = owner[name];
      owner[name] = /** @this {unknown} */ function (/** @type {unknown[]} */ ...given) {
        keep(...given);
        const result = apply(original, this, given);
        keepResult(result);
        return result;
      };
    }
  }

  wrap(window, "fetch");
  wrap(JSON, "parse", "stringify");
  wrap(XMLHttpRequest.prototype, "open", "setRequestHeader", "send");
  wrap(Response.prototype, "arrayBuffer", "blob", "json", "text");
  wrap(Headers.prototype, "append", "set");
  wrap(Storage.prototype, "getItem", "setItem");
  wrap(BroadcastChannel.prototype, "postMessage");
  wrap(WebSocket.prototype, "send");
  wrap(crypto, "getRandomValues");
  wrap(Navigator.prototype, "sendBeacon");

  // What comes back from Zoom is for every listener of the page to hear: a code, worth nothing without its verifier.
  const isRecorded = (/** @type {BroadcastChannel} */ { name }) => !name.startsWith("pywidget:v1:sign-in:");

  /** @param {"BroadcastChannel" | "Request"} name */
  function watchNew(name) {
    /** @type {any} */ (window)[name] = new Proxy(window[name], {
      construct(target, given, made) {
        keep(...given);
        const built = Reflect.construct(target, given, made);
        if (built instanceof BroadcastChannel && isRecorded(built)) {
          built.addEventListener("message", (/** @type {MessageEvent} */ { data }) => keep(data));
        }
        return built;
      },
    });
  }
  watchNew("BroadcastChannel");
  watchNew("Request");

  /** @type {(this: EventTarget, ...given: any[]) => void} */
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (/** @type {any[]} */ ...given) {
    const [name] = given;
    if (this instanceof BroadcastChannel && name === "message" && isRecorded(this)) {
      apply(listen, this, [name, (/** @type {MessageEvent} */ { data }) => keep(data)]);
    }
    apply(listen, this, given);
  };
})();
