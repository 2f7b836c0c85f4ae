/** Compiling WebAssembly of ours. */
import { LoadError, readAll, verify } from "./download.js";

/**
 * Compiles while it downloads, if the server names the type that browsers want for that. Compiling runs nothing: so
 * what comes is checked beside it, and the module is handed out only then.
 *
 * @param {Response} response
 * @param {string} digest
 * @param {object} [options]
 * @param {Promise<boolean>} [options.isTrusted] - whether it need not be checked: the main thread copies 10 MB for that
 * @param {(response: Response) => Promise<BufferSource>} [options.read] - reads what is checked
 */
export async function compile(response, digest, { isTrusted, read = readAll } = {}) {
  const type = response.headers.get("Content-Type") ?? "";
  const copy = response.clone();
  const compiled = type.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
  compiled.catch(() => {}); // told below, unless the check has something to say first
  try {
    if (await isTrusted) await copy.body?.cancel();
    else await verify(await read(copy), response.url, digest);
    return await compiled;
  } catch (error) {
    if (error instanceof LoadError) throw error;
    const canRetry = !(error instanceof WebAssembly.CompileError);
    throw new LoadError(`could not load ${response.url} (${/** @type {Error} */ (error).message})`, canRetry);
  }
}

/** Rejects where the page's policy or the browser forbids WebAssembly: found out before 9 MB of it are on their way. */
export const compileSmallest = () => WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
