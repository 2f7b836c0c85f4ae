/**
 * Escape hides the name that an icon button shows to a mouse, a finger or the focus (WCAG 1.4.13), until one of them
 * goes elsewhere: it may cover what somebody wants to read.
 */

const HIDING = ".icon-button::after { display: none !important }";

const findButton = (/** @type {Event} */ event) =>
  event.composedPath().find((each) => each instanceof Element && each.matches(".icon-button"));

/** @param {CSSStyleSheet} sheet - one that all elements have */
export function hideTooltipsOnEscape(sheet) {
  /** @type {AbortController | null} */
  let hidden = null;
  const show = () => {
    hidden?.abort();
    hidden = null;
    sheet.deleteRule(sheet.cssRules.length - 1);
  };
  const hide = () => {
    hidden = new AbortController();
    sheet.insertRule(HIDING, sheet.cssRules.length);
    /** @type {EventTarget | undefined} */
    let under;
    let isKnown = false;
    const move = (/** @type {Event} */ event) => {
      const button = findButton(event);
      if (isKnown && button !== under) show();
      under = button;
      isKnown = true;
    };
    const options = { __proto__: null, capture: true, passive: true, signal: hidden.signal };
    addEventListener("pointermove", move, options);
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    const isEscape = event.key === "Escape";
    if (isEscape && !hidden) hide();
    else if (!isEscape && hidden) show();
  };
  addEventListener("keydown", press, { capture: true });
}
