/** Slate. */

import { useState } from "react";
import { createRoot } from "react-dom/client";
import { createEditor } from "slate";
import { withHistory } from "slate-history";
import { Editable, Slate, withReact } from "slate-react";
import { offer } from "./page.js";

const editor = withHistory(withReact(createEditor()));
const EMPTY = [{ type: "paragraph", children: [{ text: "" }] }];

function renderElement({ attributes, children, element }) {
  if (element.type === "list") return <ul {...attributes}>{children}</ul>;
  if (element.type === "item") return <li {...attributes}>{children}</li>;
  return <p {...attributes}>{children}</p>;
}

function renderLeaf({ attributes, children, leaf }) {
  return <span {...attributes}>{leaf.bold ? <strong>{children}</strong> : children}</span>;
}

function Notes() {
  const [initial] = useState(EMPTY);
  return (
    <Slate editor={editor} initialValue={initial}>
      <Editable renderElement={renderElement} renderLeaf={renderLeaf} disableDefaultStyles />
    </Slate>
  );
}

createRoot(document.querySelector("#editor")).render(<Notes />);
await new Promise((resolve) => {
  const look = () => (document.querySelector("[data-slate-editor]") ? resolve() : requestAnimationFrame(look));
  look();
});

function buildNodes(blocks) {
  const nodes = [];
  for (const { item, runs } of blocks) {
    const children = runs.map(([text, bold]) => (bold ? { text, bold } : { text }));
    if (!item) nodes.push({ type: "paragraph", children });
    else if (nodes.at(-1)?.type === "list") nodes.at(-1).children.push({ type: "item", children });
    else nodes.push({ type: "list", children: [{ type: "item", children }] });
  }
  return nodes.length ? nodes : structuredClone(EMPTY);
}

offer({
  field: "[data-slate-editor]",
  async load(content) {
    editor.children = buildNodes(content);
    editor.selection = null;
    editor.history = { undos: [], redos: [] };
    editor.onChange();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  },
  blocks() {
    const read = (node) =>
      node.children[0].children
        ? node.children.flatMap(read)
        : [
            {
              item: node.type === "item",
              runs: node.children.map((leaf) => [leaf.text, leaf.bold === true]),
            },
          ];
    return editor.children.flatMap(read);
  },
  save: () => JSON.stringify(editor.children),
});
