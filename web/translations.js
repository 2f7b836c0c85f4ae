/** The languages that the build has sentences of. English is in the scripts themselves; another one is a file. */
import { downloadBytes } from "./download.js";

/**
 * A sentence that scripts say: in English, and its place in a translation.
 * @typedef {readonly [english: string, place: number]} Sentence
 */

export const findPrimary = (/** @type {string} */ tag) => tag.toLowerCase().split("-")[0];

/** The language that is nearest to a tag (BCP 47), of those that there are. */
export const find = (/** @type {string} */ tag) =>
  [...LANGUAGE_TAGS, "en"].find((language) => findPrimary(language) === findPrimary(tag));

/**
 * Resolves to the sentences of a language other than English, each at its place.
 *
 * @param {string} language
 * @param {(file: string) => string} at - the address of a file in `assets/`
 * @returns {Promise<string[]>}
 */
export async function loadSentences(language, at) {
  const { file, digest } = /** @type {import("./download.js").Asset} */ (LANGUAGES[language]);
  return JSON.parse(new TextDecoder().decode(await downloadBytes(at(file), digest)));
}
