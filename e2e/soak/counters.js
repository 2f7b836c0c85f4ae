/** Counts what a page holds and no tool counts: timers that sleep, and channels. Runs before the page's own scripts. */
(() => {
  const { setTimeout: sleep, clearTimeout: wake, BroadcastChannel: Channel } = globalThis;
  /** @type {Set<unknown>} */
  const timers = new Set();
  /** @type {Set<unknown>} */
  const channels = new Set();

  /** @type {any} */ (globalThis).setTimeout = (
    /** @type {Function} */ work,
    /** @type {number} */ delay,
    /** @type {unknown[]} */ ...rest
  ) => {
    const timer = sleep(() => {
      timers.delete(timer);
      work(...rest);
    }, delay);
    timers.add(timer);
    return timer;
  };
  /** @type {any} */ (globalThis).clearTimeout = (/** @type {number} */ timer) => {
    timers.delete(timer);
    wake(timer);
  };
  globalThis.BroadcastChannel = class extends Channel {
    /** @param {string} name */
    constructor(name) {
      super(name);
      channels.add(this);
    }

    /** @override */
    close() {
      channels.delete(this);
      super.close();
    }
  };

  window.soak = {
    async count() {
      const { held = [], pending = [] } = await navigator.locks.query();
      const caught = await caches.keys();
      const python = JSON.parse(window.soak.countPython());
      return {
        timers: timers.size,
        channels: channels.size,
        locks: held.length + pending.length,
        entries: localStorage.length + sessionStorage.length + caught.length,
        elements: document.getElementsByTagName("*").length,
        ...python,
      };
    },
    countPython: () => "{}",
  };
})();
