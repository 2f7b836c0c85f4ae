/**
 * What Python hears of an element, from when it looks after it: keys and the focus in it, and edits of the notes. The
 * loader itself hears of clicks.
 */
import { guard } from "./keys.js";

/** @import { ZoomMeeting } from "./element.js" */

const find = (/** @type {ZoomMeeting} */ element) =>
  /** @type {typeof import("./element.js").ZoomMeeting} */ (element.constructor);

/** @type {WeakSet<ZoomMeeting>} */
const attended = new WeakSet();
/** @type {WeakMap<ZoomMeeting, AbortController>} */
const watches = new WeakMap();

/**
 * Begins once, however often the element is mounted.
 *
 * @param {ZoomMeeting} element
 */
export function attend(element) {
  if (attended.has(element)) return;
  attended.add(element);
  const root = /** @type {ShadowRoot} */ (element.shadowRoot);
  guard(root);
  root.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key === "Escape") element.act("escape");
  });
  root.addEventListener("focusout", (event) => {
    const next = /** @type {Element | null} */ (/** @type {FocusEvent} */ (event).relatedTarget);
    if (next && !root.contains(next)) find(element).afterPress(next, () => element.act("dismiss"));
  });
}

/** Watches no notes any more. */
export const leave = (/** @type {ZoomMeeting} */ element) => watches.get(element)?.abort();

/**
 * Tells Python when the user is done editing the notes: never per keystroke. Listens on the root, since frameworks
 * replace the field.
 *
 * @param {ZoomMeeting} element
 * @param {string} selector
 */
export function watchNotes(element, selector) {
  leave(element);
  const watch = new AbortController();
  watches.set(element, watch);
  const options = { __proto__: null, signal: watch.signal, capture: true };
  const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
  /**
   * @param {string} name
   * @param {(target: HTMLElement) => boolean} counts
   */
  const listen = (name, counts) => {
    const told = (/** @type {Event} */ event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      if (!counts(target) || !root.querySelector(selector)?.contains(target)) return;
      find(element).afterPress(element, () => element.act("notes-edited"));
    };
    root.addEventListener(name, told, options);
  };
  listen("change", () => true);
  listen("focusout", (target) => target.isContentEditable);
}
