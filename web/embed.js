/**
 * The loader: defines <zoom-meeting>, paints its button before Python is there,
 * keeps clicks that come early, starts Python once and forwards what happens to
 * each element. It holds no rule of the widget: those are Python, in pywidget/.
 */

import { download, downloadBytes, importModule } from "./download.js";
import { guard } from "./keys.js";
import styles from "./loading.css";
import { mayHoldMeeting, paintFailure, paintLoading, showProgress, showSlowness } from "./loading.js";
import { ATTRIBUTES, adoptProperties, defineProperties, explainDisabled } from "./properties.js";
import { listMissing, Unsupported } from "./requirements.js";

performance.mark("zoom-meeting:loader"); // so that a page's owner can see what it costs

const TAG = "zoom-meeting";
const ASSETS = new URL("assets/", import.meta.url);

/** The tag that loaded this module (module scripts have no document.currentScript), as Python reads it. */
function readSettings() {
  const tag =
    [...document.querySelectorAll("script")].find((script) => script.src === import.meta.url) ??
    document.querySelector("script[type=module][data-client-id]");
  const attributes = [...(tag?.attributes ?? [])].map(({ name, value }) => [name, value]);
  return { attributes: Object.fromEntries(attributes), base: new URL(".", import.meta.url).href };
}

const missing = listMissing();

/** Options inherit nothing here: pages have added members to what all objects inherit, `once` among them. */
const ONCE = { __proto__: null, once: true };

/** All elements share two: what is needed at once, and what comes with Python. */
const [sheet, laterSheet] = missing.length ? [] : [new CSSStyleSheet(), new CSSStyleSheet()];
sheet?.replaceSync(styles);

/** @type {Set<ZoomMeeting>} Elements on the page that Python does not know yet. */
const waiting = new Set();
/** @type {Set<ZoomMeeting>} Those that Python looks after. */
const mounted = new Set();
/** Python's four callables, while it is up. */
let python = null;

/** What stands in the elements' place because Python is not up, and why; one of loading.js's failures. */
let failure = null;
let settle;

/** An element is of interest once it is seen, or nearly: until then it costs no more than its button. */
const NEARLY = "50%";
const sight = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) target.beSeen();
  },
  { rootMargin: NEARLY },
);

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
    element.mount();
  }
}

/** Once for all that are seen in the same turn. */
function mountSoon() {
  if (isMounting) return;
  isMounting = true;
  queueMicrotask(mountSeen);
}

/** Of elements that come in one go only the first is asked at once whether it is seen: that costs a layout each. */
let isFirst = true;

function comesAlone() {
  if (!isFirst) return false;
  isFirst = false;
  setTimeout(() => (isFirst = true));
  return true;
}

/** The same as `sight`, asked at once. */
function isNear(element) {
  const { top, bottom, width } = element.getBoundingClientRect();
  return width > 0 && top < 1.5 * innerHeight && bottom > -0.5 * innerHeight;
}

/** Under a pressed button nothing may move, or the click misses it: after the click, then. */
function afterPress(pressed, work) {
  if (pressed.matches(":active")) addEventListener("pointerup", () => setTimeout(work), ONCE);
  else work();
}

class ZoomMeeting extends HTMLElement {
  /** The release. */
  static version = VERSION;

  static observedAttributes = ATTRIBUTES;

  static settings = readSettings();

  /** What Python has done in the page by one call each; runtime.js brings it. */
  static page = null;

  /** Resolves when all that a first visit does for the next one is done. */
  static settled = new Promise((resolve) => (settle = resolve));

  /** Called by Python when it is ready; `handlers` are mount, unmount, change and act. */
  static attach(handlers) {
    python = handlers;
    failure = null; // later than anybody would wait, perhaps
    mountSoon();
  }

