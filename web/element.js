/**
 * <zoom-meeting>: paints its button before Python is there, keeps a click that comes early, and forwards what happens
 * to it, naming itself each time.
 */

import { choose, findLanguage, findTag, readSentences, watchLanguage, whenLanguagesChange } from "./language.js";
import { makeRegions, mayHoldMeeting, paintFailure, paintLoading, say, showProgress, tellFailure } from "./loading.js";
import { afterPress, isPressed } from "./press.js";
import { ATTRIBUTES, adoptProperties, defineProperties } from "./properties.js";
import { createSight } from "./sight.js";
import {
  attach,
  ensurePython,
  ensurePythonWhenIdle,
  failure,
  helpers,
  mounted,
  mountSoon,
  python,
  settled,
  sheets,
  waiting,
} from "./startup.js";
import { findScript } from "./tag.js";

/** @import { Handlers, NotesAdapter } from "./contract.js" */
/** @import { Failure } from "./loading.js" */

const sight = createSight((element) => /** @type {ZoomMeeting} */ (element).beSeen());

export class ZoomMeeting extends HTMLElement {
  /** The release. */
  static version = VERSION;

  static observedAttributes = ATTRIBUTES;

  /** The script's tag, with the settings that runtime.js reads for Python. */
  static tag = findScript();

  /** What Python has done in the page by one call each; runtime.js brings it. */
  static get helpers() {
    return helpers;
  }

  /** Resolves when all that a first visit does for the next one is done. */
  static settled = settled;

  /** Called by Python when it is ready. */
  static attach = attach;

  /** What the rest of our scripts does after a click that has begun. */
  static afterPress = afterPress;

  /** What Python asks of a page's languages. */
  static languages = { choose, find: findLanguage, read: readSentences };

  isSeen = false;
  #early = "";
  /** @type {Failure | null} What is painted in its place. */
  #failed = null;
  #changed = false;
  /** @type {NotesAdapter | null} */
  #notesAdapter = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = sheets;
    root.append(...makeRegions());
    root.addEventListener("click", (event) => this.#clicked(event));
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
    if (mounted.has(this)) this.act("notes-edited");
    else this.#changeSoon();
  }

  connectedCallback() {
    watchLanguage(this);
    if (mounted.has(this)) {
      this.speak(); // moved within the page, perhaps to where another language is spoken
      return;
    }
    if (python && helpers?.isDue(this)) {
      this.mount(python);
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
      if (!mounted.delete(this)) return;
      helpers?.leave(this);
      python?.unmount(this);
    });
  }

  attributeChangedCallback() {
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
    if (isPressed(this)) {
      afterPress(this, mountSoon); // another button in its place would lose the click
      return;
    }
    waiting.delete(this);
    sight.unobserve(this);
    mounted.add(this);
    helpers?.attend(this);
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
   * @param {Failure} why
   */
  fail(why) {
    if (mounted.delete(this)) helpers?.leave(this);
    waiting.add(this);
    this.isSeen = true;
    // Without the room that hold.js keeps: nothing comes any more.
    /** @type {ShadowRoot} */ (this.shadowRoot).adoptedStyleSheets = sheets;
    this.#tell(why);
  }

  /** @param {Failure} why */
  #tell(why) {
    this.#failed = why;
    tellFailure(this, why);
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
      this.act("dismiss"); // another kind of meeting: the click is the page's, and its data-action too
      return;
    }
    const control = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-action]"));
    const action = control?.dataset.action;
    if (!action) return;
    if (action === "load-again") {
      ensurePython();
      showProgress(this);
    } else if (action === "reload") location.reload();
    else if (mounted.has(this)) {
      if (this.act(action)) event.preventDefault(); // what a link would do is done otherwise
    } else if (!this.hasAttribute("disabled")) {
      this.#early = action;
      showProgress(this);
      this.#beWanted();
    }
  }

  /** @param {string} action */
  act(action) {
    return mounted.has(this) && python?.act(this, action);
  }
}

defineProperties(ZoomMeeting.prototype);

whenLanguagesChange(() => {
  for (const element of [...mounted, ...waiting]) element.speak();
});
