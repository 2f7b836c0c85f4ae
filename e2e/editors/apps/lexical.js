/** Lexical, as its rich text package sets it up, without React. */

import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { $createListItemNode, $createListNode, ListItemNode, ListNode, registerList } from "@lexical/list";
import { HeadingNode, QuoteNode, registerRichText } from "@lexical/rich-text";
import {
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  $isElementNode,
  $isLineBreakNode,
  $isTextNode,
  createEditor,
} from "lexical";
import { offer } from "./page.js";

/** @import { ElementNode, LexicalNode } from "lexical" */
/** @import { Block, Run } from "./page.js" */

const field = /** @type {HTMLElement} */ (document.querySelector("#editor"));
field.contentEditable = "true";
const editor = createEditor({
  namespace: "notes",
  nodes: [ListNode, ListItemNode, HeadingNode, QuoteNode],
  onError(error) {
    window.editorUnderTest?.errors.push(String(error));
  },
});
editor.setRootElement(field);
registerRichText(editor);
registerList(editor);

/** @param {Block} block */
function addBlock({ item, runs }) {
  const texts = runs.map(([text, bold]) => {
    const node = $createTextNode(text);
    return bold ? node.toggleFormat("bold") : node;
  });
  const root = $getRoot();
  if (!item) {
    root.append($createParagraphNode().append(...texts));
    return;
  }
  const last = root.getLastChild();
  const list = last instanceof ListNode ? last : $createListNode("bullet");
  if (list !== last) root.append(list);
  list.append($createListItemNode().append(...texts));
}

/**
 * @param {ElementNode} node
 * @returns {Block[]}
 */
function readBlocks(node) {
  return node.getChildren().flatMap((child) => {
    if (child instanceof ListNode) return readBlocks(child);
    const inline = /** @type {ElementNode} */ (child)
      .getChildren()
      .filter((each) => !$isElementNode(each) || each.isInline());
    return [{ item: child instanceof ListItemNode, runs: inline.map(readRun) }];
  });
}

/**
 * @param {LexicalNode} node
 * @returns {Run}
 */
function readRun(node) {
  return [$isLineBreakNode(node) ? "\n" : node.getTextContent(), $isTextNode(node) && node.hasFormat("bold")];
}

await offer({
  field: "#editor",
  load(content) {
    registerHistory(editor, createEmptyHistoryState(), 300);
    editor.update(
      () => {
        $getRoot().clear();
        for (const block of content.length ? content : [{ item: false, runs: [] }]) addBlock(block);
      },
      { discrete: true, tag: "history-merge" },
    );
  },
  blocks: () => editor.getEditorState().read(() => readBlocks($getRoot())),
  save: () => JSON.stringify(editor.getEditorState()),
});
