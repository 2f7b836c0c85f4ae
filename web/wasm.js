/** Compiling WebAssembly of ours. */
import { LoadError } from "./download.js";

/**
 * Compiles while it downloads, if the server names the type that browsers want for that.
 *
 * @param {Response} response
 */
export async function compile(response) {
  const type = response.headers.get("Content-Type") ?? "";
  try {
    if (type.startsWith("application/wasm")) return await WebAssembly.compileStreaming(response);
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (error) {
    const canRetry = !(error instanceof WebAssembly.CompileError);
    throw new LoadError(`could not load ${response.url} (${/** @type {Error} */ (error).message})`, canRetry);
  }
}

/** Rejects where the page's policy or the browser forbids WebAssembly: found out before 9 MB of it are on their way. */
export const compileSmallest = () => WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
