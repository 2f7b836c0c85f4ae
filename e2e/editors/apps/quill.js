/** Quill. */

import Quill from "quill";
import "quill/dist/quill.core.css";
import { offer } from "./page.js";

/** @import { Block, Run } from "./page.js" */

const quill = new Quill("#editor");

await offer({
  field: "#editor .ql-editor",
  load(content) {
    quill.setContents(
      content.flatMap(({ item, runs }) => [
        ...runs.map(([insert, bold]) => (bold ? { insert, attributes: { bold } } : { insert })),
        item ? { insert: "\n", attributes: { list: "bullet" } } : { insert: "\n" },
      ]),
    );
    quill.history.clear();
  },
  blocks() {
    /** @type {Block[]} */
    const blocks = [];
    /** @type {Run[]} */
    let runs = [];
    for (const { insert, attributes } of quill.getContents().ops) {
      for (const part of String(insert).split(/(\n)/)) {
        if (part === "\n") {
          blocks.push({ item: attributes?.list !== undefined, runs });
          runs = [];
        } else if (part) {
          runs.push([part, attributes?.bold === true]);
        }
      }
    }
    return blocks;
  },
  save: () => JSON.stringify(quill.getContents()),
});
