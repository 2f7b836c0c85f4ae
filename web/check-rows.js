/** The rows of the install check: each stands in the list of its verdict, in the order in which it came. */

const COPIED_MS = 2000;

/** @import { Row } from "./check-failure.js" */

/**
 * Has a button copy a text, and say that it has.
 *
 * @param {Element} button
 * @param {() => string} getText
 */
export function offerCopy(button, getText) {
  const word = button.textContent;
  let back = 0;
  button.addEventListener("click", async () => {
    clearTimeout(back);
    try {
      await navigator.clipboard.writeText(getText());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied"; // no clipboard in an insecure context: the text can be selected
    }
    back = setTimeout(() => (button.textContent = word), COPIED_MS);
  });
}

/**
 * Makes one of what Python sent.
 *
 * @param {Row} row
 * @param {string} word - for the verdict
 */
export function renderRow({ id, title, verdict, finding, remedy, copy }, word) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("row"));
  const row = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (row.querySelector(selector));
  row.dataset.row = id;
  row.dataset.verdict = verdict;
  find("use").setAttribute("href", `#icon-${verdict}`);
  for (const [part, text] of Object.entries({ title, finding, remedy, verdict: word })) {
    find(`.${part}`).textContent = text;
    if (!text) find(`.${part}`).remove();
  }
  if (copy) {
    const button = find("button");
    find("code").textContent = copy;
    button.setAttribute("aria-label", `Copy: ${title}`);
    offerCopy(button, () => copy);
  } else {
    find(".copy").remove();
  }
  return row;
}

/**
 * Puts it under its verdict, in the place of the one with the same id.
 *
 * @param {Element} results
 * @param {Row} row
 */
export function placeRow(results, row) {
  results.querySelector(`[data-row="${CSS.escape(row.id)}"]`)?.remove();
  for (const section of listSections(results)) {
    if (section.dataset.verdict !== row.verdict) continue;
    section.querySelector("ul")?.append(renderRow(row, section.dataset.word ?? ""));
  }
  hideEmpty(results);
}

/** @param {Element} results */
export function clearRows(results) {
  for (const row of results.querySelectorAll("[data-row]")) row.remove();
  hideEmpty(results);
}

/** @param {Element} results */
function hideEmpty(results) {
  for (const section of listSections(results)) section.hidden = !section.querySelector("[data-row]");
}

/**
 * One for each verdict.
 *
 * @param {Element} results
 * @returns {NodeListOf<HTMLElement>}
 */
const listSections = (results) => results.querySelectorAll("section[data-verdict]");
