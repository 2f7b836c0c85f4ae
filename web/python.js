/**
 * Starts Pyodide from the files beside this one. The page does it, and so does the worker that makes the
 * page's snapshot. What stands in capitals is put in by the build.
 */

import { downloadBytes } from "./download.js";
import { prepareModules } from "./modules.js";
import { readCounted } from "./progress.js";
import { breathe } from "./timing.js";

/** @import { FatalError, LoadOptions, Pyodide, PyodideFactory, PyodideLoader, PyodideModule } from "./interpreter.js" */

export const at = (/** @type {string} */ file) => new URL(file, import.meta.url).href;

const PYODIDE = at(`${PYODIDE_FOLDER}/`);
export const PYSCRIPT = at(`${PYSCRIPT_FOLDER}/core.js`);

/** For those who bring no scripts that were fetched before. */
const prepareOwn = () => prepareModules(PYODIDE_MODULES.map(({ file, digest }) => ({ url: at(file), digest })));

/**
 * Tells when Python dies: a trap in WebAssembly, at any call. What is left of it must not go on: nothing that the
 * browser still has of it, listeners, timers or promises, gets through from then on. (Pyodide has a hook for this,
 * `on_fatal`, but does not call it if its own description of the error fails too.)
 *
 * @param {PyodideModule} module
 * @param {LoadOptions["onDeath"]} onDeath
 */
function watchForDeath(module, onDeath) {
  const { fatal_error: fail } = module.API;
  module.API.fatal_error = (error) => {
    try {
      fail(error);
    } catch (reason) {
      if (/** @type {FatalError | undefined} */ (reason)?.pyodide_fatal_error) {
        const dropCall = () => {};
        module.callPyObject = dropCall;
        module.callPyObjectMaybePromising = dropCall;
        onDeath?.(reason);
      }
      throw reason;
    }
  };
}

/**
 * Resolves to Pyodide with our package on its path.
 *
 * `compiled` is a promise of the WebAssembly module, `fetched` one of Pyodide's scripts being there to import.
 * `onDownloaded` is called when everything is there, `onMemory` once there is a memory, before Python begins to
 * use it; `onDeath` if Python ever dies.
 *
 * @param {LoadOptions} options
 * @returns {Promise<Pyodide>}
 */
export async function loadPython({ compiled, fetched, onDownloaded, onMemory, onDeath, ...options }) {
  const library = downloadBytes(at(STANDARD_LIBRARY.file), STANDARD_LIBRARY.digest, readCounted);
  const widget = downloadBytes(at(PYWIDGET.file), PYWIDGET.digest, readCounted);
  await Promise.all([fetched ?? prepareOwn(), library, widget]);
  compiled.then(onDownloaded, () => {}); // told by onWasmError
  /** @type {[PyodideLoader, PyodideFactory]} */
  const [{ loadPyodide }, { default: createModule }] = await Promise.all([
    import(`${PYODIDE}pyodide.mjs`),
    import(`${PYODIDE}pyodide.asm.mjs`),
  ]);
  await breathe();
  return new Promise((resolve, reject) => {
    loadPyodide({
      indexURL: PYODIDE,
      lockFileContents: PYODIDE_LOCK,
      stdLibURL: library,
      wasmModule: compiled,
      onWasmError: reject,
      env: { PYTHONPATH: "/lib/pywidget.zip" },
      fsInit: async (files) => files.writeFile("/lib/pywidget.zip", await widget),
      createPyodideModule: async (settings) => {
        const module = await createModule(settings);
        watchForDeath(module, onDeath);
        await breathe();
        onMemory?.(module);
        return module;
      },
      ...options,
    }).then(resolve, reject);
  });
}
