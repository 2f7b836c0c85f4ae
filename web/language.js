/**
 * The language of an element, which is that of the closest `lang`, and the sentences that scripts need in it. English
 * is here; another language is loaded when the first element speaks it, and English stands in its place until then.
 */
import { loadRuntime } from "./late.js";
import { find, findPrimary } from "./translations.js";

/** @import { Sentence } from "./translations.js" */

/** @type {Map<string, string[]>} A language's sentences. */
const loaded = new Map();
/** @type {Set<string>} */
const asked = new Set();
/** @type {() => void} */
let tell = () => {};

/** The language that is nearest to a tag (BCP 47), or else English. */
export const choose = (/** @type {string} */ tag) => find(tag) ?? "en";

/** Makes a language one that can be spoken. */
export const addSentences = (/** @type {string} */ language, /** @type {string[]} */ sentences) =>
  loaded.set(language, sentences);

/** @param {string} language */
const load = async (language) => addSentences(language, await (await loadRuntime()).loadLanguage(language));

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
        console.error(`zoom-meeting: ${message}`); // English stays, and whoever speaks next asks again
        asked.delete(language);
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
 * @param {Sentence} sentence
 */
export const translate = (element, [english, place]) => loaded.get(findLanguage(findTag(element)))?.[place] ?? english;

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
