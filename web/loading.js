/** What stands in an element until Python paints it: the camera button, progress, or a failure. */

/** Progress is shown only to those who wait for it. */
const NOTICEABLE_MS = 300;

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

/** A guess, for the painting and for when to start: whether a meeting is in the notes is for Python to say. */
export function mayHoldMeeting(element) {
  try {
    const field = element.getRootNode().querySelector(element.getAttribute("notes"));
    return /zoom(?:\.us|gov\.com|\.com(?:\.cn)?)(?:\/|_|%(?:25)*2f)(?:j|w|my)(?:\/|_|%(?:25)*2f)/i.test(field.value ?? field.textContent);
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
const findLocalZone = () => globalThis.Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

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

export function paintFailure(element, canRetry) {
  const text = canRetry
    ? "Zoom meetings could not be loaded. Check the network connection."
    : "Zoom meetings could not be started in this browser. Reload the page to try again.";
  const children = [make("span", { class: "message", part: "message" }, text)];
  if (canRetry) {
    children.push(
      make("button", { type: "button", class: "button", "data-action": "load-again" }, "Try again"),
    );
  }
  show(
    element,
    "error",
    false,
    make("div", { class: "notice error", part: "notice", role: "alert" }, ...children),
  );
  const detail = {
    appointment: element.getAttribute("appointment"),
    code: "runtime_load_failed",
    message: text,
  };
  const init = { detail, bubbles: true, composed: true };
  element.dispatchEvent(new CustomEvent("zoom-meeting:error", init));
}
