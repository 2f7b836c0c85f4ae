/**
 * Python for the install check, away from the page: Pyodide without PyScript, so that the widget's own policy is enough
 * for it, and in a worker, because its HTTP waits for each answer.
 */
import { download, LoadError } from "./download.js";
import { importModule } from "./modules.js";
import { at, loadPython } from "./python.js";
import { compile, compileSmallest } from "./wasm.js";

/** As in pywidget/browser/urllib_http.py, whose own time-out does not reach the browser. */
const PATIENCE_MS = 30_000;

/**
 * What pyodide-http sends with. As it is, it would wait for ever, take what came in chunks for chunks still, and fail
 * at a header that is not ASCII.
 */
globalThis.XMLHttpRequest = class extends XMLHttpRequest {
  /**
   * @override
   * @param {string} method
   * @param {string | URL} url
   * @param {boolean} [isAsync]
   * @param {string | null} [user]
   * @param {string | null} [password]
   */
  // biome-ignore lint/complexity/useMaxParams: the browser's own has as many
  open(method, url, isAsync = true, user = null, password = null) {
    super.open(method, url, isAsync, user, password);
    this.timeout = PATIENCE_MS;
  }

  /** @override */
  getAllResponseHeaders() {
    const headers = super.getAllResponseHeaders().replace(/^transfer-encoding:.*\r?\n/gim, "");
    const answered = `pywidget-final-url: ${this.responseURL}\r\n`; // XMLHttpRequest follows redirects without a word
    return answered + headers.replace(/[^\t\r\n -~]/g, "?");
  }
};

/** On an isolated page pyodide-http starts a worker from a string, which the policy forbids, for streams that nobody needs. */
Object.defineProperty(globalThis, "crossOriginIsolated", { value: false });

/** What is wrong with WebAssembly here, by its name in check-failure.js. */
async function findWebAssemblyProblem() {
  if (!("WebAssembly" in globalThis)) return "no-web-assembly";
  try {
    await compileSmallest();
    return null;
  } catch {
    return "web-assembly-refused";
  }
}

async function startPython() {
  const compiled = download(at(WASM.file)).then((response) => compile(response, WASM.digest));
  compiled.catch(() => {}); // told by loadPython
  const pyodide = await loadPython({ compiled });
  pyodide.pyimport("pywidget.browser.check_worker").start(VERSION, { importModule, tunnel: TUNNEL });
}

const problem = await findWebAssemblyProblem();
if (problem) postMessage({ tell: "failed", problem });
else {
  await startPython().catch((error) => {
    const kind = error instanceof LoadError && !error.isAltered ? "file" : "python";
    postMessage({ tell: "failed", problem: kind, message: error.message });
  });
}
