/**
 * What the page says that Zoom sends the browser back to: in the first of the browser's languages that there is, since
 * no other page tells it one. It begins in English, which stays if the other language does not come.
 */
import { find, loadSentences } from "./translations.js";

/** @import { Sentence } from "./translations.js" */

const at = (/** @type {string} */ file) => new URL(`assets/${file}`, import.meta.url).href;

/** A title and a text each. */
const SAYINGS = {
  connecting: [SENTENCES.callback.connecting_title, SENTENCES.callback.connecting],
  done: [SENTENCES.callback.done_title, SENTENCES.callback.done],
  over: [SENTENCES.callback.over_title, SENTENCES.callback.over],
  added: [SENTENCES.callback.added_title, SENTENCES.callback.added],
  nothing: [SENTENCES.callback.nothing_title, SENTENCES.callback.nothing],
};

const RIGHT_TO_LEFT = "ar";

/** @type {keyof typeof SAYINGS} */
let said = "connecting"; // by callback.html itself
/** @type {string[]} */
let translation = [];

function show() {
  for (const [part, id] of ["title", "text"].entries()) {
    const [english, place] = /** @type {Sentence} */ (SAYINGS[said][part]);
    const element = /** @type {HTMLElement} */ (document.getElementById(id));
    element.textContent = translation[place] ?? english;
  }
}

/** @param {keyof typeof SAYINGS} what */
export function say(what) {
  said = what;
  show();
}

/** Resolves when the page speaks the browser's language, or is to stay in English. */
export async function translatePage() {
  const language = navigator.languages.map(find).find(Boolean) ?? "en";
  if (language === "en") return;
  try {
    translation = await loadSentences(language, at);
  } catch (error) {
    // A window that closes, as most do, gives its downloads up.
    if (!window.closed) console.error(`zoom-meeting: ${/** @type {Error} */ (error).message}`);
    return;
  }
  const page = document.documentElement;
  page.lang = language;
  page.dir = language === RIGHT_TO_LEFT ? "rtl" : "ltr";
  document.title = translation[SENTENCES.callback.page_title[1]] ?? document.title;
  show();
}
