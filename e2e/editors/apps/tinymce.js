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

export async function offerTinyMCE({ inline, field, createAdapter }) {
  const [editor] = await tinymce.init({
    selector: "#editor",
    inline,
    license_key: "gpl",
    plugins: "lists",
    toolbar: "undo redo bold bullist",
    menubar: false,
  });
  offer({
    field,
    notesAdapter: createAdapter?.(editor),
    watch: createAdapter && ((refresh) => editor.on("input change undo redo", refresh)),
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
