/** Trix. */

import "trix";
import "trix/dist/trix.css";
import { offer, writeMarkup } from "./page.js";

const element = document.createElement("trix-editor");
const isReady = new Promise((resolve) => element.addEventListener("trix-initialize", resolve));
document.querySelector("#editor").append(element);
await isReady;

const save = () => JSON.stringify(element.editor.getDocument());

offer({
  field: "trix-editor",
  load(content) {
    const html = writeMarkup(content).replaceAll("<p>", "<div>").replaceAll("</p>", "</div>");
    element.editor.loadHTML(html); // which empties what can be undone, too
  },
  blocks() {
    return JSON.parse(save()).map(({ text, attributes }) => ({
      item: attributes.includes("bullet"),
      runs: text
        .filter((piece) => !piece.attributes.blockBreak)
        .map((piece) => [piece.string ?? "?", piece.attributes.bold === true]),
    }));
  },
  save,
  redo: () => element.editor.redo(), // its keys for that are macOS's
});
