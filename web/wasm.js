/** Compiling WebAssembly of ours. */
import { LoadError } from "./download.js";

/** Compiles while it downloads, if the server names the type that browsers want for that. */
export async function compile(response) {
  const type = response.headers.get("Content-Type") ?? "";
  try {
    if (type.startsWith("application/wasm")) return await WebAssembly.compileStreaming(response);
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (error) {
    const canRetry = !(error instanceof WebAssembly.CompileError);
    throw new LoadError(`could not load ${response.url} (${error.message})`, canRetry);
  }
}
