/** TinyMCE, as it is set up in both of its ways: in the page, and in a frame of its own. */

import tinymce from "tinymce";
import "tinymce/icons/default";
import "tinymce/models/dom";
import "tinymce/plugins/lists";
import "tinymce/skins/content/default/content.js";
import "tinymce/skins/ui/oxide/content.inline.js";
import "tinymce/skins/ui/oxide/content.js";
import "tinymce/skins/ui/oxide/skin.js";
import "tinymce/themes/silver";
import { readMarkup } from "./markup.js";
import { offer, writeMarkup } from "./page.js";

/** @import { Editor } from "tinymce" */
/** @import { NotesAdapter } from "../../../web/contract.js" */

/**
 * @param {object} setup
 * @param {boolean} setup.inline
 * @param {string} setup.field
 * @param {(editor: Editor) => NotesAdapter} [setup.createAdapter]
 */
export async function offerTinyMCE({ inline, field, createAdapter }) {
  const [made] = await tinymce.init({
    selector: "#editor",
    inline,
    license_key: "gpl",
    plugins: "lists",
    toolbar: "undo redo bold bullist",
    menubar: false,
  });
  const editor = /** @type {Editor} */ (made);
  const adapted = createAdapter && {
    notesAdapter: createAdapter(editor),
    watch: (/** @type {() => void} */ refresh) => editor.on("input change undo redo", refresh),
  };
  await offer({
    ...adapted,
    field,
    redoKeys: "Control+y",
    load(content) {
      editor.resetContent(writeMarkup(content)); // which empties what can be undone, too
    },
    blocks() {
      const html = new DOMParser().parseFromString(editor.getContent(), "text/html");
      return readMarkup(html.body);
    },
    save: () => editor.getContent(),
  });
}
