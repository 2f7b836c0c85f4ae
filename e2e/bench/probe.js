/**
 * Notes when what a person waits for is there; runs before the page's own scripts.
 *
 * Painted means: the button stood in the page when a frame was made, and that frame's rendering is
 * over (a message posted from within it comes next). Everything else is noted in the first microtask
 * after the script that did it, which is the first moment that somebody could use it.
 */
(() => {
  /** @type {Record<string, number>} */
  const times = {};
  /** @type {Record<string, PromiseWithResolvers<void>>} */
  const promises = {};
  const promise = (/** @type {string} */ name) => (promises[name] ??= Promise.withResolvers());
  /** @param {string} name */
  function note(name, time = performance.now()) {
    times[name] ??= time;
    promise(name).resolve();
  }

  const find = (/** @type {string} */ id) => document.getElementById(id);
  function look() {
    const isStockUp = find("stock")?.textContent === "ready";
    if (isStockUp || find("plain")?.dataset.state === "idle") note("python");
    const held = find("held");
    const link = held?.shadowRoot?.querySelector("[part~=link]");
    if (held?.dataset.state === "ready" && link?.hasAttribute("href")) note("meeting");
  }
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-state"],
  });

  requestAnimationFrame(function frame() {
    if (find("plain")?.shadowRoot?.querySelector("button")) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => note("button");
      port2.postMessage(null);
    } else if (!times.python) requestAnimationFrame(frame);
  });

  /** @type {number[][]} Start and duration of each. */
  const tasks = [];
  const keep = (/** @type {PerformanceEntryList} */ entries) =>
    tasks.push(...entries.map(({ startTime, duration }) => [startTime, duration]));
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ type: "longtask", buffered: true });

  // Emscripten exports its memory; only weakly held, so that measuring keeps nothing alive.
  /** @type {WeakRef<WebAssembly.Memory>[]} */
  const memories = [];
  /** @typedef {WebAssembly.Instance & Partial<WebAssembly.WebAssemblyInstantiatedSource>} Made - of a module, or of bytes */
  const assembly = /** @type {Record<string, (...given: unknown[]) => Promise<Made>>} */ (
    /** @type {unknown} */ (WebAssembly)
  );
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = assembly[name];
    assembly[name] = async (...given) => {
      const made = await /** @type {(...given: unknown[]) => Promise<Made>} */ (original).apply(WebAssembly, given);
      const { memory } = (made.instance ?? made).exports;
      if (memory instanceof WebAssembly.Memory) memories.push(new WeakRef(memory));
      return made;
    };
  }

  addEventListener("click", (event) => note("click", event.timeStamp), { capture: true });
  const { fetch } = window;
  window.fetch = (resource, options) => {
    const { method, url } = resource instanceof Request ? resource : { method: "GET", url: String(resource) };
    if ((options?.method ?? method) === "POST" && url.endsWith("/users/me/meetings")) note("post");
    return fetch(resource, options);
  };

  const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
  /**
   * @param {number} ms
   * @param {string} name
   * @param {Promise<void> | undefined} awaited
   */
  function within(ms, name, awaited) {
    const late = sleep(ms).then(() => {
      throw new Error(`${name}: not within ${ms} ms`);
    });
    return Promise.race([awaited, late]);
  }

  window.bench = {
    /** Waits for what `note` names. */
    wait: (/** @type {{ name: string, patience: number }} */ { name, patience }) =>
      within(patience, name, promise(name).promise),

    /** Waits for what the loader still does in idle time after a first visit. */
    settle: (/** @type {{ patience: number }} */ { patience }) => {
      const ours = /** @type {typeof import("../../web/element.js").ZoomMeeting | undefined} */ (
        customElements.get("zoom-meeting")
      );
      return within(patience, "settled", ours?.settled);
    },

    read() {
      keep(observer.takeRecords());
      const [mark] = performance.getEntriesByName("zoom-meeting:loader");
      const resources = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType("resource"));
      const loader = resources.find(({ name }) => name.endsWith("/embed.js"));
      const buffers = new Set(memories.map((memory) => memory.deref()?.buffer));
      return {
        times,
        tasks,
        loader: mark?.startTime ?? loader?.responseEnd ?? null,
        wasm: [...buffers].reduce((sum, buffer) => sum + (buffer?.byteLength ?? 0), 0),
      };
    },
  };
})();
