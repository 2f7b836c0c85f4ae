/** CKEditor 5. */

import { Bold, ClassicEditor, Essentials, List, Paragraph } from "ckeditor5";
import "ckeditor5/ckeditor5.css";
import { offer, writeMarkup } from "./page.js";

/** @import { ModelElement } from "ckeditor5" */

const editor = await ClassicEditor.create(/** @type {HTMLElement} */ (document.querySelector("#editor")), {
  licenseKey: "GPL",
  plugins: [Essentials, Paragraph, Bold, List],
  toolbar: ["undo", "redo", "bold", "bulletedList"],
});

const listChildren = (/** @type {unknown} */ node) => /** @type {ModelElement} */ (node).getChildren();

await offer({
  field: ".ck-editor__editable",
  load(content) {
    editor.setData(writeMarkup(content)); // which empties what can be undone, too
  },
  blocks() {
    return Array.from(listChildren(editor.model.document.getRoot()), (block) => ({
      item: block.hasAttribute("listItemId"),
      runs: Array.from(listChildren(block), (child) => [
        child.is("$text") ? child.data : "\n",
        child.hasAttribute("bold"),
      ]),
    }));
  },
  save: () => editor.getData(),
});
