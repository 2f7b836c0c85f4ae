/**
 * <zoom-meeting>: paints its button before Python is there, keeps a click that comes early, and forwards what happens
 * to it, naming itself each time.
 */

import { guard } from "./keys.js";
import { choose, findLanguage, findTag, readSentences, watchLanguage, whenLanguagesChange } from "./language.js";
import { makeRegions, mayHoldMeeting, paintFailure, paintLoading, say, showProgress, tellFailure } from "./loading.js";
import { ATTRIBUTES, adoptProperties, defineProperties, explainBoolean } from "./properties.js";
import { readSettings } from "./settings.js";
import { createSight, isNear } from "./sight.js";
import {
  attach,
  ensurePython,
  ensurePythonWhenIdle,
  failure,
  mounted,
  mountSoon,
  python,
  settled,
  sheets,
  waiting,
} from "./startup.js";

/** @import { Handlers, Helpers, NotesAdapter } from "./contract.js" */
/** @import { Failure } from "./loading.js" */

const sight = createSight((element) => /** @type {ZoomMeeting} */ (element).beSeen());

/** Of elements that come in one go only the first is asked at once whether it is seen. */
let isFirst = true;

function comesAlone() {
  if (!isFirst) return false;
  isFirst = false;
  setTimeout(() => (isFirst = true));
  return true;
}

/** @type {Node | null} What a pointer presses. Firefox moves the focus first, and makes it `:active` afterwards. */
let pressed = null;
/** @type {(() => void)[]} What waits for its release. */
const postponed = [];
const press = (/** @type {Event} */ event) => (pressed = /** @type {Node} */ (event.target));
function release() {
  pressed = null;
  for (const work of postponed.splice(0)) setTimeout(work); // after the click, too
}
addEventListener("pointerdown", press, { capture: true });
for (const name of ["pointerup", "pointercancel"]) addEventListener(name, release, { capture: true });

/**
 * Under a pressed button nothing may move, or the click misses it: after the click, then.
 *
 * @param {Element} element
 * @param {() => void} work
 */
function afterPress(element, work) {
  if (element.contains(pressed)) postponed.push(work);
  else work();
}

export class ZoomMeeting extends HTMLElement {
  /** The release. */
  static version = VERSION;

  static observedAttributes = ATTRIBUTES;

  static settings = readSettings();

  /** @type {Helpers | null} What Python has done in the page by one call each; runtime.js brings it. */
  static helpers = null;

  /** Resolves when all that a first visit does for the next one is done. */
  static settled = settled;

  /** Called by Python when it is ready. */
  static attach = attach;

  /** What Python asks of a page's languages. */
  static languages = { choose, find: findLanguage, read: readSentences };

