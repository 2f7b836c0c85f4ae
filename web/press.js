/** Waiting for a pointer's release: under a pressed button nothing may move, or the click misses it. */

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

export const isPressed = (/** @type {Element} */ element) => element.contains(pressed);

/**
 * Does it now, or after the click that has begun in the element.
 *
 * @param {Element} element
 * @param {() => void} work
 */
export function afterPress(element, work) {
  if (isPressed(element)) postponed.push(work);
  else work();
}
