/** The demo's elements, of the kind that is expected. */

/**
 * The first one inside a place that a selector fits.
 *
 * @template {Element} T
 * @param {ParentNode} place
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
export function find(place, selector, kind) {
  const found = place.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`No ${kind.name} is ${selector}.`);
  return found;
}

/** The page's element with this id. */
export const findById = (/** @type {string} */ id) => find(document, `#${id}`, HTMLElement);
