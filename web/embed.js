/**
 * The loader: defines <zoom-meeting>, paints its button before Python is there,
 * keeps clicks that come early, starts Python once and forwards what happens to
 * each element. It holds no rule of the widget: those are Python, in pywidget/.
 */
import styles from "./loading.css";
import { download, downloadBytes, importModule } from "./download.js";
import { guard } from "./keys.js";
import { mayHoldMeeting, paintFailure, paintLoading, showProgress } from "./loading.js";

performance.mark("zoom-meeting:loader"); // so that a page's owner can see what it costs

const TAG = "zoom-meeting";
const ASSETS = new URL("assets/", import.meta.url);

/** The tag that loaded this module (module scripts have no document.currentScript), as Python reads it. */
function readSettings() {
  const tag =
    [...document.scripts].find((script) => script.src === import.meta.url) ??
    document.querySelector("script[type=module][data-client-id]");
  const attributes = [...(tag?.attributes ?? [])].map(({ name, value }) => [name, value]);
  return { attributes: Object.fromEntries(attributes), base: new URL(".", import.meta.url).href };
}

/** All elements share two: what is needed at once, and what comes with Python. */
const sheet = new CSSStyleSheet();
const laterSheet = new CSSStyleSheet();
sheet.replaceSync(styles);

/** @type {Set<ZoomMeeting>} Elements on the page that Python does not know yet. */
const waiting = new Set();
/** Python's four callables, once it is up. */
let python = null;

/** Why Python will never be up in this page, if so. */
let failure = null;
const settled = Promise.withResolvers();

/** An element is of interest once it is seen, or nearly: until then it costs no more than its button. */
const NEARLY = "50%";
const sight = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) target.beSeen();
  },
  { rootMargin: NEARLY },
);

/** A busy page may never be idle. */
const IDLE_PATIENCE_MS = 2_000;

/** How long elements may be mounted in one go: a page that answers within this time seems to answer at once. */
const SLICE_MS = 100;

let isMounting = false;

/** Mounts what was seen, in slices: a long list of appointments must not freeze the page. */
function mountSeen() {
  isMounting = false;
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

class ZoomMeeting extends HTMLElement {
  static observedAttributes = [
    "appointment",
    "client",
    "client-email",
    "client-phone",
    "starts",
    "time-zone",
    "duration",
    "notes",
    "disabled",
  ];

  static settings = readSettings();

  /** What Python has done in the page by one call each; runtime.js brings it. */
  static page = null;

  /** Resolves when all that a first visit does for the next one is done. */
  static settled = settled.promise;

  /** Called by Python when it is ready; `handlers` are mount, unmount, change and act. */
  static attach(handlers) {
    python = handlers;
    mountSoon();
  }

  isSeen = false;
  #early = "";
  #mounted = false;
  #changed = false;
  #watch = null;

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
      if (!next || root.contains(next)) return;
      const dismiss = () => this.#act("dismiss");
      // Under a pressed button nothing may move, or the click misses it: after the click, then.
      if (next.matches(":active")) addEventListener("pointerup", () => setTimeout(dismiss), { once: true });
      else dismiss();
    });
    for (const sign of ["pointerover", "focusin"]) root.addEventListener(sign, () => this.#beWanted());
  }

  connectedCallback() {
    if (this.#mounted) return; // moved within the page
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
      if (this.#mounted) python.unmount(this);
      this.#mounted = false;
    });
  }

  attributeChangedCallback() {
    if (this.#changed || !this.isConnected) return;
    this.#changed = true; // several attributes changed in one go are one change
    queueMicrotask(() => {
      this.#changed = false;
      if (this.#mounted) python.change(this);
      else if (waiting.has(this) && this.dataset.state === "loading") this.#paintAgain();
    });
  }

  /** Told by the page's sight; also by itself, where somebody wants it unseen. */
  beSeen() {
    sight.unobserve(this);
    this.isSeen = true;
    if (python) mountSoon();
    else if (failure) paintFailure(this, false);
    else if (mayHoldMeeting(this)) start();
    else startWhenIdle();
  }

  mount() {
    waiting.delete(this);
    sight.unobserve(this);
    this.#mounted = true;
    python.mount(this, this.#early);
    this.#early = "";
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
        if (counts(target) && root.querySelector(selector)?.contains(target)) this.#act("notes-edited");
      };
      root.addEventListener(name, told, { signal: this.#watch.signal, capture: true });
    };
    listen("change", () => true);
    listen("focusout", (target) => target.isContentEditable);
  }

  /** The user's first sign of interest comes before the click: the wait begins then. */
  #beWanted() {
    if (this.#mounted) return;
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
    else if (this.#mounted) this.#act(action);
    else if (!this.hasAttribute("disabled")) {
      this.#early = action;
      showProgress(this);
      this.#beWanted();
    }
  }

  #act(action) {
    if (this.#mounted) python.act(this, action);
  }
}

let starting = null;

/** Starts Python once; after a failure that another try can mend, once more. */
function start() {
  starting ??= load().catch((error) => {
    console.error(`zoom-meeting: ${error.message}`);
    for (const element of waiting) if (element.isSeen) paintFailure(element, error.canRetry);
    if (error.canRetry) starting = null;
    else failure = error;
  });
  for (const element of waiting) if (element.dataset.state === "error") paintLoading(element);
}

/** Everything that Python's start needs is asked for at once; runtime.js puts it to use. */
async function load() {
  const at = (file) => new URL(file, ASSETS).href;
  const wasm = download(at(WASM));
  const fetched = Promise.all(MODULES.map((file) => downloadBytes(at(file))));
  for (const part of [wasm, fetched]) part.catch(() => {}); // told by startPython, if it comes to that
  const { page, startPython, makeSnapshot } = await importModule(at(RUNTIME));
  ZoomMeeting.page = page;
  await startPython({ wasm, fetched, sheet: laterSheet });
  makeSnapshot().catch(() => {}).then(settled.resolve);
}

/** Not before the page itself has loaded and has nothing else to do. */
function startWhenIdle() {
  const whenIdle = () => {
    if (globalThis.requestIdleCallback) requestIdleCallback(start, { timeout: IDLE_PATIENCE_MS });
    else setTimeout(start); // WebKit
  };
  if (document.readyState === "complete") whenIdle();
  else addEventListener("load", whenIdle, { once: true });
}

// A second tag, or a re-rendered page, finds the element defined and does nothing.
if (!customElements.get(TAG)) customElements.define(TAG, ZoomMeeting);
