/** The languages that the build has sentences of. English is in the scripts themselves; another one is a file. */
import { downloadBytes } from "./download.js";

const ASSETS = new URL("assets/", import.meta.url);

export const findPrimary = (/** @type {string} */ tag) => tag.toLowerCase().split("-")[0];

/** The language that is nearest to a tag (BCP 47), of those that there are. */
export const find = (/** @type {string} */ tag) =>
  ["en", ...Object.keys(LANGUAGES)].find((language) => findPrimary(language) === findPrimary(tag));

/**
 * Resolves to the sentences of a language other than English, in the order of `PLACES`.
 *
 * @param {string} language
 * @returns {Promise<string[]>}
 */
export async function loadSentences(language) {
  const { file, digest } = /** @type {import("./download.js").Asset} */ (LANGUAGES[language]);
  const bytes = await downloadBytes(new URL(file, ASSETS).href, digest);
  return JSON.parse(new TextDecoder().decode(bytes));
}
