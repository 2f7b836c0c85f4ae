/** Slate. */

import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { createEditor } from "slate";
import { withHistory } from "slate-history";
import { Editable, Slate, withReact } from "slate-react";
import { offer } from "./page.js";

const editor = withHistory(withReact(createEditor()));
const root = createRoot(document.querySelector("#editor"));

function renderElement({ attributes, children, element }) {
  if (element.type === "list") return <ul {...attributes}>{children}</ul>;
  if (element.type === "item") return <li {...attributes}>{children}</li>;
  return <p {...attributes}>{children}</p>;
}

function renderLeaf({ attributes, children, leaf }) {
  return <span {...attributes}>{leaf.bold ? <strong>{children}</strong> : children}</span>;
}

function Notes({ initial }) {
  return (
    <Slate editor={editor} initialValue={initial}>
      <Editable renderElement={renderElement} renderLeaf={renderLeaf} disableDefaultStyles={true} />
    </Slate>
  );
}

function buildNodes(blocks) {
  const nodes = [];
  for (const { item, runs } of blocks) {
    const children = runs.map(([text, bold]) => (bold ? { text, bold } : { text }));
    if (!item) nodes.push({ type: "paragraph", children });
    else if (nodes.at(-1)?.type === "list") nodes.at(-1).children.push({ type: "item", children });
    else nodes.push({ type: "list", children: [{ type: "item", children }] });
  }
  return nodes.length ? nodes : [{ type: "paragraph", children: [{ text: "" }] }];
}

offer({
  field: "[data-slate-editor]",
  load(content) {
    flushSync(() => root.render(<Notes initial={buildNodes(content)} />));
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
