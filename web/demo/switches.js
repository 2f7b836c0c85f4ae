/** What a visitor can change about the demo itself: in the strip above the book, and at its foot. */

import { find, findById } from "./elements.js";
import { isBookSending } from "./messages.js";
import { choose } from "./preferences.js";
import { NAMES, readLanguage } from "./words.js";
import { orderFromZoom, readZoomSide } from "./zoom-orders.js";

/** @import { ZoomSide } from "./zoom-orders.js" */

const WIDE = matchMedia("(min-width: 52rem)");

/** @param {{ onLanguage: () => void }} options - called when the page's language has changed */
export function wireSwitches({ onLanguage }) {
  const strip = find(document, "#demo", HTMLDetailsElement);
  const select = (/** @type {string} */ id) => find(strip, `#${id}`, HTMLSelectElement);

  // Folded up where it would take a third of the screen; else always open, without anything to fold it by.
  const unfold = () => (strip.open = WIDE.matches);
  WIDE.addEventListener("change", unfold);
  unfold();

  const language = select("language");
  for (const [code, name] of Object.entries(NAMES)) {
    const option = new Option(name, code);
    option.lang = code;
    language.add(option);
  }
  language.value = readLanguage();
  language.addEventListener("change", () => {
    choose("lang", language.value);
    onLanguage();
  });

  const theme = select("theme");
  theme.value = document.documentElement.dataset.theme ?? "";
  theme.addEventListener("change", () => choose("theme", theme.value));

  wireMessages(find(document, "#sends", HTMLInputElement));
  if (!findById("plan-switch").hidden) wireZoomSide({ plan: select("plan"), meetings: select("meetings") });
}

/** @param {HTMLInputElement} sends */
function wireMessages(sends) {
  sends.checked = isBookSending();
  sends.addEventListener("change", () => {
    choose("sends", sends.checked ? "book" : "");
    // The widget reads its tag once in a page's life.
    location.reload();
  });
}

/** @param {Record<"plan" | "meetings", HTMLSelectElement>} selects - what Zoom has of whoever signs in */
function wireZoomSide({ plan, meetings }) {
  /** @type {ZoomSide} */
  let known = { plan: plan.value, meetings: meetings.value };
  const show = (/** @type {ZoomSide} */ told) => {
    known = told;
    plan.value = told.plan;
    meetings.value = told.meetings;
  };
  const keep = () => show(known); // the demo may be being stopped or started again
  plan.addEventListener("change", () => {
    // The widget asks for the plan once in a page's life.
    orderFromZoom({ order: "plan", plan: plan.value }).then(() => location.reload(), keep);
  });
  meetings.addEventListener("change", () => {
    orderFromZoom({ order: "meetings", meetings: meetings.value }).then(show, keep);
  });
  readZoomSide().then(show, keep);
}
