/** Draft.js, in the last React that it runs with. */

import { ContentState, convertFromRaw, convertToRaw, Editor, EditorState } from "draft-js";
import "draft-js/dist/Draft.css";
import { Component, createRef } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { offer } from "./page.js";

/** @import { RefObject } from "react" */
/** @import { RawDraftContentBlock, RawDraftInlineStyleRange } from "draft-js" */

/** @extends {Component<object, { editorState: EditorState }>} */
class Notes extends Component {
  /** @override */
  state = { editorState: EditorState.createEmpty() };
  /** @type {RefObject<Editor>} */
  editor = createRef();

  /** @override */
  render() {
    const { editorState } = this.state;
    const change = (/** @type {EditorState} */ changed) => this.setState({ editorState: changed });
    return <Editor ref={this.editor} editorState={editorState} onChange={change} />;
  }
}

/** @type {RefObject<Notes>} */
const notes = createRef();
createRoot(/** @type {Element} */ (document.querySelector("#editor"))).render(<Notes ref={notes} />);
await new Promise((/** @type {(done: void) => void} */ resolve) => {
  const look = () => (notes.current ? resolve() : requestAnimationFrame(look));
  look();
});

const findNotes = () => /** @type {Notes} */ (notes.current);
const readContent = () => convertToRaw(findNotes().state.editorState.getCurrentContent());

/**
 * @param {RawDraftInlineStyleRange[]} ranges
 * @param {number} at
 */
function isBoldAt(ranges, at) {
  return ranges.some(({ style, offset, length }) => style === "BOLD" && offset <= at && at < offset + length);
}

await offer({
  field: "#editor [contenteditable=true]",
  async load(content) {
    const blocks = content.map(({ item, runs }, index) => {
      let offset = 0;
      /** @type {RawDraftInlineStyleRange[]} */
      const inlineStyleRanges = [];
      for (const [text, isBold] of runs) {
        if (isBold) inlineStyleRanges.push({ style: "BOLD", offset, length: text.length });
        offset += text.length;
      }
      const text = runs.map(([part]) => part).join("");
      /** @type {RawDraftContentBlock["type"]} */
      const type = item ? "unordered-list-item" : "unstyled";
      return { key: `block${index}`, text, type, depth: 0, inlineStyleRanges, entityRanges: [] };
    });
    const state = blocks.length ? convertFromRaw({ blocks, entityMap: {} }) : ContentState.createFromText("");
    const editorState = EditorState.createWithContent(state);
    await new Promise((/** @type {(done: void) => void} */ resolve) => findNotes().setState({ editorState }, resolve));
  },
  blocks() {
    return readContent().blocks.map(({ text, type, inlineStyleRanges }) => ({
      item: type === "unordered-list-item",
      runs: Array.from(text.split(""), (unit, at) => [unit, isBoldAt(inlineStyleRanges, at)]),
    }));
  },
  // From the Tab key it forgets its caret; and it counts on a React that renders at once.
  focus: () => flushSync(() => findNotes().editor.current?.focus()),
  save: () => JSON.stringify(readContent()),
});
