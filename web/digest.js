/** Digests, by which a file is known for the one that the build has made. */

/**
 * Resolves to the SHA-256 of these bytes in Base64; to null where the browser computes none, which is on pages that
 * came over plain http: whoever could change a file there, could change the page.
 *
 * @param {BufferSource} bytes
 */
export async function computeDigest(bytes) {
  if (!globalThis.crypto?.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest));
}
