/** What a visitor has chosen of the page itself. `early.js` applies it before the first paint. */

const STORAGE_KEY = "simplespa-demo:v1:preferences";

/** @typedef {"lang" | "theme" | "tour" | "sends"} Preference */

/**
 * Applies a choice, and keeps it for the next visit if the browser lets us.
 *
 * @param {Preference} name
 * @param {string} value
 */
export function choose(name, value) {
  const page = document.documentElement;
  if (name === "lang") {
    page.lang = value;
    page.dir = value === "ar" ? "rtl" : "ltr";
  } else page.dataset[name] = value;
  try {
    const before = JSON.parse(window.localStorage.getItem(STORAGE_KEY) ?? "{}");
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...before, [name]: value }));
  } catch {
    // A browser that stores nothing shows it until the page is left.
  }
}
