/** The book's own sentences, in the language of the page. What people typed stays as they typed it. */

import { ar } from "./words/ar.js";
import { de } from "./words/de.js";
import { en } from "./words/en.js";
import { es } from "./words/es.js";
import { fr } from "./words/fr.js";
import { ptBR } from "./words/pt-br.js";

/** @import { Sentences } from "./words/en.js" */

/** @type {Record<string, Sentences>} By the value of `lang`; English with British dates has the same words. */
const LANGUAGES = { en, "en-GB": en, es, fr, de, "pt-BR": ptBR, ar };

/** What the page can be read in, each by its own name. */
export const NAMES = {
  en: "English (US)",
  "en-GB": "English (UK)",
  es: "Español",
  fr: "Français",
  de: "Deutsch",
  "pt-BR": "Português (Brasil)",
  ar: "العربية",
};

export const readLanguage = () => document.documentElement.lang;

/**
 * @param {keyof Sentences} key
 * @param {Record<string, string>} values
 */
export function say(key, values = {}) {
  const sentence = (LANGUAGES[readLanguage()] ?? en)[key];
  return sentence.replace(/\{([a-z]+)\}/gu, (_, name) => values[name] ?? "");
}

/**
 * Puts the sentences into a part of the page whose markup names them: `data-say="save"`, and
 * `data-say-title` or `data-say-aria-label` for an attribute.
 *
 * @param {ParentNode} place
 */
export function translate(place) {
  for (const element of place.querySelectorAll("[data-say]")) element.textContent = sayFor(element, "data-say");
  for (const attribute of ["title", "aria-label"]) {
    for (const element of place.querySelectorAll(`[data-say-${attribute}]`)) {
      element.setAttribute(attribute, sayFor(element, `data-say-${attribute}`));
    }
  }
}

/**
 * @param {Element} element
 * @param {string} name
 */
const sayFor = (element, name) => say(/** @type {keyof Sentences} */ (element.getAttribute(name)));
