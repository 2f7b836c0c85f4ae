/**
 * What stands in an element until Python paints it: the camera button, progress, or a failure; and its live regions,
 * which stay, since one that comes with its words is not read.
 */

import { CODE, emitFailure } from "./failure.js";
import { markForeign, translate } from "./language.js";
import { make } from "./markup.js";

/** @import { ZoomMeeting } from "./element.js" */
/** @import { Sentence } from "./translations.js" */

/** Progress is shown only to those who wait for it. */
const NOTICEABLE_MS = 300;

/** How many there are, before all else. */
const REGIONS = 2;

/** A polite one, and one for failures, which interrupts. */
export const makeRegions = () => ["status", "alert"].map((role) => make("div", { class: "announcer", role }));

/**
 * Has a screen reader say this. Words that stay the same would not be read again.
 *
 * @param {Element} element
 * @param {string} text
 * @param {boolean} [isUrgent]
 */
export function say(element, text, isUrgent = false) {
  const regions = [.../** @type {ShadowRoot} */ (element.shadowRoot).children].slice(0, REGIONS);
  for (const [at, region] of regions.entries()) {
    markForeign(element, region);
    const words = at === Number(isUrgent) ? text : ""; // their order; an older Firefox has no `role`
    if (region.textContent !== words) region.textContent = words;
    else if (words) region.append("\xa0");
  }
}

/**
 * @param {ZoomMeeting} element
 * @param {"loading" | "error"} state
 * @param {Element} content
 */
function paint(element, state, content) {
  markForeign(element, content);
  element.dataset.state = state;
  element.setAttribute("aria-busy", String(state === "loading" && mayHoldMeeting(element)));
  const root = /** @type {ShadowRoot} */ (element.shadowRoot);
  const focused = root.activeElement?.getAttribute("data-action");
  for (const node of [...root.childNodes].slice(REGIONS)) node.remove();
  root.append(content);
  // The same control in other words is another element.
  if (focused) /** @type {HTMLElement | null} */ (root.querySelector(`[data-action="${focused}"]`))?.focus();
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
    { ...attributes, "aria-label": translate(element, SENTENCES.button.add_meeting) },
    make("span", { class: "icon camera" }),
  );
}

/**
 * The row of the camera, named so that many on a page can be told apart.
 *
 * @param {Element} element
 */
function makeRow(element) {
  const client = element.getAttribute("client")?.trim();
  const name = translate(element, client ? SENTENCES.panel.named : SENTENCES.panel.name);
  const label = name.replace("{client}", () => client ?? "");
  const row = make("div", { class: "row", part: "row", role: "group", "aria-label": label }, makeButton(element));
  if (element.hasAttribute("disabled"))
    row.append(make("span", { class: "hint", part: "hint" }, translate(element, SENTENCES.row.disabled)));
  return row;
}

/** @param {string} text */
function makeProgress(text) {
  return make("span", { class: "progress", part: "progress" }, make("span", { class: "icon spinner" }), text);
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
  const isWaiting = element.shadowRoot?.querySelector(".row > .progress");
  const inside = mayHoldMeeting(element)
    ? make(
        "section",
        { class: `panel expected ${findZone(element)}`, part: "panel" },
        makeProgress(translate(element, SENTENCES.loader.loading_meeting)),
      )
    : makeRow(element);
  paint(element, "loading", inside);
  if (isWaiting) addProgress(element);
}

/**
 * Shows somebody who has clicked that something happens, unless that is seen already.
 *
 * @param {ZoomMeeting} element
 */
function addProgress(element) {
  const row = element.shadowRoot?.querySelector(".row");
  if (element.dataset.state !== "loading" || !row || row.querySelector(".progress")) return false;
  row.append(makeProgress(translate(element, SENTENCES.loader.getting_ready)));
  element.setAttribute("aria-busy", "true");
  return true;
}

/**
 * An early click was kept: says so once the wait is long enough to be noticed.
 *
 * @param {ZoomMeeting} element
 */
export function showProgress(element) {
  setTimeout(() => {
    if (addProgress(element)) say(element, translate(element, SENTENCES.loader.getting_ready));
  }, NOTICEABLE_MS);
}

/** @type {WeakSet<Element>} Elements that have said that it takes long. */
const slow = new WeakSet();

/**
 * Shows those who wait how far a first visit's download is, as soon as that is known, and that it takes long, if so.
 * Numbers are not read out: there would be no end of it.
 *
 * @param {ZoomMeeting} element
 * @param {number} percent
 * @param {Sentence | undefined} receiving - what says so
 * @param {boolean} isSlow
 */
export function showWait(element, percent, receiving, isSlow) {
  const text = element.shadowRoot?.querySelector(".progress")?.lastChild;
  if (!text) return;
  const isLoading = receiving && percent > 0 && percent < 100;
  const words = isLoading ? [translate(element, receiving).replace("{percent}", String(percent))] : [];
  if (isSlow) words.push(translate(element, SENTENCES.loader.slow));
  if (words.length || percent) text.nodeValue = words.join(" ") || translate(element, SENTENCES.loader.getting_ready);
  if (!isSlow || slow.has(element)) return;
  slow.add(element);
  say(element, translate(element, SENTENCES.loader.slow));
}

/** @typedef {{ text: Sentence, action: string, label: Sentence }} Failure - why Python is not up, and a way out */

/** @type {Failure} */
export const NOT_LOADED = {
  text: SENTENCES.loader.not_loaded,
  action: "load-again",
  label: SENTENCES.button.try_again,
};

/** A reload loses what the page has not saved, so it is for the user to choose. */
/** @type {Failure} */
export const NOT_STARTED = {
  text: SENTENCES.loader.not_started,
  action: "reload",
  label: SENTENCES.loader.reload,
};

/**
 * Shows in the element's place why Python is not up.
 *
 * @param {ZoomMeeting} element
 * @param {Failure} failure
 */
export function paintFailure(element, failure) {
  const text = translate(element, failure.text);
  const notice = { class: "notice error", part: "notice", "data-code": CODE };
  paint(
    element,
    "error",
    make(
      "div",
      notice,
      make("span", { class: "message", part: "message" }, text),
      make(
        "button",
        { type: "button", class: "button", part: "button", "data-action": failure.action },
        translate(element, failure.label),
      ),
    ),
  );
  return text;
}

/**
 * Shows it, and says it once, to the user and to the page.
 *
 * @param {ZoomMeeting} element
 * @param {Failure} failure
 */
export function tellFailure(element, failure) {
  const text = paintFailure(element, failure);
  say(element, text, true);
  emitFailure(element, text);
}
