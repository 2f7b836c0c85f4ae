/**
 * Python for the install check, away from the page: Pyodide without PyScript, so that the widget's own policy is enough
 * for it, and in a worker, because its HTTP waits for each answer.
 */
import { download, importModule, LoadError } from "./download.js";
import { loadPython, PYODIDE } from "./python.js";
import { compile } from "./wasm.js";

/** As in pywidget/browser/urllib_http.py, whose own time-out does not reach the browser. */
const PATIENCE_MS = 30_000;

/**
 * What pyodide-http sends with. As it is, it would wait for ever, take what came in chunks for chunks still, and fail
 * at a header that is not ASCII.
 */
globalThis.XMLHttpRequest = class extends XMLHttpRequest {
  open(...request) {
    super.open(...request);
    this.timeout = PATIENCE_MS;
  }

  getAllResponseHeaders() {
    const headers = super.getAllResponseHeaders().replace(/^transfer-encoding:.*\r?\n/gim, "");
    const answered = `pywidget-final-url: ${this.responseURL}\r\n`; // XMLHttpRequest follows redirects without a word
    return answered + headers.replace(/[^\t\r\n -~]/g, "?");
  }
};

/** On an isolated page pyodide-http starts a worker from a string, which the policy forbids, for streams that nobody needs. */
Object.defineProperty(globalThis, "crossOriginIsolated", { value: false });

/** The server's policy or the browser may forbid WebAssembly: found out before 9 MB of it are on their way. */
async function findWebAssemblyProblem() {
  if (!globalThis.WebAssembly) return "no-web-assembly";
  const smallest = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  return WebAssembly.compile(smallest).then(
    () => null,
    () => "web-assembly-refused",
  );
}

async function start() {
  const compiled = download(`${PYODIDE}pyodide.asm.wasm`).then(compile);
  compiled.catch(() => {}); // told by loadPython
  const pyodide = await loadPython({ compiled });
  pyodide.pyimport("pywidget.browser.check_worker").start(VERSION, { buildId: BUILD_ID, importModule });
}

const problem = await findWebAssemblyProblem();
if (problem) postMessage({ tell: "failed", problem });
else {
  await start().catch((error) => {
    const kind = error instanceof LoadError ? "file" : "python";
    postMessage({ tell: "failed", problem: kind, message: error.message });
  });
}
