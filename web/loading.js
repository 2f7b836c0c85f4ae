/** What stands in an element until Python paints it: the camera button, progress, or a failure. */

import { CODE, emitFailure } from "./failure.js";
import { markForeign, say } from "./language.js";

/** @import { ZoomMeeting } from "./element.js" */
/** @import { Key } from "./language.js" */

/** Progress is shown only to those who wait for it. */
const NOTICEABLE_MS = 300;

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @param {ZoomMeeting} element
 * @param {"loading" | "error"} state
 * @param {Element} content
 */
function paint(element, state, content) {
  markForeign(element, content);
  element.dataset.state = state;
  element.setAttribute("aria-busy", String(state === "loading"));
  /** @type {ShadowRoot} */ (element.shadowRoot).replaceChildren(content);
}

/**
 * @param {ZoomMeeting} element
 * @returns {string}
 */
function readNotes(element) {
  if (element.notesAdapter) return element.notesAdapter.read();
  const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
  const selector = /** @type {string} */ (element.getAttribute("notes"));
  const field = /** @type {HTMLTextAreaElement} */ (root.querySelector(selector));
  return field.value ?? field.textContent;
}

/** A join link on one of Zoom's hosts, also in what mail programs make of it: with or without a scheme, or encoded. */
const JOIN_LINK = /zoom(?:\.us|gov\.com|\.com(?:\.cn)?)(?:\/|_|%(?:25)*2f)(?:j|w|my)(?:\/|_|%(?:25)*2f)/i;

/**
 * A guess, for the painting and for when to start: whether a meeting is in the notes is for Python to say.
 *
 * @param {ZoomMeeting} element
 */
export function mayHoldMeeting(element) {
  try {
    return JOIN_LINK.test(readNotes(element));
  } catch {
    return false; // no such field yet, or not a selector: Python will say so
  }
}

/** @param {Element} element */
function makeButton(element) {
  /** @type {Record<string, string>} */
  const attributes = { type: "button", part: "add-button", class: "icon-button", "data-action": "add" };
  if (element.hasAttribute("disabled")) attributes.disabled = "";
  return make(
    "button",
    { ...attributes, "aria-label": say(element, "button.add_meeting") },
    make("span", { class: "icon camera" }),
  );
}

/** @param {string} text */
function makeProgress(text) {
  return make(
    "span",
    { class: "progress", part: "progress", role: "status" },
    make("span", { class: "icon spinner" }),
    text,
  );
}

/** The viewer's own zone. Where there is no Temporal, Intl knows it too, but takes 40 ms at its first use. */
const findLocalZone = () => globalThis.Temporal?.Now?.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * Another guess for the painting: whether the panel will say the time twice.
 *
 * @param {Element} element
 */
function findZone(element) {
  const zone = element.getAttribute("time-zone");
  return zone && zone !== findLocalZone() ? "elsewhere" : "";
}

/**
 * The button is there at once; a meeting that is probably in the notes is announced, in a panel of its size.
 *
 * @param {ZoomMeeting} element
 */
export function paintLoading(element) {
  const inside = mayHoldMeeting(element)
    ? make(
        "section",
        { class: `panel expected ${findZone(element)}`, part: "panel" },
        makeProgress(say(element, "loader.loading_meeting")),
      )
    : make("div", { class: "row", part: "row" }, makeButton(element));
  paint(element, "loading", inside);
}

/**
 * An early click was kept: says so once the wait is long enough to be noticed.
 *
 * @param {ZoomMeeting} element
 */
export function showProgress(element) {
  setTimeout(() => {
    const row = element.shadowRoot?.querySelector(".row");
    if (element.dataset.state !== "loading" || !row || row.querySelector(".progress")) return;
    row.append(makeProgress(say(element, "loader.getting_ready")));
  }, NOTICEABLE_MS);
}

/**
 * Whoever waits still, waits long by now.
 *
 * @param {ZoomMeeting} element
 */
export function showSlowness(element) {
  const text = element.shadowRoot?.querySelector(".progress")?.lastChild;
  const slow = say(element, "loader.slow");
  if (text && text.nodeValue !== slow) text.nodeValue = slow;
}

/** A reload loses what the page has not saved, so it is for the user to choose. */
const RELOAD = { action: "reload", label: /** @type {Key} */ ("loader.reload") };
const AGAIN = { action: "load-again", label: /** @type {Key} */ ("button.try_again") };

/** @typedef {"not-loaded" | "not-started" | "stopped"} Failure - why Python is not up */

/** @type {Record<Failure, { text: Key, action: string, label: Key }>} */
const FAILURES = {
  "not-loaded": { text: "loader.not_loaded", ...AGAIN },
  "not-started": { text: "loader.not_started", ...RELOAD },
  stopped: { text: "loader.stopped", ...RELOAD },
};

/**
 * Says in the element's place, and to the page, why Python is not up.
 *
 * @param {ZoomMeeting} element
 * @param {Failure} kind
 */
export function paintFailure(element, kind) {
  const { text: key, label, action } = FAILURES[kind];
  const text = say(element, key);
  const notice = { class: "notice error", part: "notice", role: "alert", "data-code": CODE };
  paint(
    element,
    "error",
    make(
      "div",
      notice,
      make("span", { class: "message", part: "message" }, text),
      make("button", { type: "button", class: "button", part: "button", "data-action": action }, say(element, label)),
    ),
  );
  emitFailure(element, text);
}
