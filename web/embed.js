/**
 * The loader: defines <zoom-meeting>, paints its button before Python is there,
 * keeps clicks that come early, starts Python once and forwards what happens to
 * each element. It holds no rule of the widget: those are Python, in pywidget/.
 */
import styles from "./widget.css";
import { startPython } from "./runtime.js";
import { paintFailure, paintLoading, showProgress } from "./loading.js";
import { focusAt, patch } from "./patch.js";
import { outline, readAttributes } from "./reading.js";

const TAG = "zoom-meeting";

/** The tag that loaded this module (module scripts have no document.currentScript), as Python reads it. */
function readSettings() {
  const tag =
    [...document.scripts].find((script) => script.src === import.meta.url) ??
    document.querySelector("script[type=module][data-client-id]");
  const attributes = [...(tag?.attributes ?? [])].map(({ name, value }) => [name, value]);
  return { attributes: Object.fromEntries(attributes), base: new URL(".", import.meta.url).href };
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

/** @type {Set<ZoomMeeting>} Elements on the page that Python does not know yet. */
const waiting = new Set();
/** Python's four callables, once it is up. */
let python = null;

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

  /** What Python has done in one call each, since every call from Python costs. */
  static page = { focusAt, outline, patch, readAttributes };

  /** Called by Python when it is ready; `handlers` are mount, unmount, change and act. */
  static attach(handlers) {
    python = handlers;
    for (const element of waiting) element.#mount();
  }

  #early = "";
  #mounted = false;
  #changed = false;
  #watch = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#act("dismiss");
    });
    root.addEventListener("focusout", (event) => {
      const next = event.relatedTarget;
      if (!next || root.contains(next)) return;
      const dismiss = () => this.#act("dismiss");
      // Under a pressed button nothing may move, or the click misses it: after the click, then.
      if (next.matches(":active")) addEventListener("pointerup", () => setTimeout(dismiss), { once: true });
      else dismiss();
    });
  }

  connectedCallback() {
    if (this.#mounted) return; // moved within the page
    if (python) {
      this.#mount();
      return;
    }
    waiting.add(this);
    paintLoading(this);
    start();
  }

  disconnectedCallback() {
    // A framework that moves an element disconnects and connects it in one go.
    queueMicrotask(() => {
      if (this.isConnected) return;
      waiting.delete(this);
      this.#watch?.abort();
      if (this.#mounted) python.unmount(this);
      this.#mounted = false;
    });
  }

  attributeChangedCallback() {
    if (!this.#mounted || this.#changed) return;
    this.#changed = true; // several attributes changed in one go are one change
    queueMicrotask(() => {
      this.#changed = false;
      if (this.#mounted) python.change(this);
    });
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

  #mount() {
    waiting.delete(this);
    this.#mounted = true;
    python.mount(this, this.#early);
    this.#early = "";
  }

  #clicked(event) {
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (!action) return;
    if (action === "load-again") start();
    else if (this.#mounted) this.#act(action);
    else if (!this.hasAttribute("disabled")) {
      this.#early = action;
      showProgress(this);
    }
  }

  #act(action) {
    if (this.#mounted) python.act(this, action);
  }
}

let starting = null;

/** Starts Python once; after a failure that another try can mend, once more. */
function start() {
  starting ??= startPython(ZoomMeeting.settings.base).catch((error) => {
    console.error(`zoom-meeting: ${error.message}`);
    for (const element of waiting) paintFailure(element, error.canRetry);
    if (error.canRetry) starting = null;
  });
  for (const element of waiting) if (element.dataset.state === "error") paintLoading(element);
}

// A second tag, or a re-rendered page, finds the element defined and does nothing.
if (!customElements.get(TAG)) customElements.define(TAG, ZoomMeeting);
