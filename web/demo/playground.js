/** The widget's custom properties, to be tried on every state at once; what was set stands below as CSS. */

import { find, findById } from "./elements.js";
import { instantiate } from "./templates.js";

const COLORS = ["accent", "on-accent", "text", "muted", "surface", "border", "hover", "error", "error-surface"];
/** What of CSS takes the same values. */
const OTHERS = { radius: "border-radius", "max-width": "max-inline-size", font: "font" };
const HINT = "/* Nothing is set yet. */";

/** @param {HTMLElement} board all states are in it */
export function showPlayground(board) {
  const fields = findById("looks-fields");
  const output = findById("looks-css");
  const show = () => {
    output.textContent = writeRule(board.style);
    showColors(board, fields);
  };
  for (const name of COLORS) fields.append(makeField(board, name, "color", show));
  for (const [name, kind] of Object.entries(OTHERS)) fields.append(makeField(board, name, kind, show));
  find(document, "#looks form", HTMLFormElement).addEventListener("reset", () => {
    for (const name of [...board.style]) board.style.removeProperty(name);
    for (const input of fields.querySelectorAll("input")) input.ariaInvalid = null;
    setTimeout(show); // the fields are emptied after this
  });
  document.addEventListener("change", () => showColors(board, fields)); // the theme may be another
  findById("looks-copy").addEventListener("click", async () => {
    const said = findById("looks-status");
    try {
      await navigator.clipboard.writeText(writeRule(board.style));
      said.textContent = "Copied";
    } catch {
      getSelection()?.selectAllChildren(output);
      said.textContent = "Press Ctrl+C";
    }
  });
  show();
}

/**
 * @param {HTMLElement} board
 * @param {string} name without its beginning
 * @param {string} kind the CSS property whose values it takes
 * @param {() => void} show
 */
function makeField(board, name, kind, show) {
  const field = instantiate("looks-template", { name: `--zoom-meeting-${name}` });
  const input = find(field, "[data-value]", HTMLInputElement);
  const picker = find(field, "[type=color]", HTMLInputElement);
  const set = () => {
    const value = input.value.trim();
    const isWrong = value !== "" && !CSS.supports(kind, value);
    input.ariaInvalid = isWrong ? "true" : null;
    if (isWrong || value === "") board.style.removeProperty(`--zoom-meeting-${name}`);
    else board.style.setProperty(`--zoom-meeting-${name}`, value);
    show();
  };
  input.addEventListener("input", set);
  if (kind === "color") {
    picker.name = name;
    picker.ariaLabel = `Pick --zoom-meeting-${name}`;
    picker.addEventListener("input", () => {
      input.value = picker.value;
      set();
    });
  } else picker.remove();
  return field;
}

/**
 * The pickers show what holds now: the widget's own colors, where nothing is set.
 *
 * @param {HTMLElement} board
 * @param {HTMLElement} fields
 */
function showColors(board, fields) {
  const host = find(board, "zoom-meeting", HTMLElement);
  for (const picker of /** @type {NodeListOf<HTMLInputElement>} */ (fields.querySelectorAll("[type=color]"))) {
    host.style.color = `var(--_${picker.name})`; // what the widget's own style sheets call it
    const channels = getComputedStyle(host).color.match(/\d+/gu) ?? [];
    picker.value = `#${channels
      .slice(0, 3)
      .map((each) => Number(each).toString(16).padStart(2, "0"))
      .join("")}`;
  }
  host.style.removeProperty("color");
}

/** @param {CSSStyleDeclaration} style */
function writeRule(style) {
  const lines = [...style].map((name) => `  ${name}: ${style.getPropertyValue(name)};`);
  return lines.length > 0 ? `zoom-meeting {\n${lines.join("\n")}\n}` : HINT;
}
