/** CKEditor 5. */

import { Bold, ClassicEditor, Essentials, List, Paragraph } from "ckeditor5";
import "ckeditor5/ckeditor5.css";
import { offer, writeMarkup } from "./page.js";

const editor = await ClassicEditor.create(document.querySelector("#editor"), {
  licenseKey: "GPL",
  plugins: [Essentials, Paragraph, Bold, List],
  toolbar: ["undo", "redo", "bold", "bulletedList"],
});

offer({
  field: ".ck-editor__editable",
  load(content) {
    editor.setData(writeMarkup(content)); // which empties what can be undone, too
  },
  blocks() {
    return Array.from(editor.model.document.getRoot().getChildren(), (block) => ({
      item: block.hasAttribute("listItemId"),
      runs: Array.from(block.getChildren(), (child) => [
        child.is("$text") ? child.data : "\n",
        child.hasAttribute("bold"),
      ]),
    }));
  },
  save: () => editor.getData(),
});
