/** Dates in the gallery's models, which are written in English, as the browser writes them in another language. */

/** @import { Description } from "./gallery.js" */

const MONTHS = "January February March April May June July August September October November December".split(" ");
const DATE = new RegExp(`[A-Z][a-z]+day, (${MONTHS.join("|")}) (\\d+) (\\d{4}) (\\d+):(\\d{2}) ([ap])m`, "gu");

/**
 * Everything in a description that is a date in words, in the form of `pywidget/domain/wall_clock.py`.
 *
 * @param {Description} description
 * @param {string} language
 * @returns {Description}
 */
export function localize(description, language) {
  if (language.startsWith("en")) return description;
  if (typeof description === "string") return description.replace(DATE, (...parts) => write(parts, language));
  const [tag, attributes, children] = description;
  return [tag, attributes, children.map((child) => localize(child, language))];
}

/**
 * @param {string[]} parts
 * @param {string} language
 */
function write([, month = "", ...parts], language) {
  const [day, year, hour, minute] = parts.map(Number);
  const hours = (Number(hour) % 12) + (parts[4] === "p" ? 12 : 0);
  const then = new Date(Date.UTC(Number(year), MONTHS.indexOf(month), day, hours, minute));
  const format = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });
  return format.format(then);
}
