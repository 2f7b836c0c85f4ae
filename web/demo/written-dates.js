/** Dates and zones in the gallery's descriptions, which only a browser can write: the widget's own Python asks it, too. */

/** @import { Description } from "./gallery.js" */

const MARK = /⟨(\w+)\|([\w/+-]+)\|(\d+)⟩/gu;

/** As `pywidget/browser/zones.py` has them. @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  full: { dateStyle: "full", timeStyle: "short" },
  brief: { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
  time: { timeStyle: "short" },
  zone: { timeZoneName: "longGeneric" },
  short_zone: { timeZoneName: "shortGeneric" },
};

/**
 * A description with its marks filled, in what is read of it: `e2e/gallery/languages.py` says what they are.
 *
 * @param {Description} description
 * @param {string} language
 * @returns {Description}
 */
export function localize(description, language) {
  if (typeof description === "string") return fillMarks(description, language);
  const [tag, attributes, children] = description;
  const filled = Object.entries(attributes).map(([name, value]) => [name, fillMarks(value, language)]);
  return [tag, Object.fromEntries(filled), children.map((child) => localize(child, language))];
}

/**
 * @param {string} text
 * @param {string} language
 */
function fillMarks(text, language) {
  return text.replace(MARK, (_, kind, timeZone, instant) => {
    const format = new Intl.DateTimeFormat(language, { ...STYLES[kind], timeZone });
    if (!kind.endsWith("zone")) return format.format(Number(instant));
    const parts = format.formatToParts(Number(instant));
    return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
  });
}
