/**
 * Hasty hands: a key that is held repeats itself, and a double click is two clicks. What they set
 * off first may bring another control under the same finger, and nobody has read that one yet.
 * So a control is only pressed by a key that went down on it, and by the first of several quick clicks.
 */

const PRESSING = new Set(["Enter", " "]);

/**
 * Keeps a shadow root's controls from being pressed by what was not meant for them.
 *
 * @param {ShadowRoot} root
 */
export function guard(root) {
  /** @type {EventTarget | null} Where the key went down that is down now. */
  let pressed = null;
  /**
   * @template {"click" | "keydown" | "keypress" | "keyup"} Name
   * @param {Name} name
   * @param {(event: HTMLElementEventMap[Name]) => boolean} isWrong
   */
  const prevent = (name, isWrong) => {
    const judge = (/** @type {Event} */ event) => {
      if (!root.contains(/** @type {Node} */ (event.target))) return;
      if (!isWrong(/** @type {HTMLElementEventMap[Name]} */ (event))) return;
      event.preventDefault();
      if (name === "click") event.stopPropagation();
    };
    root.addEventListener(name, judge, { capture: true });
  };
  prevent("keydown", (event) => {
    if (!PRESSING.has(event.key)) return false;
    if (!event.repeat) pressed = event.target;
    return event.repeat;
  });
  // Enter presses at its keypress, the space bar at its keyup: whatever has the focus by then.
  const isElsewhere = (/** @type {KeyboardEvent} */ event) => PRESSING.has(event.key) && event.target !== pressed;
  prevent("keypress", isElsewhere);
  prevent("keyup", isElsewhere);
  // Browsers count quick clicks at one place, whatever comes to stand there; keys and scripts count none.
  prevent("click", (event) => event.detail > 1);
}
