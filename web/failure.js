/** What the page hears when the widget itself is not there, for whatever reason. */

export const CODE = "runtime_load_failed";

/**
 * @param {Element} element
 * @param {string} message
 */
export function emitFailure(element, message) {
  const detail = { appointment: element.getAttribute("appointment"), code: CODE, message };
  const init = { __proto__: null, detail, bubbles: true, composed: true };
  element.dispatchEvent(new CustomEvent("zoom-meeting:error", init));
}
