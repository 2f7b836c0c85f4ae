/**
 * What the page says that Zoom sends the browser back to: in the first of the browser's languages that there is, since
 * no other page tells it one. It begins in English, which stays if the other language does not come.
 */
import { find, loadSentences } from "./translations.js";

/** A title and a text: in English, and their places in a translation. */
const SENTENCES = {
  connecting: [
    [WORDS.callback.connecting_title, PLACES.callback.connecting_title],
    [WORDS.callback.connecting, PLACES.callback.connecting],
  ],
  done: [
    [WORDS.callback.done_title, PLACES.callback.done_title],
    [WORDS.callback.done, PLACES.callback.done],
  ],
  over: [
    [WORDS.callback.over_title, PLACES.callback.over_title],
    [WORDS.callback.over, PLACES.callback.over],
  ],
  added: [
    [WORDS.callback.added_title, PLACES.callback.added_title],
    [WORDS.callback.added, PLACES.callback.added],
  ],
  nothing: [
    [WORDS.callback.nothing_title, PLACES.callback.nothing_title],
    [WORDS.callback.nothing, PLACES.callback.nothing],
  ],
};

const RIGHT_TO_LEFT = "ar";

/** @type {keyof typeof SENTENCES} */
let said = "connecting"; // by callback.html itself
/** @type {string[]} */
let translation = [];

function show() {
  for (const [at, id] of ["title", "text"].entries()) {
    const [english, place] = /** @type {[string, number]} */ (SENTENCES[said][at]);
    const element = /** @type {HTMLElement} */ (document.getElementById(id));
    element.textContent = translation[place] ?? english;
  }
}

/** @param {keyof typeof SENTENCES} what */
export function say(what) {
  said = what;
  show();
}

/** Resolves when the page speaks the browser's language, or is to stay in English. */
export async function translatePage() {
  const language = navigator.languages.map(find).find(Boolean) ?? "en";
  if (language === "en") return;
  try {
    translation = await loadSentences(language);
  } catch (error) {
    // A window that closes, as most do, gives its downloads up.
    if (!window.closed) console.error(`zoom-meeting: ${/** @type {Error} */ (error).message}`);
    return;
  }
  const page = document.documentElement;
  page.lang = language;
  page.dir = language === RIGHT_TO_LEFT ? "rtl" : "ltr";
  document.title = translation[PLACES.callback.page_title] ?? document.title;
  show();
}
