/**
 * Which elements are on the page, and Python's start for them: who waits for it, whom it looks after, and what stands
 * in their place where it does not come up, or dies.
 */

import { download } from "./download.js";
import styles from "./loading.css";
import { paintLoading, showWait } from "./loading.js";
import { importModule, prepareModules } from "./modules.js";
import { natives } from "./natives.js";
import { TAG } from "./properties.js";
import { listMissing } from "./requirements.js";

/** @import { Handlers } from "./contract.js" */
/** @import { LoadError } from "./download.js" */
/** @import { ZoomMeeting } from "./element.js" */
/** @import { Failure } from "./loading.js" */

const ASSETS = new URL("assets/", import.meta.url);

/** The names of what this browser lacks; with any, no element is one of ours. */
export const missing = listMissing();

/** Options inherit nothing here: pages have added members to what all objects inherit, `once` among them. */
export const ONCE = { __proto__: null, once: true };

/** All elements share two: what is needed at once, and what comes with Python. A browser that lacks something has none. */
export const sheets = missing.length ? [] : [new CSSStyleSheet(), new CSSStyleSheet()];
const [sheet, laterSheet] = /** @type {[CSSStyleSheet, CSSStyleSheet]} */ (sheets);
sheet?.replaceSync(styles);

/** @type {Set<ZoomMeeting>} Elements on the page that Python does not know yet. */
export const waiting = new Set();
/** @type {Set<ZoomMeeting>} Those that Python looks after; only while it is up. */
export const mounted = new Set();
/** @type {Handlers | null} Python's side, while it is up. */
export let python = null;

/** @type {Failure | null} What stands in the elements' place because Python is not up, and why. */
export let failure = null;

/** @type {() => void} */
let settle;
/** @type {Promise<void>} Resolves when all that a first visit does for the next one is done. */
export const settled = new Promise((resolve) => (settle = resolve));

/** A busy page may never be idle. */
const IDLE_PATIENCE_MS = 2000;

/** How long elements may be mounted in one go: a page that answers within this time seems to answer at once. */
const SLICE_MS = 100;

let isMounting = false;

/** Mounts what was seen, in slices: a long list of appointments must not freeze the page. */
function mountSeen() {
  isMounting = false;
  if (!python) return;
  const end = performance.now() + SLICE_MS;
  for (const element of waiting) {
    if (!element.isSeen) continue;
    if (performance.now() > end) {
      isMounting = true;
      setTimeout(mountSeen);
      return;
    }
    element.mount(python);
  }
}

/** Once for all that are seen in the same turn. */
export function mountSoon() {
  if (isMounting) return;
  isMounting = true;
  queueMicrotask(mountSeen);
}

/**
 * Python is ready.
 *
 * @param {Handlers} handlers
 */
export function attach(handlers) {
  python = handlers;
  failure = null; // later than anybody would wait, perhaps
  mountSoon();
}

/** @type {Promise<void> | null} */
let starting = null;

/** What those who wait are told after a while: a slow network is no failure. */
const SLOW_MS = 10_000;

/** From then on those who wait see how far it is. */
const LONG_MS = 2000;

let received = 0; // in percent
let [isLong, isSlow] = [false, false];

function showWaits() {
  for (const element of waiting) showWait(element, isLong ? received : 0, isSlow);
}

/** @param {number} percent */
function onReceived(percent) {
  received = percent;
  showWaits();
}

/** Starts Python once; after a failure that another try can mend, once more. */
export function ensurePython() {
  if (!starting) {
    const slow = setInterval(() => {
      isSlow = true;
      showWaits();
    }, SLOW_MS);
    starting = load()
      .catch(tellFailure)
      .finally(() => clearInterval(slow));
  }
  for (const element of waiting) if (element.dataset.state === "error") paintLoading(element);
}

/** @param {LoadError} error - Python may still come: that it is slow is no failure of its */
function tellDelay({ message }) {
  console.error(`zoom-meeting: ${message}`);
  fail("late");
}

/** @param {unknown} error - if it says that another try can help, it is one of the LoadErrors: each bundle has its own */
function tellFailure(error) {
  const { message, canRetry } = /** @type {Partial<LoadError>} */ (error);
  console.error(`zoom-meeting: ${message}`);
  [received, isLong, isSlow] = [0, false, false];
  fail(canRetry ? "not-loaded" : "not-started");
  if (!canRetry) return;
  starting = null;
  failure = null;
}

/**
 * Says in the elements' place that Python is not up, and to those that come later.
 *
 * @param {Failure} kind
 */
function fail(kind) {
  failure ??= kind;
  for (const element of waiting) if (element.isSeen) element.fail(failure);
  for (const element of mounted) element.fail(failure);
}

/** Python died, whatever it was doing. */
function die() {
  python = null;
  fail("stopped");
}

/** Everything that Python's start needs is asked for at once; runtime.js puts it to use. */
async function load() {
  const at = (/** @type {string} */ file) => new URL(file, ASSETS).href;
  setTimeout(() => {
    isLong = true;
    showWaits();
  }, LONG_MS);
  const wasm = download(at(WASM.file));
  const modules = [...PYODIDE_MODULES, ...PYSCRIPT_MODULES];
  const fetched = prepareModules(modules.map(({ file, digest }) => ({ url: at(file), digest })));
  for (const part of [wasm, fetched]) part.catch(() => {}); // told by startPython, if it comes to that
  const runtime = /** @type {typeof import("./runtime.js")} */ (await importModule(at(RUNTIME.file), RUNTIME.digest));
  /** @type {typeof ZoomMeeting} */ (customElements.get(TAG)).helpers = runtime.createHelpers(natives);
  await runtime.startPython({ wasm, fetched, sheet: laterSheet, onReceived, onDelay: tellDelay, onDeath: die });
  runtime
    .makeSnapshot()
    .catch(() => {})
    .then(settle);
}

/** Not before the page itself has loaded and has nothing else to do. */
export function ensurePythonWhenIdle() {
  const whenIdle = () => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(ensurePython, { timeout: IDLE_PATIENCE_MS });
    else setTimeout(ensurePython); // WebKit
  };
  const isLoading = ["loading", "interactive"].includes(document.readyState);
  if (isLoading) addEventListener("load", whenIdle, ONCE);
  else whenIdle();
}