  isSeen = false;
  #early = "";
  /** @type {Failure | null} What is painted in its place. */
  #failed = null;
  #changed = false;
  /** @type {AbortController | null} */
  #watch = null;
  /** @type {NotesAdapter | null} */
  #notesAdapter = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = sheets;
    root.append(...makeRegions());
    guard(root);
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("keydown", (event) => {
      if (/** @type {KeyboardEvent} */ (event).key === "Escape") this.#act("escape");
    });
    root.addEventListener("focusout", (event) => {
      const next = /** @type {Element | null} */ (/** @type {FocusEvent} */ (event).relatedTarget);
      if (next && !root.contains(next) && !this.contains(next)) afterPress(next, () => this.#act("dismiss"));
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
    watchLanguage(this);
    if (mounted.has(this)) {
      this.speak(); // moved within the page, perhaps to where another language is spoken
      return;
    }
    if (python && comesAlone() && isNear(this)) {
      this.mount(python); // an appointment that is opened later shows without a wait
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
      if (mounted.delete(this)) python?.unmount(this);
    });
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    explainBoolean(this, name);
    this.#changeSoon();
  }

  #changeSoon() {
    if (this.#changed || !this.isConnected) return;
    this.#changed = true; // several changes in one go are one change
    queueMicrotask(() => {
      this.#changed = false;
      if (mounted.has(this)) python?.change(this);
      else if (waiting.has(this)) afterPress(this, () => this.#paintAgain());
    });
  }

  /** Told by the page's sight; also by itself, where somebody wants it unseen. */
  beSeen() {
    sight.unobserve(this);
    this.isSeen = true;
    if (python) mountSoon();
    else if (failure) this.#tell(failure);
    else if (mayHoldMeeting(this)) ensurePython();
    else ensurePythonWhenIdle();
  }

  /** @param {Handlers} handlers */
  mount(handlers) {
    if (this.contains(pressed)) {
      afterPress(this, mountSoon); // another button in its place would lose the click
      return;
    }
    waiting.delete(this);
    sight.unobserve(this);
    mounted.add(this);
    if (this.#early) say(this, ""); // the wait that was told of is over
    const tag = findTag(this);
    handlers.mount(this, this.#early, tag, findLanguage(tag));
    this.#early = "";
  }

  /** The language around it may have changed, or come. */
  speak() {
    const tag = findTag(this);
    if (mounted.has(this)) python?.speak(this, tag, findLanguage(tag));
    else afterPress(this, () => this.#paintAgain());
  }

  /**
   * Python is gone: the element is the loader's again, which says so in its place.
   *
   * @param {Failure} kind
   */
  fail(kind) {
    mounted.delete(this);
    this.#watch?.abort();
    waiting.add(this);
    this.isSeen = true;
    // Without the room that hold.js keeps: nothing comes any more.
    /** @type {ShadowRoot} */ (this.shadowRoot).adoptedStyleSheets = sheets;
    this.#tell(kind);
  }

  /** @param {Failure} kind */
  #tell(kind) {
    this.#failed = kind;
    tellFailure(this, kind);
  }

  /**
   * What Python has a screen reader say.
   *
   * @param {string} text
   * @param {boolean} isUrgent
   */
  say(text, isUrgent) {
    say(this, text, isUrgent);
  }

  /**
   * Tells Python when the user is done editing the notes: never per keystroke. Listens on the root,
   * since frameworks replace the field.
   *
   * @param {string} selector
   */
  watchNotes(selector) {
    this.#watch?.abort();
    this.#watch = new AbortController();
    const options = { __proto__: null, signal: this.#watch.signal, capture: true };
    const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
    /**
     * @param {string} name
     * @param {(target: HTMLElement) => boolean} counts
     */
    const listen = (name, counts) => {
      const told = (/** @type {Event} */ event) => {
        const target = /** @type {HTMLElement} */ (event.target);
        if (!counts(target) || !root.querySelector(selector)?.contains(target)) return;
        afterPress(this, () => this.#act("notes-edited"));
      };
      root.addEventListener(name, told, options);
    };
    listen("change", () => true);
    listen("focusout", (target) => target.isContentEditable);
  }

  /** The user's first sign of interest comes before the click: the wait begins then. */
  #beWanted() {
    if (mounted.has(this)) return;
    if (!this.isSeen) this.beSeen();
    if (this.dataset.state === "loading") ensurePython();
  }

  #paintAgain() {
    if (mounted.has(this)) return;
    if (this.#failed && this.dataset.state === "error") paintFailure(this, this.#failed);
    if (this.dataset.state !== "loading") return;
    paintLoading(this);
    if (this.isSeen && mayHoldMeeting(this)) ensurePython();
  }

  /** @param {Event} event */
  #clicked(event) {
    if (this.contains(/** @type {Node} */ (event.target))) {
      this.#act("dismiss"); // another kind of meeting: the click is the page's, and its data-action too
      return;
    }
    const control = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-action]"));
    const action = control?.dataset.action;
    if (!action) return;
    if (action === "load-again") this.#loadAgain();
    else if (action === "reload") location.reload();
    else if (mounted.has(this)) {
      if (this.#act(action)) event.preventDefault(); // what a link would do is done otherwise
    } else if (!this.hasAttribute("disabled")) {
      this.#early = action;
      showProgress(this);
      this.#beWanted();
    }
  }

  #loadAgain() {
    ensurePython();
    showProgress(this);
  }

  /** @param {string} action */
  #act(action) {
    return mounted.has(this) && python?.act(this, action);
  }
}

defineProperties(ZoomMeeting.prototype);

whenLanguagesChange(() => {
  for (const element of [...mounted, ...waiting]) element.speak();
});
