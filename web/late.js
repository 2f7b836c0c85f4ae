/** The rest of our scripts: all that neither the first frame nor a click before Python needs. */
import { importModule } from "./modules.js";

/** @typedef {typeof import("./runtime.js")} Runtime */

const ASSETS = new URL("assets/", import.meta.url);

/** The address of a file that the build has put into `assets/`. */
export const at = (/** @type {string} */ file) => new URL(file, ASSETS).href;

/** @type {Promise<Runtime> | null} */
let runtime = null;

/** Resolves to runtime.js; what did not come is asked for anew by whoever wants it next. */
export function loadRuntime() {
  runtime ??= /** @type {Promise<Runtime>} */ (importModule(at(RUNTIME.file), RUNTIME.digest)).catch((error) => {
    runtime = null;
    throw error;
  });
  return runtime;
}
