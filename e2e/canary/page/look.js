/** What a page and its origin hold at a moment, each text with the name of its place in places.py. */
{
  async function look() {
    const { describe, sortEntry } = window.canary;
    /** @type {[string, string][]} */
    const texts = [...describe(document), ["COOKIES", document.cookie]];

    for (const [key, text] of Object.entries(sessionStorage)) texts.push([sortEntry(true, key), `${key}\n${text}`]);
    for (const [key, text] of Object.entries(localStorage)) texts.push([sortEntry(false, key), `${key}\n${text}`]);

    /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
    const settle = (request) =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error));
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await settle(indexedDB.open(String(name)));
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store);
        texts.push([
          "INDEXED_DB",
          JSON.stringify([name, store, await settle(rows.getAllKeys()), await settle(rows.getAll())]),
        ]);
      }
      database.close();
    }

    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const found = await cache.match(request);
        texts.push(["CACHES", JSON.stringify([name, request.url, [...request.headers], [...(found?.headers ?? [])]])]);
      }
    }

    texts.push(["HISTORY", [location.href, document.referrer, JSON.stringify(history.state)].join("\n")]);
    const isCallback = location.pathname.endsWith("/callback.html");
    const entries = performance.getEntries();
    const details = entries.map((entry) => JSON.stringify("detail" in entry ? entry.detail : null));
    texts.push([isCallback ? "CALLBACK_TIMING" : "TIMING", JSON.stringify(entries) + details.join("\n")]);

    const globals = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (window));
    for (const name of Object.getOwnPropertyNames(window)) {
      if (typeof globals[name] === "string" && name !== "origin") texts.push(["GLOBALS", `${name}=${globals[name]}`]);
    }
    return texts;
  }

  /** The bodies in Cache Storage, in Base64. */
  async function readCaches() {
    const bodies = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const found = await cache.match(request);
        if (found) bodies.push(new Uint8Array(await found.arrayBuffer()).toBase64());
      }
    }
    return bodies;
  }

  Object.assign(window.canary, { look, readCaches });
}
