/** Draft.js, in the last React that it runs with. */

import { ContentState, convertFromRaw, convertToRaw, Editor, EditorState } from "draft-js";
import "draft-js/dist/Draft.css";
import { Component, createRef } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { offer } from "./page.js";

class Notes extends Component {
  state = { editorState: EditorState.createEmpty() };
  editor = createRef();

  render() {
    const { editorState } = this.state;
    const change = (editorState) => this.setState({ editorState });
    return <Editor ref={this.editor} editorState={editorState} onChange={change} />;
  }
}

const notes = createRef();
createRoot(document.querySelector("#editor")).render(<Notes ref={notes} />);
await new Promise((resolve) => {
  const look = () => (notes.current ? resolve() : requestAnimationFrame(look));
  look();
});

const readContent = () => convertToRaw(notes.current.state.editorState.getCurrentContent());

function isBoldAt(ranges, at) {
  return ranges.some(({ style, offset, length }) => style === "BOLD" && offset <= at && at < offset + length);
}

offer({
  field: "#editor [contenteditable=true]",
  async load(content) {
    const blocks = content.map(({ item, runs }) => {
      let offset = 0;
      const inlineStyleRanges = [];
      for (const [text, isBold] of runs) {
        if (isBold) inlineStyleRanges.push({ style: "BOLD", offset, length: text.length });
        offset += text.length;
      }
      const text = runs.map(([part]) => part).join("");
      return { text, type: item ? "unordered-list-item" : "unstyled", inlineStyleRanges };
    });
    const state = blocks.length ? convertFromRaw({ blocks, entityMap: {} }) : ContentState.createFromText("");
    const editorState = EditorState.createWithContent(state);
    await new Promise((resolve) => notes.current.setState({ editorState }, resolve));
  },
  blocks() {
    return readContent().blocks.map(({ text, type, inlineStyleRanges }) => ({
      item: type === "unordered-list-item",
      runs: Array.from(text.split(""), (unit, at) => [unit, isBoldAt(inlineStyleRanges, at)]),
    }));
  },
  // From the Tab key it forgets its caret; and it counts on a React that renders at once.
  focus: () => flushSync(() => notes.current.editor.current.focus()),
  save: () => JSON.stringify(readContent()),
});
