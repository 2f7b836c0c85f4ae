/**
 * Python's memory once everything is imported, kept by the browser: starting from it skips the imports.
 *
 * The browser makes it itself (snapshot-worker.js), after the first visit and when it has nothing else to do:
 * to download it would cost more than all the rest. It is tied to the exact build and to the browser's version.
 * Whatever is not as it should be, Python starts without it.
 *
 * Facts: Pyodide's snapshot is a header and the whole memory. Between the static data and the heap lies the
 * stack, 10 MB and empty at that moment: it is left out, and so is what was never used behind the heap.
 */
import { computeDigest } from "./digest.js";
import { loadPython } from "./python.js";

/** @import { LoadOptions, Pyodide, PyodideModule } from "./interpreter.js" */

/** The memory without its gaps, and how long each part is: header, static data, where the heap begins, heap.
 * @typedef {{ body: Uint8Array<ArrayBuffer>, spans: [number, number, number, number] }} Snapshot
 */

const CACHE = "pywidget:v1:snapshot";
const SPANS = "pywidget-spans";
const DIGEST = "content-digest";

/** Its address in the browser's cache; nothing is ever requested there. */
const key = () => new URL(`snapshot?${BUILD_ID}&${encodeURIComponent(navigator.userAgent)}`, import.meta.url).href;

/** As HTTP writes it (RFC 9530). */
const describeDigest = async (/** @type {ArrayBuffer} */ body) => `sha-256=:${await computeDigest(body)}:`;

/**
 * Makes one of an interpreter that was loaded for it, and keeps it in the place of older ones.
 *
 * @param {Pyodide} pyodide
 */
export async function keepSnapshot(pyodide) {
  const whole = /** @type {Uint8Array<ArrayBuffer>} */ (pyodide.makeMemorySnapshot());
  const module = pyodide._module;
  const [, header = 0] = new Uint32Array(whole.buffer, 0, 2);
  const [stackEnd, heapStart] = [module._emscripten_stack_get_end(), module._emscripten_stack_get_base()];
  let end = whole.length;
  while (whole[end - 1] === 0) end -= 1;
  const spans = [header, stackEnd, heapStart, end - header - heapStart];
  const body = await new Blob([
    whole.subarray(0, header + stackEnd),
    whole.subarray(header + heapStart, end),
  ]).arrayBuffer();
  const headers = { [SPANS]: JSON.stringify(spans), [DIGEST]: await describeDigest(body) };
  const cache = await caches.open(CACHE);
  for (const older of await cache.keys()) await cache.delete(older);
  await cache.put(key(), new Response(body, { headers }));
}

/**
 * Resolves to this build's snapshot if the browser has a sound one.
 *
 * @returns {Promise<Snapshot | null>}
 */
export async function findSnapshot() {
  try {
    const found = await caches.match(key(), { cacheName: CACHE });
    if (!found) return null;
    const body = await found.arrayBuffer();
    if ((await describeDigest(body)) !== found.headers.get(DIGEST)) return null;
    return { body: new Uint8Array(body), spans: JSON.parse(/** @type {string} */ (found.headers.get(SPANS))) };
  } catch {
    return null; // no cache in an insecure context, or the browser refuses it
  }
}

/**
 * Starts Python from it.
 *
 * @param {Snapshot} snapshot
 * @param {LoadOptions} options
 */
export async function restorePython({ body, spans: [header, stackEnd, heapStart, heapLength] }, options) {
  const restore = (/** @type {PyodideModule} */ { HEAPU8 }) => {
    HEAPU8.set(body.subarray(header, header + stackEnd));
    HEAPU8.set(body.subarray(header + stackEnd, header + stackEnd + heapLength), heapStart);
  };
  const pyodide = await loadPython({
    ...options,
    onMemory: restore,
    _loadSnapshot: body.slice(0, header), // the memory itself is there by then
  });
  // A sign of life; and numbers that were drawn before the snapshot are not to be drawn again.
  pyodide.runPython("import pywidget.main, random\nrandom.seed()");
  return pyodide;
}

/** Forgets it: it was of no use. */
export const dropSnapshot = () => caches.delete(CACHE);