  isSeen = false;
  #early = "";
  #changed = false;
  #watch = null;
  #notesAdapter = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet, laterSheet];
    guard(root);
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#act("escape");
    });
    root.addEventListener("focusout", (event) => {
      const next = event.relatedTarget;
      if (next && !root.contains(next)) afterPress(next, () => this.#act("dismiss"));
    });
    for (const sign of ["pointerover", "focusin"]) root.addEventListener(sign, () => this.#beWanted());
    adoptProperties(this);
  }

  /** Reads and writes the notes where no field shows them; Python uses it instead of `notes`. */
  get notesAdapter() {
    return this.#notesAdapter;
  }

  set notesAdapter(adapter) {
    this.#notesAdapter = adapter ?? null;
    this.#changeSoon();
  }

  /** The page's own code has changed the notes: no event tells of that. */
  refresh() {
    if (mounted.has(this)) this.#act("notes-edited");
    else this.#changeSoon();
  }

  connectedCallback() {
    if (mounted.has(this)) return; // moved within the page
    if (python && comesAlone() && isNear(this)) {
      this.mount(); // an appointment that is opened later shows without a wait
      return;
    }
    waiting.add(this);
    paintLoading(this);
    sight.observe(this);
  }

  disconnectedCallback() {
    // A framework that moves an element disconnects and connects it in one go.
    queueMicrotask(() => {
      if (this.isConnected) return;
      waiting.delete(this);
      sight.unobserve(this);
      this.isSeen = false;
      this.#watch?.abort();
      if (mounted.delete(this)) python.unmount(this);
    });
  }

  attributeChangedCallback(name) {
    if (name === "disabled") explainDisabled(this);
    this.#changeSoon();
  }

  #changeSoon() {
    if (this.#changed || !this.isConnected) return;
    this.#changed = true; // several changes in one go are one change
    queueMicrotask(() => {
      this.#changed = false;
      if (mounted.has(this)) python.change(this);
      else if (waiting.has(this) && this.dataset.state === "loading") this.#paintAgain();
    });
  }

  /** Told by the page's sight; also by itself, where somebody wants it unseen. */
  beSeen() {
    sight.unobserve(this);
    this.isSeen = true;
    if (python) mountSoon();
    else if (failure) paintFailure(this, failure);
    else if (mayHoldMeeting(this)) start();
    else startWhenIdle();
  }

  mount() {
    waiting.delete(this);
    sight.unobserve(this);
    mounted.add(this);
    python.mount(this, this.#early);
    this.#early = "";
  }

  /** Python is gone: the element is the loader's again, which says so in its place. */
  fail() {
    mounted.delete(this);
    this.#watch?.abort();
    waiting.add(this);
    this.isSeen = true;
    paintFailure(this, failure);
  }

  /**
   * Tells Python when the user is done editing the notes: never per keystroke. Listens on the root,
   * since frameworks replace the field.
   */
  watchNotes(selector) {
    this.#watch?.abort();
    this.#watch = new AbortController();
    const root = this.getRootNode();
    const listen = (name, counts) => {
      const told = ({ target }) => {
        if (!counts(target) || !root.querySelector(selector)?.contains(target)) return;
        afterPress(this, () => this.#act("notes-edited"));
      };
      root.addEventListener(name, told, { __proto__: null, signal: this.#watch.signal, capture: true });
    };
    listen("change", () => true);
    listen("focusout", (target) => target.isContentEditable);
  }

  /** The user's first sign of interest comes before the click: the wait begins then. */
  #beWanted() {
    if (mounted.has(this)) return;
    if (!this.isSeen) this.beSeen();
    if (this.dataset.state === "loading") start();
  }

  #paintAgain() {
    paintLoading(this);
    if (this.#early) showProgress(this);
    if (this.isSeen && mayHoldMeeting(this)) start();
  }

  #clicked(event) {
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (!action) return;
    if (action === "load-again") start();
    else if (action === "reload") location.reload();
    else if (mounted.has(this)) this.#act(action);
    else if (!this.hasAttribute("disabled")) {
      this.#early = action;
      showProgress(this);
      this.#beWanted();
    }
  }

  #act(action) {
    if (mounted.has(this)) python.act(this, action);
  }
}

defineProperties(ZoomMeeting.prototype);

let starting = null;

/** What those who wait are told after a while: a slow network is no failure. */
const SLOW_MS = 10_000;

/** Starts Python once; after a failure that another try can mend, once more. */
function start() {
  if (!starting) {
    const slow = setInterval(() => waiting.forEach(showSlowness), SLOW_MS);
    starting = load()
      .catch(tellFailure)
      .finally(() => clearInterval(slow));
  }
  for (const element of waiting) if (element.dataset.state === "error") paintLoading(element);
}

function tellFailure(error) {
  console.error(`zoom-meeting: ${error.message}`);
  fail(error.canRetry ? "not-loaded" : "not-started");
  if (error.canRetry) starting = failure = null;
}

/** Says in the elements' place that Python is not up, and to those that come later. */
function fail(kind) {
  failure ??= kind;
  for (const element of waiting) if (element.isSeen) element.fail();
  for (const element of mounted) element.fail();
}

/** Python died, whatever it was doing. */
function die() {
  python = null;
  fail("stopped");
}

/** Everything that Python's start needs is asked for at once; runtime.js puts it to use. */
async function load() {
  const at = (file) => new URL(file, ASSETS).href;
  const wasm = download(at(WASM));
  const fetched = Promise.all(MODULES.map((file) => downloadBytes(at(file))));
  for (const part of [wasm, fetched]) part.catch(() => {}); // told by startPython, if it comes to that
  const { page, startPython, makeSnapshot } = await importModule(at(RUNTIME));
  ZoomMeeting.page = page;
  await startPython({ wasm, fetched, sheet: laterSheet, onDelay: tellFailure, onDeath: die });
  makeSnapshot()
    .catch(() => {})
    .then(settle);
}

/** Not before the page itself has loaded and has nothing else to do. */
function startWhenIdle() {
  const whenIdle = () => {
    if (globalThis.requestIdleCallback) requestIdleCallback(start, { timeout: IDLE_PATIENCE_MS });
    else setTimeout(start); // WebKit
  };
  const isLoading = ["loading", "interactive"].includes(document.readyState);
  if (isLoading) addEventListener("load", whenIdle, ONCE);
  else whenIdle();
}

function define() {
  if (customElements.get(TAG)) return; // a second tag, or a re-rendered page: nothing is left to do
  if (missing.length) console.error(`zoom-meeting: this browser is too old, it lacks ${missing.join(", ")}`);
  customElements.define(TAG, missing.length ? Unsupported : ZoomMeeting);
}

define();
