/** Fetching files of ours, with failures that say whether another try can help. */
import { computeDigest } from "./digest.js";

/**
 * A file that the build has made: its name, and the SHA-256 of its content as `integrity` attributes have it.
 * @typedef {{ file: string, digest: string }} Asset
 */

/** A failure that is told to the user; `canRetry` if the network may mend it, `isNetwork` if it broke. */
export class LoadError extends Error {
  /** What came is not what the build has made: files of two builds are mixed, or somebody has changed it. */
  isAltered = false;

  /**
   * @param {string} message
   * @param {boolean} canRetry
   */
  constructor(message, canRetry, isNetwork = false) {
    super(message);
    this.canRetry = canRetry;
    this.isNetwork = isNetwork;
  }
}

/** @type {RequestCache} */
let cache = "default";

/** After a file that was not the one that it should be, the browser's own copies are not taken. */
export const renew = () => (cache = "reload");

/**
 * @template T
 * @param {string} url
 * @param {(response: Response) => T | Promise<T>} read
 */
async function receive(url, read) {
  let response;
  try {
    const options = { __proto__: null, cache };
    response = await fetch(url, options);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await read(response);
  } catch (error) {
    throw new LoadError(`could not load ${url} (${/** @type {Error} */ (error).message})`, true, response?.ok ?? true);
  }
}

/** Resolves to the response, once it begins to come. Nothing has checked it: that is for whoever reads it. */
export const download = (/** @type {string} */ url) => receive(url, (response) => response);

/**
 * Rejects unless these bytes are what the build has made.
 *
 * The browser's own check, `fetch` with `integrity`, computes on the main thread and keeps the response until all of
 * it is there.
 *
 * @param {BufferSource} bytes
 * @param {string} url - where they came from
 * @param {string} digest
 */
export async function verify(bytes, url, digest) {
  const found = await computeDigest(bytes);
  if (found === null || `sha256-${found}` === digest) return;
  renew();
  const error = new LoadError(`could not load ${url} (it is not the file that belongs to this build)`, true);
  error.isAltered = true;
  throw error;
}

/** Reads a response to its end. */
export const readAll = async (/** @type {Response} */ response) => new Uint8Array(await response.arrayBuffer());

/**
 * Resolves to all of it; without a digest it may be anything.
 *
 * @param {string} url
 * @param {string} [digest]
 * @param {typeof readAll} [read]
 */
export async function downloadBytes(url, digest, read = readAll) {
  const bytes = await receive(url, read);
  if (digest) await verify(bytes, url, digest);
  return bytes;
}
