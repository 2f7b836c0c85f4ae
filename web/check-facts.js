/** What only a page can know, for the install check; what it means is for Python to say. */
import { listMissing } from "./requirements.js";
import { compileSmallest } from "./wasm.js";

const KEY = "pywidget:v1:check";

/**
 * Whether this can be done at all; storage may be there, and refuse.
 *
 * @param {() => unknown} act
 */
async function works(act) {
  try {
    await act();
    return true;
  } catch {
    return false;
  }
}

const useStorage = (/** @type {"localStorage" | "sessionStorage"} */ name) => () => {
  globalThis[name].setItem(KEY, "1");
  globalThis[name].removeItem(KEY);
};

async function openCache() {
  await caches.open(KEY);
  await caches.delete(KEY);
}

const openDatabase = () =>
  new Promise((/** @type {(done: void) => void} */ resolve, reject) => {
    const request = indexedDB.open(KEY);
    request.addEventListener("error", reject);
    request.addEventListener("success", () => {
      request.result.close();
      indexedDB.deleteDatabase(KEY);
      resolve();
    });
  });

const takeLock = () => navigator.locks.request(KEY, () => {});

/** Resolves to what Python reads (pywidget/check/facts.py). */
export async function collectFacts() {
  const [session, local, cache, database, locks, channel, assembly] = await Promise.all(
    [
      useStorage("sessionStorage"),
      useStorage("localStorage"),
      openCache,
      openDatabase,
      takeLock,
      () => new BroadcastChannel(KEY).close(),
      compileSmallest,
    ].map(works),
  );
  return {
    is_secure: isSecureContext,
    origin: location.origin,
    is_online: navigator.onLine,
    missing: listMissing(),
    storage: {
      sessionStorage: session,
      localStorage: local,
      cacheStorage: cache,
      indexedDB: database,
      locks,
    },
    broadcast_channel: channel,
    web_assembly: assembly,
    cookie_enabled: navigator.cookieEnabled,
  };
}
