/**
 * How much of what Python needs is there: the three files that make up almost all of it.
 *
 * Facts: a response that is wrapped in a script's own stream loses the browser's compiled code. So WebAssembly is
 * compiled from the response itself, and counted in its copy, which is read for the check anyway.
 */

let received = 0;

/** @type {(percent: number) => void} */
let tell = () => {};

/** Nothing is there yet: it is tried again, perhaps. */
export const forgetProgress = () => (received = 0);

/** Whoever wants to be told each time that more has come. */
export const onProgress = (/** @type {typeof tell} */ listener) => (tell = listener);

/** That many bytes more are there. */
function count(/** @type {number} */ bytes) {
  received += bytes;
  tell(Math.min(100, Math.floor((100 * received) / DOWNLOAD_SIZE)));
}

/**
 * Reads a response to its end, and counts what comes.
 *
 * @param {Response} response
 */
export async function readCounted(response) {
  /** @type {TransformStream<Uint8Array, Uint8Array>} */
  const counter = new TransformStream({
    transform(chunk, controller) {
      count(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return new Uint8Array(await new Response(response.body?.pipeThrough(counter)).arrayBuffer());
}
