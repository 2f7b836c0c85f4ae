/** Fetching files of ours, with failures that say whether another try can help. */

/** A failure that is told to the user; `canRetry` if the network may mend it, `isNetwork` if it broke. */
export class LoadError extends Error {
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

/**
 * @template T
 * @param {string} url
 * @param {(response: Response) => T | Promise<T>} read
 */
async function receive(url, read) {
  let response;
  try {
    response = await fetch(url);
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await read(response);
  } catch (error) {
    throw new LoadError(`could not load ${url} (${/** @type {Error} */ (error).message})`, true, response?.ok ?? true);
  }
}

/** Resolves to the response, once it begins to come. */
export const download = (/** @type {string} */ url) => receive(url, (response) => response);

/** Resolves to all of it. */
export const downloadBytes = (/** @type {string} */ url) =>
  receive(url, async (response) => new Uint8Array(await response.arrayBuffer()));

/**
 * Fetches a script before it is imported: a browser keeps a failed import for the life of the page, but a failed
 * fetch can simply be tried again.
 *
 * @param {string} url
 * @returns {Promise<unknown>} the module, which the caller knows
 */
export const importModule = async (url) => {
  await downloadBytes(url);
  return import(url);
};
