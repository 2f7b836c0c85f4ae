/** No editor at all: `contenteditable` in the shapes that browsers and pages give it. */

import { readMarkup } from "./markup.js";
import { offer, writeMarkup } from "./page.js";

/** @type {Record<string, (markup: string) => string>} */
const SHAPES = {
  /** Text, and breaks between its lines. */
  breaks: (markup) => markup.replace(/<p>|<\/p>$/g, "").replaceAll("</p>", "<br>"),
  /** A `<div>` for each line, as Chromium makes them. */
  divs: (markup) => markup.replaceAll("p>", "div>"),
  /** A paragraph for each line. */
  paragraphs: (markup) => markup,
  /** Text with line feeds, shown as they are. */
  preformatted: (markup) => markup.replace(/<p>|<\/p>$/g, "").replaceAll("</p>", "\n"),
};

const field = /** @type {HTMLElement} */ (document.querySelector("#editor"));
const { shape = "" } = field.dataset;
const write = SHAPES[shape] ?? String;
field.contentEditable = "true";

await offer({
  field: "#editor",
  load(content) {
    field.innerHTML = write(writeMarkup(content)).replaceAll("<br><ul>", "<ul>").replaceAll("\n<ul>", "<ul>");
  },
  blocks: () => readMarkup(field, { keepsBreaks: shape === "preformatted" }),
  // A browser leaves a break in a field that was emptied, by a person, too.
  save: () => field.innerHTML.replace(/^<br>$/, ""),
});
