/**
 * Starts Python: Pyodide, from a snapshot where there is one, and PyScript, which runs Python's first lines. It also
 * brings what the page does for Python, the embedder's settings among it, and the languages.
 *
 * The files come from the widget's folder. startup.js has asked for all of them at once; here each is checked before
 * any of it runs. None of this needs `unsafe-eval`. Trusted Types may be on: trusted-types.js has the policy for them.
 *
 * PyScript takes this module for its interpreter, and asks it for `version` and `loadPyodide`.
 */

import { attend, leave, watchNotes } from "./attending.js";
import { downloadBytes, LoadError } from "./download.js";
import { importModule, prepareModules } from "./modules.js";
import { isDue, mountSoon } from "./mounting.js";
import { focusAt, patch } from "./patch.js";
import { forgetProgress, onProgress, readCounted } from "./progress.js";
import { at, loadPython, PYSCRIPT } from "./python.js";
import { isInSight, outline, readAttributes } from "./reading.js";
import { createSecretCalls } from "./secret-calls.js";
import { askToSend, readAddress } from "./sending.js";
import { readSettings } from "./settings.js";
import { dropSnapshot, findSnapshot, restorePython } from "./snapshot.js";
import { breathe, pause } from "./timing.js";
import { hideTooltipsOnEscape } from "./tooltip.js";
import { loadSentences } from "./translations.js";
import { createPolicy } from "./trusted-types.js";
import { compile, compileSmallest } from "./wasm.js";
import styles from "./widget.css";

/** @import { StartOptions } from "./contract.js" */
/** @import { Failure } from "./loading.js" */
/** @import { Natives } from "./natives.js" */
/** @import { LoadOptions, Pyodide, PyScript, Streams } from "./interpreter.js" */

/** PyScript fetches its plugins unless told not to; ! switches one off. */
const UNUSED_PLUGINS = ["!deprecations-manager", "!donkey", "!error", "!py-editor", "!py-game", "!py-terminal"];

/** What elements ask for at once, in this order: one that another one imports comes before it. */
const SCRIPTS = [...PYODIDE_MODULES, ...PYSCRIPT_MODULES];

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

/** Between everything being there and Python's first word; generous for slow machines. The network takes its own time. */
const PATIENCE_MS = 60_000;

export const version = PYODIDE_VERSION;

const RELOAD = { action: "reload", label: SENTENCES.loader.reload };
/** @type {Failure} */
const LATE = { text: SENTENCES.loader.late, ...RELOAD };
/** @type {Failure} */
const STOPPED = { text: SENTENCES.loader.stopped, ...RELOAD };

/** Resolves to the sentences of a language other than English. */
export const loadLanguage = (/** @type {string} */ language) => loadSentences(language, at);

/** What Python has done in the page by one call each, and what it needs to load more of itself. */
export const createHelpers = (/** @type {Natives} */ natives) => ({
  askToSend,
  attend,
  focusAt,
  importModule,
  isDue,
  isInSight,
  leave,
  mountSoon,
  outline,
  patch,
  readAddress,
  readAttributes,
  readSettings,
  natives: createSecretCalls(natives),
  tunnel: TUNNEL,
  watchNotes,
});

/** The browser's first use of Intl takes it 40 ms: better now, while files are on their way, than when Python asks. */
const warmUpIntl = () => new Intl.DateTimeFormat();

/** Where Python prints to: the console, until PyScript says where. */
// biome-ignore lint/suspicious/noConsole: what Python prints is for whoever made it print
/** @type {Streams} */ let streams = { stdout: console.log, stderr: console.error };
/** @type {(python: Pyodide) => void} */ let provideInterpreter;
/** @type {Promise<Pyodide>} */
const interpreter = new Promise((resolve) => (provideInterpreter = resolve));

/**
 * What PyScript calls: Pyodide is on its way, or there already.
 *
 * @param {Streams} options
 */
export async function loadPyodide(options) {
  streams = options;
  const pyodide = await interpreter;
  await breathe();
  return pyodide;
}

/** The page's policy or an old browser may forbid WebAssembly: better said now than after 60 seconds. */
async function checkWebAssembly() {
  try {
    await compileSmallest();
  } catch {
    const cure = "the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src";
    throw new LoadError(`WebAssembly is not allowed here: ${cure}`, false);
  }
}

/** Without a place for ours in the page's policy there is no worker, and so no snapshot. The browser says why. */
const policy = findPolicy();

function findPolicy() {
  try {
    return createPolicy("zoom-meeting");
  } catch {
    return null;
  }
}

/**
 * Without our policy, the text of what is no script to the browser can be set in another way, which it reports, too.
 *
 * @param {Element} element
 * @param {string} content
 */
function setText(element, content) {
  if (policy) element.textContent = policy.createScript(content);
  else element.replaceChildren(content);
}

/**
 * PyScript reads one configuration for each of its languages when it starts, and Python's first lines from a script's
 * text.
 *
 * @param {string} tag
 * @param {string} content
 * @param {Record<string, string>} config - attributes
 */
function addConfigured(tag, content, config) {
  const element = document.createElement(tag);
  element.id = `pywidget-${tag}`;
  setText(element, content);
  for (const [name, value] of Object.entries(config)) element.setAttribute(name, value);
  document.head.append(element);
  return element;
}

