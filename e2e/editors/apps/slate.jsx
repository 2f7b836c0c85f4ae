/** Slate. */

import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { createEditor } from "slate";
import { withHistory } from "slate-history";
import { Editable, Slate, withReact } from "slate-react";
import { offer } from "./page.js";

/** @import { Descendant } from "slate" */
/** @import { RenderElementProps, RenderLeafProps } from "slate-react" */
/** @import { Block, Run } from "./page.js" */

/**
 * @typedef {{ text: string, bold?: boolean }} Leaf
 * @typedef {{ type: "paragraph" | "item", children: Leaf[] }} Line
 * @typedef {{ type: "list", children: Line[] }} List
 */

const editor = withHistory(withReact(createEditor()));
const root = createRoot(/** @type {Element} */ (document.querySelector("#editor")));

/** @param {RenderElementProps} props */
function renderElement({ attributes, children, element }) {
  const { type } = /** @type {Line | List} */ (element);
  if (type === "list") return <ul {...attributes}>{children}</ul>;
  if (type === "item") return <li {...attributes}>{children}</li>;
  return <p {...attributes}>{children}</p>;
}

/** @param {RenderLeafProps} props */
function renderLeaf({ attributes, children, leaf }) {
  const isBold = /** @type {Leaf} */ (leaf).bold === true;
  const text = isBold ? <strong>{children}</strong> : children;
  return <span {...attributes}>{text}</span>;
}

/** @param {{ initial: Descendant[] }} props */
function Notes({ initial }) {
  return (
    <Slate editor={editor} initialValue={initial}>
      <Editable renderElement={renderElement} renderLeaf={renderLeaf} disableDefaultStyles={true} />
    </Slate>
  );
}

/**
 * @param {Block[]} blocks
 * @returns {(Line | List)[]}
 */
function buildNodes(blocks) {
  /** @type {(Line | List)[]} */
  const nodes = [];
  for (const { item, runs } of blocks) {
    const children = runs.map(([text, bold]) => (bold ? { text, bold } : { text }));
    const last = nodes.at(-1);
    if (!item) nodes.push({ type: "paragraph", children });
    else if (last?.type === "list") last.children.push({ type: "item", children });
    else nodes.push({ type: "list", children: [{ type: "item", children }] });
  }
  return nodes.length ? nodes : [{ type: "paragraph", children: [{ text: "" }] }];
}

/**
 * @param {Line | List} node
 * @returns {Block[]}
 */
function readBlocks(node) {
  if (node.type === "list") return node.children.flatMap(readBlocks);
  const runs = node.children.map((leaf) => /** @type {Run} */ ([leaf.text, leaf.bold === true]));
  return [{ item: node.type === "item", runs }];
}

await offer({
  field: "[data-slate-editor]",
  load(content) {
    flushSync(() => root.render(<Notes initial={buildNodes(content)} />));
  },
  blocks: () => /** @type {(Line | List)[]} */ (editor.children).flatMap(readBlocks),
  save: () => JSON.stringify(editor.children),
});
