/**
 * Keeps an element as high as it was while nobody asks for less: what stands below it on the page must not jump up
 * under a hand, because Zoom has answered or Python has started. The room is given back at the next change that
 * the user's own hand brings about, when nothing is in progress any more.
 */

/** Browsers expect a page to move for as long after a click or a key (Layout Instability API, 500 ms). */
const EXPECTED_MS = 500;

let touched = Number.NEGATIVE_INFINITY;
const touch = () => (touched = performance.now());
for (const name of ["pointerdown", "keydown", "click"]) addEventListener(name, touch, { capture: true, passive: true });

/** @typedef {{ sheet: CSSStyleSheet, appointment: string | null }} Hold */

/** @type {WeakMap<Element, Hold>} */
const holds = new WeakMap();

/**
 * @param {Element} host
 * @returns {Hold}
 */
function findHold(host) {
  const found = holds.get(host);
  if (found) return found;
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  const hold = { sheet: new CSSStyleSheet(), appointment: host.getAttribute("appointment") };
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, hold.sheet];
  holds.set(host, hold);
  return hold;
}

/** The value that `block-size` has to have for the same height; not a number where the element has none. */
const measure = (/** @type {Element} */ host) => Number.parseFloat(getComputedStyle(host).blockSize);

/** Gives the room back. */
const releaseHeight = (/** @type {Element} */ host) => holds.get(host)?.sheet.replaceSync("");

/**
 * @param {Element} host - what stands in it is changed by `change`
 * @param {() => void} change
 */
export function keepHeight(host, change) {
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  // A button's row, or nothing, that Python finds at first is never higher than what comes; most elements are such.
  if (!holds.has(host) && !root.querySelector(".panel")) {
    findHold(host);
    change();
    return;
  }
  const hold = findHold(host);
  const appointment = host.getAttribute("appointment");
  const isAnother = appointment !== hold.appointment;
  hold.appointment = appointment;
  const before = measure(host);
  change();
  const isAsked = performance.now() - touched < EXPECTED_MS && host.getAttribute("aria-busy") !== "true";
  if (isAnother || isAsked) releaseHeight(host);
  else if (measure(host) < before) hold.sheet.replaceSync(`:host { min-block-size: ${before}px }`);
}