/** Resolves when Python's first lines have run. */
async function startPyScript() {
  // Without this, PyScript fetches the plugins once more for MicroPython, which nobody uses here.
  addConfigured("mpy-config", JSON.stringify({ plugins: UNUSED_PLUGINS }), { type: "json" });
  const script = addConfigured("script", PYTHON, {
    type: "py",
    config: JSON.stringify({ interpreter: import.meta.url, plugins: UNUSED_PLUGINS }),
    target: "#pywidget-script", // itself: else PyScript adds an element to the page's body
  });
  const done = new Promise((resolve, reject) => {
    script.addEventListener("py:done", resolve, { once: true });
    script.addEventListener("error", () => reject(new LoadError("Python did not start", false)), { once: true });
  });
  /** @type {PyScript} */
  const { hooks, stdlib } = await import(PYSCRIPT).catch((error) => {
    throw new LoadError(`PyScript did not start (${error.message})`, false);
  });
  // PyScript compiles this worker hook with Function(), which the CSP forbids, on pages without workers too.
  hooks.worker.onBeforeRunAsync.clear();
  const pyodide = await interpreter;
  // PyScript writes its Python library into a page's files and compiles it, at every load; we import none of it.
  const { runPythonAsync } = pyodide;
  pyodide.runPythonAsync = (code, options) =>
    runPythonAsync(code.startsWith(stdlib) ? code.slice(stdlib.length) : code, options);
  await done;
}

/** @type {Promise<void> | null} PyScript cannot be started twice in a page, and need not be: it waits for Python. */
let pyscript = null;

/** Whether this visit started without a snapshot, so that one is to be made for the next. */
let lacksSnapshot = false;

/**
 * @param {LoadOptions} parts
 * @param {ReturnType<typeof findSnapshot>} found
 * @returns {Promise<Pyodide>}
 */
async function loadInterpreter(parts, found) {
  /** @type {LoadOptions} */
  const options = { ...parts, stdout: (line) => streams.stdout(line), stderr: (line) => streams.stderr(line) };
  const snapshot = await found;
  if (snapshot) {
    try {
      return await restorePython(snapshot, options);
    } catch (error) {
      if (error instanceof LoadError) throw error;
      console.debug(`zoom-meeting: the snapshot was of no use (${/** @type {Error} */ (error).message})`);
      await dropSnapshot();
    }
  }
  const pyodide = await loadPython(options);
  lacksSnapshot = true;
  return pyodide;
}

/** The first seconds of a visit are the user's. */
const BEFORE_SNAPSHOT_MS = 8000;

/** In idle time, and not at all if the user leaves before; resolves when that was tried. */
export async function makeSnapshot() {
  if (!lacksSnapshot || !policy || !globalThis.caches || !navigator.locks) return;
  await pause(BEFORE_SNAPSHOT_MS);
  await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve)); // WebKit has no such thing
  const address = at(SNAPSHOT_WORKER.file);
  await downloadBytes(address, SNAPSHOT_WORKER.digest);
  const worker = new Worker(policy.createScriptURL(address), { type: "module", name: "zoom-meeting snapshot" });
  await new Promise((resolve) => {
    worker.addEventListener("message", resolve);
    worker.addEventListener("error", resolve);
  });
  worker.terminate();
}

/**
 * Resolves when Python has attached itself to the element class.
 *
 * `wasm` is a promise of the response that holds Pyodide, `scripts` are promises of what `SCRIPTS` names, none of it
 * checked yet; `sheet` is the elements' style sheet. `onReceived` is told how much of a first visit's download is
 * there, in percent. `onDelay` is told once why nobody should wait any longer, although Python may still come;
 * `onDeath` is called if Python dies later.
 *
 * @param {StartOptions} options
 */
export async function startPython({ wasm, scripts, sheet, onReceived, onDelay, onDeath }) {
  const fetched = prepareModules(
    SCRIPTS.map(({ file, digest }, which) => ({ url: at(file), digest, bytes: scripts[which] })),
  );
  fetched.catch(() => {}); // told below
  sheet.replaceSync(styles);
  hideTooltipsOnEscape(sheet);
  await checkWebAssembly();
  forgetProgress();
  const found = findSnapshot();
  // What a visit before has started is in the browser's cache, and comes from where the page comes from.
  const isTrusted = found.then((snapshot) => {
    if (!snapshot) onProgress((percent) => onReceived(percent, SENTENCES.loader.first_time));
    return snapshot !== null && new URL(import.meta.url).origin === location.origin;
  });
  const compiled = wasm.then((response) => compile(response, WASM.digest, { isTrusted, read: readCounted }));
  compiled.catch(() => {}); // told by loadPython
  /** @type {number | undefined} */
  let patience;
  const beginToWait = () => {
    patience ??= setTimeout(onDelay, PATIENCE_MS, new LoadError("Python takes too long to start", false), LATE);
  };
  let isInUse = false; // one that dies before is none: whoever started it is told
  const dieInUse = () => {
    if (isInUse) onDeath(STOPPED);
  };
  const pyodide = loadInterpreter({ compiled, fetched, onDownloaded: beginToWait, onDeath: dieInUse }, found);
  pyodide.then(
    (python) => {
      isInUse = true;
      provideInterpreter(python);
    },
    () => {},
  ); // a failure is ours to tell; PyScript goes on waiting
  setTimeout(warmUpIntl);
  const started = fetched.then(() => (pyscript ??= startPyScript()));
  try {
    await Promise.all([pyodide, started]);
  } finally {
    clearTimeout(patience);
  }
  performance.mark("zoom-meeting:python", { detail: { fromSnapshot: !lacksSnapshot } });
}
