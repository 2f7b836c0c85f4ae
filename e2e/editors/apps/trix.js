/** Trix. */

import "trix";
import "trix/dist/trix.css";
import { offer, writeMarkup } from "./page.js";

/**
 * What its document is in JSON.
 * @typedef {{ attributes: { blockBreak?: boolean, bold?: boolean }, string?: string }} Piece
 * @typedef {{ text: Piece[], attributes: string[] }} TrixBlock
 */

const element = /** @type {TrixEditorElement} */ (document.createElement("trix-editor"));
const isReady = new Promise((resolve) => element.addEventListener("trix-initialize", resolve));
document.querySelector("#editor")?.append(element);
await isReady;

const save = () => JSON.stringify(element.editor.getDocument());

await offer({
  field: "trix-editor",
  load(content) {
    const html = writeMarkup(content).replaceAll("<p>", "<div>").replaceAll("</p>", "</div>");
    element.editor.loadHTML(html); // which empties what can be undone, too
  },
  blocks() {
    /** @type {TrixBlock[]} */
    const held = JSON.parse(save());
    return held.map(({ text, attributes }) => ({
      item: attributes.includes("bullet"),
      runs: text
        .filter((piece) => !piece.attributes.blockBreak)
        .map((piece) => [piece.string ?? "?", piece.attributes.bold === true]),
    }));
  },
  save,
  redo: () => element.editor.redo(), // its keys for that are macOS's
});
