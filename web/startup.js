/**
 * Which elements are on the page, and Python's start for them: who waits for it, whom it looks after, and what stands
 * in their place where it does not come up, or dies.
 */

import { download, downloadBytes, renew } from "./download.js";
import { at, loadRuntime } from "./late.js";
import styles from "./loading.css";
import { NOT_LOADED, NOT_STARTED, paintLoading, showWait } from "./loading.js";
import { natives } from "./natives.js";
import { listMissing } from "./requirements.js";

/** @import { Handlers, Helpers } from "./contract.js" */
/** @import { LoadError } from "./download.js" */
/** @import { ZoomMeeting } from "./element.js" */
/** @import { Failure } from "./loading.js" */
/** @import { Sentence } from "./translations.js" */

/** The names of what this browser lacks; with any, no element is one of ours. */
export const missing = listMissing();

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

/** @type {Helpers | null} What runtime.js brings with it, once it has come. */
export let helpers = null;

/** @type {Failure | null} What stands in the elements' place because Python is not up, and why. */
export let failure = null;

/** @type {(last: Promise<void>) => void} */
let settle;
/** @type {Promise<void>} Resolves when all that a first visit does for the next one is done. */
export const settled = new Promise((resolve) => (settle = resolve));

/** A busy page may never be idle. */
const IDLE_PATIENCE_MS = 2000;

/** Only while Python is up. */
export const mountSoon = () => helpers?.mountSoon(waiting, () => python);

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
/** @type {Sentence | undefined} */
let receiving;
let [isLong, isSlow] = [false, false];

function showWaits() {
  for (const element of waiting) showWait(element, isLong ? received : 0, receiving, isSlow);
}

/**
 * @param {number} percent
 * @param {Sentence} sentence - what says so
 */
function onReceived(percent, sentence) {
  received = percent;
  receiving = sentence;
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

/**
 * Python may still come: that it is slow is no failure of its.
 *
 * @param {LoadError} error
 * @param {Failure} why
 */
function tellDelay({ message }, why) {
  console.error(`zoom-meeting: ${message}`);
  fail(why);
}

/** @param {unknown} error - if it says that another try can help, it is one of the LoadErrors: each bundle has its own */
function tellFailure(error) {
  const { message, canRetry, isAltered } = /** @type {Partial<LoadError>} */ (error);
  console.error(`zoom-meeting: ${message}`);
  [received, isLong, isSlow] = [0, false, false];
  if (isAltered) renew();
  fail(canRetry ? NOT_LOADED : NOT_STARTED);
  if (!canRetry) return;
  starting = null;
  failure = null;
}

/**
 * Says in the elements' place that Python is not up, and to those that come later.
 *
 * @param {Failure} why
 */
function fail(why) {
  failure ??= why;
  for (const element of waiting) if (element.isSeen) element.fail(failure);
  for (const element of mounted) element.fail(failure);
}

/**
 * Python died, whatever it was doing.
 *
 * @param {Failure} why
 */
function die(why) {
  python = null;
  fail(why);
}

/** Everything that Python's start needs is asked for at once; runtime.js checks it, and puts it to use. */
async function load() {
  setTimeout(() => {
    isLong = true;
    showWaits();
  }, LONG_MS);
  const wasm = download(at(WASM_FILE));
  const scripts = SCRIPT_FILES.map((file) => downloadBytes(at(file)));
  for (const part of [wasm, ...scripts]) part.catch(() => {}); // told by startPython, if it comes to that
  const runtime = await loadRuntime();
  helpers = runtime.createHelpers(natives);
  await runtime.startPython({ wasm, scripts, sheet: laterSheet, onReceived, onDelay: tellDelay, onDeath: die });
  settle(runtime.makeSnapshot().catch(() => {}));
}

/** Not before the page itself has loaded and has nothing else to do. */
export function ensurePythonWhenIdle() {
  const whenIdle = () => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(ensurePython, { timeout: IDLE_PATIENCE_MS });
    else setTimeout(ensurePython); // WebKit
  };
  // A page's image may be named like that: then it is none of these, and no load is waited for that is over.
  if (["loading", "interactive"].includes(document.readyState)) addEventListener("load", whenIdle);
  else whenIdle();
}
