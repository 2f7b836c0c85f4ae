/**
 * Notes when what a person waits for is there; runs before the page's own scripts.
 *
 * Painted means: the button stood in the page when a frame was made, and that frame's rendering is
 * over (a message posted from within it comes next). Everything else is noted in the first microtask
 * after the script that did it, which is the first moment that somebody could use it.
 */
(() => {
  const times = {};
  const promises = {};
  const promise = (name) => (promises[name] ??= Promise.withResolvers());
  function note(name, time = performance.now()) {
    times[name] ??= time;
    promise(name).resolve();
  }

  const find = (id) => document.getElementById(id);
  function look() {
    const isStockUp = find("stock")?.textContent === "ready";
    if (isStockUp || find("plain")?.dataset.state === "idle") note("python");
    const held = find("held");
    if (held?.dataset.state === "ready" && held.shadowRoot.querySelector("[part~=link]")?.href) note("meeting");
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

  const tasks = [];
  const keep = (entries) => tasks.push(...entries.map(({ startTime, duration }) => [startTime, duration]));
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ type: "longtask", buffered: true });

  // Emscripten exports its memory; only weakly held, so that measuring keeps nothing alive.
  const memories = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      const memory = (made.instance ?? made).exports.memory;
      if (memory) memories.push(new WeakRef(memory));
      return made;
    };
  }

  addEventListener("click", (event) => note("click", event.timeStamp), { capture: true });
  const { fetch } = window;
  window.fetch = (resource, options) => {
    const method = options?.method ?? resource.method ?? "GET";
    if (method === "POST" && String(resource.url ?? resource).endsWith("/users/me/meetings")) note("post");
    return fetch(resource, options);
  };

  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  async function within(ms, name, awaited) {
    const late = sleep(ms).then(() => {
      throw new Error(`${name}: not within ${ms} ms`);
    });
    return Promise.race([awaited, late]);
  }

  window.bench = {
    /** Waits for what `note` names. */
    wait: ({ name, patience }) => within(patience, name, promise(name).promise),

    /** Waits for what the loader still does in idle time after a first visit. */
    settle: ({ patience }) => within(patience, "settled", customElements.get("zoom-meeting")?.settled),

    read() {
      keep(observer.takeRecords());
      const [mark] = performance.getEntriesByName("zoom-meeting:loader");
      const loader = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/embed.js"));
      const buffers = new Set(memories.map((memory) => memory.deref()?.buffer).filter(Boolean));
      return {
        times,
        tasks,
        loader: mark?.startTime ?? loader?.responseEnd ?? null,
        wasm: [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0),
      };
    },
  };
})();
