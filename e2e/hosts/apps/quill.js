/** Notes in a rich-text editor, which keeps a document of its own and puts the page right. */

import Quill from "quill";
import "quill/dist/quill.core.css";

const quill = new Quill("#editor");
quill.setContents([
  { insert: "Tea, " },
  { insert: "no milk", attributes: { bold: true } },
  { insert: "\n\nCall her back.\n" },
]);
quill.history.clear();
window.quill = quill;
