/**
 * Asks the host page whether it sends a message itself: `zoom-meeting:send`, which can be canceled, and whose
 * `respondWith` tells what comes of it. As with a FetchEvent, it counts while the event is heard, and once.
 */

const LONGEST = 1000; // characters of the page's own words; Python cuts them to what is shown

/**
 * The page's own words about a failure, if it has any: an Error's message, from whatever window the Error is.
 *
 * @param {unknown} reason
 * @returns {string}
 */
function readMessage(reason) {
  try {
    const { message } = /** @type {Error} */ (reason);
    return typeof message === "string" ? message.slice(0, LONGEST) : "";
  } catch {
    return "";
  }
}

/**
 * @param {Element} element
 * @param {string} detail - in JSON
 * @returns {{ isTaken: boolean, outcome: Promise<string | undefined> | undefined }} `outcome` is undefined if the page
 *   does not tell, and resolves to nothing once the message is sent, else to what went wrong
 */
export function askToSend(element, detail) {
  /** @type {Promise<string | undefined> | undefined} */
  let outcome;
  let isOver = false;
  const init = { __proto__: null, bubbles: true, composed: true, cancelable: true, detail: JSON.parse(detail) };
  const event = new CustomEvent("zoom-meeting:send", init);
  const respondWith = (/** @type {unknown} */ answer) => {
    if (isOver || outcome) {
      throw new DOMException("respondWith() counts once, while zoom-meeting:send is heard", "InvalidStateError");
    }
    event.preventDefault();
    outcome = Promise.resolve(answer).then(() => undefined, readMessage);
  };
  Object.assign(event, { respondWith });
  element.dispatchEvent(event);
  isOver = true;
  return { isTaken: event.defaultPrevented, outcome };
}

/**
 * The address in the form of the panel; "" if it is none, which the browser then says in its own words.
 *
 * @param {Element} element
 * @returns {string}
 */
export function readAddress(element) {
  const form = /** @type {ShadowRoot} */ (element.shadowRoot).querySelector("form");
  if (!form?.reportValidity()) return "";
  return /** @type {HTMLInputElement} */ (form.querySelector("input")).value.trim();
}
