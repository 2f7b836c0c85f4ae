/**
 * Escape hides the name that an icon button shows to a mouse, a finger or the focus (WCAG 1.4.13), until one of them
 * goes elsewhere: it may cover what somebody wants to read.
 */

const HIDING = ".icon-button::after { display: none !important }";

const findButton = (/** @type {Event} */ event) =>
  event.composedPath().find((each) => each instanceof Element && each.matches(".icon-button"));

let isListening = false;

/**
 * Begins once, however often Python is started.
 *
 * @param {CSSStyleSheet} sheet - one that all elements have
 */
export function hideTooltipsOnEscape(sheet) {
  if (isListening) return;
  isListening = true;
  /** @type {AbortController | null} */
  let hidden = null;
  /** @type {CSSRule | undefined} */
  let rule;
  const show = () => {
    hidden?.abort();
    hidden = null;
    const at = [...sheet.cssRules].indexOf(/** @type {CSSRule} */ (rule)); // a new start replaces all rules
    if (at >= 0) sheet.deleteRule(at);
  };
  const hide = () => {
    hidden = new AbortController();
    rule = sheet.cssRules[sheet.insertRule(HIDING, sheet.cssRules.length)];
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
