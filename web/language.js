/**
 * The language of an element, which is that of the closest `lang`, and the sentences that scripts need in it. English
 * is here; another language is loaded when the first element speaks it, and English stands in its place until then.
 */
import { find, findPrimary, loadSentences } from "./translations.js";

/** What stands on a page before Python is there: in English, and the place of that sentence in a translation. */
const SENTENCES = {
  "button.add_meeting": [WORDS.button.add_meeting, PLACES.button.add_meeting],
  "button.try_again": [WORDS.button.try_again, PLACES.button.try_again],
  "loader.getting_ready": [WORDS.loader.getting_ready, PLACES.loader.getting_ready],
  "loader.loading_meeting": [WORDS.loader.loading_meeting, PLACES.loader.loading_meeting],
  "loader.not_loaded": [WORDS.loader.not_loaded, PLACES.loader.not_loaded],
  "loader.not_started": [WORDS.loader.not_started, PLACES.loader.not_started],
  "loader.reload": [WORDS.loader.reload, PLACES.loader.reload],
  "loader.first_time": [WORDS.loader.first_time, PLACES.loader.first_time],
  "loader.late": [WORDS.loader.late, PLACES.loader.late],
  "loader.slow": [WORDS.loader.slow, PLACES.loader.slow],
  "loader.stopped": [WORDS.loader.stopped, PLACES.loader.stopped],
  "panel.name": [WORDS.panel.name, PLACES.panel.name],
  "panel.named": [WORDS.panel.named, PLACES.panel.named],
  "row.disabled": [WORDS.row.disabled, PLACES.row.disabled],
};

/** @typedef {keyof typeof SENTENCES} Key */

/** @type {Map<string, string[]>} A language's sentences. */
const loaded = new Map();
/** @type {Set<string>} */
const asked = new Set();
/** @type {Set<string>} Those that did not come. */
const failed = new Set();
/** @type {() => void} */
let tell = () => {};

/** The language that is nearest to a tag (BCP 47), or else English. */
export const choose = (/** @type {string} */ tag) => find(tag) ?? "en";

/** @param {string} language */
const load = async (language) => loaded.set(language, await loadSentences(language));

/**
 * The language to speak now where a page has this tag: English until the right one is there.
 *
 * @param {string} tag
 */
export function findLanguage(tag) {
  const language = choose(tag);
  if (language === "en" || loaded.has(language)) return language;
  if (!asked.has(language)) {
    asked.add(language);
    load(language).then(
      () => tell(),
      (/** @type {Error} */ { message }) => {
        console.error(`zoom-meeting: ${message}`); // English stays, and an element that comes later asks again
        failed.add(language);
      },
    );
  }
  return "en";
}

/** The sentences of a language that is there, in JSON. Python has those of English. */
export const readSentences = (/** @type {string} */ language) => JSON.stringify(loaded.get(language) ?? []);

/**
 * The tag of the closest `lang`, also outside the shadow trees that the element is in; "" if there is none.
 *
 * @param {Element} element
 */
export function findTag(element) {
  /** @type {Element | undefined} */
  let inner = element;
  while (inner) {
    const owner = inner.closest("[lang]");
    if (owner) return owner.getAttribute("lang") ?? "";
    inner = /** @type {Partial<ShadowRoot>} */ (inner.getRootNode()).host;
  }
  return "";
}

/**
 * @param {Element} element
 * @param {Key} key
 */
export function translate(element, key) {
  const [english, place] = /** @type {[string, number]} */ (SENTENCES[key]);
  return loaded.get(findLanguage(findTag(element)))?.[place] ?? english;
}

/**
 * Says of English on a page in another language that it is English.
 *
 * @param {Element} element
 * @param {Element} content
 */
export function markForeign(element, content) {
  const tag = findTag(element);
  const isForeign = tag && findPrimary(tag) !== findPrimary(findLanguage(tag));
  // Until its words come, a translated page keeps its direction: nothing is to jump across it when they do.
  const isForGood = isForeign && choose(tag) === "en";
  if (isForeign) content.setAttribute("lang", "en");
  else content.removeAttribute("lang");
  if (isForGood) content.setAttribute("dir", "ltr");
  else content.removeAttribute("dir");
}

const tellAll = () => tell();

/** @type {WeakSet<Node>} */
const watched = new WeakSet();

/**
 * Calls back whenever an element may have to speak another language than before.
 *
 * @param {() => void} callback
 */
export function whenLanguagesChange(callback) {
  tell = callback;
}

/**
 * Notices when a `lang` around the element changes: in the document, and in the shadow trees that it is in.
 *
 * @param {Element} element
 */
export function watchLanguage(element) {
  for (const language of failed) asked.delete(language);
  failed.clear();
  /** @type {Node | undefined} */
  let root = element.getRootNode();
  while (root) {
    if (!watched.has(root)) {
      watched.add(root);
      new MutationObserver(tellAll).observe(root, { attributeFilter: ["lang"], subtree: true });
    }
    const { host } = /** @type {Partial<ShadowRoot>} */ (root);
    root = host?.getRootNode();
  }
}
