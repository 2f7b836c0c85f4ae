/** TipTap, and ProseMirror with it. */

import { Editor } from "@tiptap/core";
import { EditorState } from "@tiptap/pm/state";
import StarterKit from "@tiptap/starter-kit";
import { offer, writeMarkup } from "./page.js";

/** @import { Block, Run } from "./page.js" */

const editor = new Editor({
  element: document.querySelector("#editor"),
  extensions: [StarterKit],
  injectCSS: false,
});

await offer({
  field: "#editor .ProseMirror",
  load(content) {
    editor.commands.setContent(writeMarkup(content));
    const { doc, plugins } = editor.state;
    editor.view.updateState(EditorState.create({ doc, plugins }));
  },
  blocks() {
    /** @type {Block[]} */
    const blocks = [];
    editor.state.doc.descendants((node, _position, parent) => {
      if (!node.isTextblock) return true;
      /** @type {Run[]} */
      const runs = [];
      for (const child of node.children) {
        const text = child.type.name === "hardBreak" ? "\n" : (child.text ?? "?");
        runs.push([text, child.marks.some(({ type }) => type.name === "bold")]);
      }
      blocks.push({ item: parent?.type.name === "listItem", runs });
      return false;
    });
    return blocks;
  },
  save: () => editor.getHTML(),
});
