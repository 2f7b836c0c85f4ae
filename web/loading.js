/** What stands in an element until Python paints it: the camera button, progress, or a failure. */

import { CODE, emitFailure } from "./failure.js";

/** Progress is shown only to those who wait for it. */
const NOTICEABLE_MS = 300;

const SLOW = "This is taking longer than usual. Still loading…";

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function show(element, state, busy, ...children) {
  element.dataset.state = state;
  element.setAttribute("aria-busy", String(busy));
  element.shadowRoot.replaceChildren(...children);
}

function readNotes(element) {
  if (element.notesAdapter) return element.notesAdapter.read();
  const field = element.getRootNode().querySelector(element.getAttribute("notes"));
  return field.value ?? field.textContent;
}

/** A guess, for the painting and for when to start: whether a meeting is in the notes is for Python to say. */
export function mayHoldMeeting(element) {
  try {
    return /https:\/\/\S*zoom/i.test(readNotes(element));
  } catch {
    return false; // no such field yet, or not a selector: Python will say so
  }
}

function makeButton(element) {
  const attributes = { type: "button", part: "add-button", class: "icon-button", "data-action": "add" };
  if (element.hasAttribute("disabled")) attributes.disabled = "";
  return make(
    "button",
    { ...attributes, "aria-label": "Add Meeting", title: "Add Meeting" },
    make("span", { class: "icon camera" }),
  );
}

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

/** Another guess for the painting: whether the panel will say the time twice. */
function findZone(element) {
  const zone = element.getAttribute("time-zone");
  return zone && zone !== findLocalZone() ? "elsewhere" : "";
}

/** The button is there at once; a meeting that is probably in the notes is announced, in a panel of its size. */
export function paintLoading(element) {
  const inside = mayHoldMeeting(element)
    ? make("section", { class: `panel expected ${findZone(element)}`, part: "panel" }, makeProgress("Loading meeting…"))
    : make("div", { class: "row", part: "row" }, makeButton(element));
  show(element, "loading", true, inside);
}

/** An early click was kept: says so once the wait is long enough to be noticed. */
export function showProgress(element) {
  setTimeout(() => {
    const row = element.shadowRoot.querySelector(".row");
    if (element.dataset.state !== "loading" || !row || row.querySelector(".progress")) return;
    row.append(makeProgress("Getting ready…"));
  }, NOTICEABLE_MS);
}

/** Whoever waits still, waits long by now. */
export function showSlowness(element) {
  const text = element.shadowRoot.querySelector(".progress")?.lastChild;
  if (text && text.data !== SLOW) text.data = SLOW;
}

/** A reload loses what the page has not saved, so it is for the user to choose. */
const RELOAD = { "data-action": "reload", label: "Reload page" };
const FAILURES = {
  "not-loaded": {
    text: "Zoom meetings could not be loaded. Check the network connection.",
    "data-action": "load-again",
    label: "Try again",
  },
  "not-started": {
    text: "Zoom meetings could not be started in this browser. Save your notes, then reload the page to try again.",
    ...RELOAD,
  },
  stopped: { text: "Zoom meetings stopped working. Save your notes, then reload the page.", ...RELOAD },
};

export function paintFailure(element, kind) {
  const { text, label, ...action } = FAILURES[kind];
  const notice = { class: "notice error", part: "notice", role: "alert", "data-code": CODE };
  show(
    element,
    "error",
    false,
    make(
      "div",
      notice,
      make("span", { class: "message", part: "message" }, text),
      make("button", { type: "button", class: "button", part: "button", ...action }, label),
    ),
  );
  emitFailure(element, text);
}
