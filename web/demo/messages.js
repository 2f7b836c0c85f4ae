/** The book as a page that sends its messages itself, if a visitor wants it so: it takes `zoom-meeting:send` over. */

import { say } from "./words.js";

const BY_BOOK = "book";
const DELIVERY = 900; // milliseconds that a mail server would need

export const isBookSending = () => document.documentElement.dataset.sends === BY_BOOK;

/**
 * Called before embed.js has run, which reads its tag once.
 *
 * @param {{ list: HTMLElement, count: HTMLElement, place: HTMLElement }} elements - where they are listed
 */
export function sendMessages({ list, count, place }) {
  if (!isBookSending()) return;
  place.hidden = false;
  document.querySelector("script[data-client-id]")?.setAttribute("data-send", "host");
  document.addEventListener("zoom-meeting:send", (event) => {
    const { detail, respondWith } = /** @type {CustomEvent & { respondWith: (answer: unknown) => void }} */ (event);
    if (detail.channel === "copy") return; // the widget copies
    const sent = new Promise((resolve) => setTimeout(resolve, DELIVERY)).then(() => {
      list.prepend(renderMessage(detail));
      count.textContent = `(${list.children.length})`;
    });
    respondWith(sent);
  });
}

/**
 * To whom it went, not what it says: that holds the passcode.
 *
 * @param {{ channel: "email" | "text", to: string, subject: string }} message
 */
function renderMessage({ channel, to, subject }) {
  const item = document.createElement("li");
  item.dataset.channel = channel;
  const address = document.createElement("strong");
  // Isolated, or Arabic around it would move the plus of a phone number.
  address.textContent = say(channel === "email" ? "emailTo" : "textTo", { to: `\u2068${to}\u2069` });
  item.append(address, " ", channel === "email" ? subject : "");
  return item;
}
