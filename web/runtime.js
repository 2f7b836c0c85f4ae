/**
 * Starts PyScript on Pyodide, from our own origin and under a CSP without unsafe-eval.
 * Every file is fetched before PyScript runs, all at once: a browser keeps a failed module
 * import for the life of the page, a failed fetch can simply be tried again.
 */

/** What Python's start needs; esbuild puts the build's own list here. */
const files = RUNTIME_FILES;

/** PyScript fetches its plugins unless told not to; ! switches one off. */
const UNUSED_PLUGINS = [
  "!deprecations-manager",
  "!donkey",
  "!error",
  "!py-editor",
  "!py-game",
  "!py-terminal",
];

/** Python's first lines. What goes wrong in them is told to us and, by PyScript, to the console. */
const PYTHON = `
try:
    from pywidget.main import start
    start()
except BaseException:
    from js import Event, document
    document.querySelector("#pywidget-script").dispatchEvent(Event.new("error"))
    raise
`;

/** Between everything being downloaded and Python's first word; generous for slow machines. */
const PATIENCE_MS = 60_000;

class LoadError extends Error {
  constructor(message, canRetry) {
    super(message);
    this.canRetry = canRetry;
  }
}

async function download(url) {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`status ${response.status}`);
    await response.arrayBuffer();
  } catch (error) {
    throw new LoadError(`could not load ${url} (${error.message})`, true);
  }
}

/** The page's policy or an old browser may forbid WebAssembly: better said now than after 60 seconds. */
async function checkWebAssembly() {
  const smallest = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  try {
    await WebAssembly.compile(smallest);
  } catch {
    const cure = "the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src";
    throw new LoadError(`WebAssembly is not allowed here: ${cure}`, false);
  }
}

/** PyScript reads one configuration for each of its languages when it starts. */
function addConfigured(tag, content, config) {
  const element = document.createElement(tag);
  element.id = `pywidget-${tag}`;
  element.textContent = content;
  for (const [name, value] of Object.entries(config)) element.setAttribute(name, value);
  document.head.append(element);
  return element;
}

/** Resolves when Python has attached itself to the element class. */
export async function startPython(base) {
  const at = (file) => new URL(file, base).href;
  await checkWebAssembly();
  await Promise.all(files.map((file) => download(at(file))));

  // Without this, PyScript fetches the plugins once more for MicroPython, which nobody uses here.
  addConfigured("mpy-config", JSON.stringify({ plugins: UNUSED_PLUGINS }), { type: "json" });
  const config = {
    interpreter: at("runtime/pyodide.mjs"),
    plugins: UNUSED_PLUGINS,
    files: { [at("pywidget.zip")]: "./*" },
  };
  const script = addConfigured("script", PYTHON, {
    type: "py",
    config: JSON.stringify(config),
    target: "#pywidget-script", // itself: else PyScript adds an element to the page's body
  });
  const ready = new Promise((resolve, reject) => {
    const give = () => reject(new LoadError("Python did not start", false));
    script.addEventListener("py:done", resolve, { once: true });
    script.addEventListener("error", give, { once: true });
    setTimeout(give, PATIENCE_MS);
  });

  try {
    const { hooks } = await import(at("runtime/core.js"));
    // PyScript compiles this worker hook with Function(), which the CSP forbids, on pages without workers too.
    hooks.worker.onBeforeRunAsync.clear();
  } catch (error) {
    throw new LoadError(`PyScript did not start (${error.message})`, false);
  }
  await ready;
}
