/** What the widget tells the page, as it comes: for those who embed it or test it. */

const NAMES = [
  "connected",
  "created",
  "loaded",
  "updated",
  "removed",
  "cleaned",
  "notes-changed",
  "send",
  "disconnected",
  "error",
];
const MOST = 200;

/** @param {{ list: HTMLElement, count: HTMLElement }} elements */
export function logEvents({ list, count }) {
  let seen = 0;
  const log = (/** @type {Event} */ event) => {
    seen += 1;
    count.textContent = `(${seen})`;
    list.prepend(renderEvent(event));
    while (list.children.length > MOST) list.lastElementChild?.remove();
  };
  for (const name of NAMES) document.addEventListener(`zoom-meeting:${name}`, log);
}

/** @param {Event} event */
function renderEvent(event) {
  const item = document.createElement("li");
  item.dataset.event = event.type;
  item.append(renderPart("time", new Date().toLocaleTimeString("en-US", { hour12: false })), " ");
  const { detail } = /** @type {CustomEvent} */ (event);
  item.append(renderPart("strong", event.type), " ", renderPart("code", asJson(detail)));
  return item;
}

/**
 * @param {string} tag
 * @param {string} text
 */
function renderPart(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** @param {unknown} detail */
function asJson(detail) {
  try {
    return JSON.stringify(detail, hideText) ?? String(detail);
  } catch {
    return String(detail);
  }
}

/**
 * An invitation holds the passcode: it is for the client.
 *
 * @param {string} name
 * @param {unknown} value
 */
function hideText(name, value) {
  return name === "text" ? "…" : value;
}
