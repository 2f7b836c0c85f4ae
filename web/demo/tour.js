/** What to try in two minutes: each step is ticked when it has happened, however it was brought about. */

import { find, findById } from "./elements.js";
import { choose } from "./preferences.js";
import { say } from "./words.js";
import { orderFromZoom } from "./zoom-orders.js";

const HIDDEN = "hidden";
/** Which of the widget's events ends which step. */
const ENDS = {
  created: "create",
  updated: "move",
  cleaned: "delete",
  error: "unplug",
  removed: "remove",
  send: "send",
};
const CANCELLED = "827";

/**
 * @param {object} options
 * @param {() => string} options.readNotes - the notes of the open appointment
 * @param {() => void} options.reopen - opens the appointment again, as somebody who comes back to it
 */
export function wireTour({ readNotes, reopen }) {
  const tour = findById("tour");
  const opener = findById("show-tour");
  const status = findById("tour-status");

  const show = (/** @type {boolean} */ isShown) => {
    tour.hidden = !isShown;
    opener.setAttribute("aria-expanded", String(isShown));
  };
  const tick = (/** @type {string} */ step) => {
    status.textContent = "";
    find(tour, `[data-step="${step}"]`, HTMLElement).dataset.done = "";
    find(tour, `[data-step="${step}"] .tour__done`, HTMLElement).hidden = false;
  };

  show(document.documentElement.dataset.tour !== HIDDEN);
  opener.addEventListener("click", () => {
    const isShown = Boolean(tour.hidden);
    show(isShown);
    choose("tour", isShown ? "" : HIDDEN);
    if (isShown) find(tour, "h2", HTMLElement).focus();
  });
  findById("hide-tour").addEventListener("click", () => {
    show(false);
    choose("tour", HIDDEN);
    opener.focus();
  });
  for (const [name, step] of Object.entries(ENDS)) {
    document.addEventListener(`zoom-meeting:${name}`, () => tick(step));
  }
  document.addEventListener("zoom-meeting:removed", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.appointment === CANCELLED) tick("call-off");
  });

  tour.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const order = button?.dataset.order;
    if (!order) return;
    const meeting = /zoom\S+\/[jw]\/(\d+)/u.exec(readNotes())?.[1];
    if (order !== "unplug" && !meeting) {
      status.textContent = say("tourFirst");
      return;
    }
    try {
      await orderFromZoom(meeting ? { order, meeting } : { order });
      status.textContent = order === "unplug" ? say("tourUnplugged") : "";
      if (order !== "unplug") reopen();
      if (order === "start") tick(order);
    } catch {
      status.textContent = say("tourFailed");
    }
  });
}
