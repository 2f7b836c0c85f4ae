/**
 * A rich text editor as they come: it keeps the text itself, and puts the page right by that. Two kinds of lies
 * that real ones tell:
 *
 * late   hears of a selection some time after it was made; until then what comes in lands where its caret was,
 *        over what was selected there; takes `paste` and `cut`
 * proud  hears nothing of editing commands and puts its own text back a moment later; takes `beforeinput`
 */

const LATE_MS = 70;
const MOMENT_MS = 60;

/**
 * @param {HTMLElement} field
 * @param {"late" | "proud"} kind
 * @param {(text: string) => void} onChange
 */
export function makeEditor(field, kind, onChange) {
  let text = "";
  /** @type {[number, number]} */
  let caret = [0, 0];
  /** @type {string[]} */
  let undone = [];
  let isDeaf = false;
  let kept = Infinity;

  const lengthBefore = (/** @type {Node} */ node, /** @type {number} */ offset) => {
    const range = document.createRange();
    range.setStart(field, 0);
    range.setEnd(node, offset);
    const before = range.cloneContents();
    const blocks = before.childNodes.length;
    return before.textContent.length + Math.max(0, blocks - 1);
  };

  /** @type {(position: number) => [Node, number]} */
  const findPlace = (position) => {
    let left = position;
    for (const block of field.childNodes) {
      const length = block.textContent?.length ?? 0;
      if (left <= length) return [block.firstChild && length ? block.firstChild : block, length ? left : 0];
      left -= length + 1;
    }
    return [field, field.childNodes.length];
  };

  const own = new MutationObserver(() => setTimeout(render, MOMENT_MS));
  const watch = () => own.observe(field, { childList: true, characterData: true, subtree: true });

  function render() {
    own.disconnect();
    const lines = text ? text.split("\n") : [""];
    field.replaceChildren(
      ...lines.map((line) => {
        const block = document.createElement("p");
        block.append(line || document.createElement("br"));
        return block;
      }),
    );
    if (document.activeElement === field) {
      document.getSelection()?.setBaseAndExtent(...findPlace(caret[0]), ...findPlace(caret[1]));
    }
    watch();
  }

  /** @param {string} added */
  function put(added) {
    if (isDeaf) return;
    const [start, end] = [Math.min(...caret), Math.max(...caret)];
    undone.push(text);
    const piece = added.slice(0, kept);
    text = text.slice(0, start) + piece + text.slice(end);
    caret = [start + piece.length, start + piece.length];
    render();
    onChange(text);
  }

  function stepBack() {
    const before = undone.pop();
    if (before === undefined) return;
    text = before;
    caret = [text.length, text.length];
    render();
    onChange(text);
  }

  const look = () => {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = /** @type {Selection} */ (document.getSelection());
    if (!anchorNode || !focusNode) return;
    if (!field.contains(anchorNode) || !field.contains(focusNode)) return;
    caret = [lengthBefore(anchorNode, anchorOffset), lengthBefore(focusNode, focusOffset)];
  };
  const hear = () => (kind === "late" ? setTimeout(look, LATE_MS) : look());
  document.addEventListener("selectionchange", hear);

  /**
   * @template {"paste" | "cut" | "beforeinput" | "keydown"} Name
   * @param {Name} name
   * @param {(event: HTMLElementEventMap[Name]) => boolean | void} handle - false leaves it to the browser
   */
  const takes = (name, handle) =>
    field.addEventListener(name, (event) => {
      if (handle(event) !== false) event.preventDefault();
    });
  if (kind === "late") {
    takes("paste", ({ clipboardData }) => put(clipboardData?.getData("text/plain") ?? ""));
    takes("cut", () => put(""));
  } else {
    takes("beforeinput", ({ inputType, data }) => {
      if (inputType === "insertText") put(data ?? "");
      else if (inputType === "insertParagraph") put("\n");
      else if (inputType === "historyUndo") stepBack();
      else if (caret[0] !== caret[1]) put("");
    });
  }
  takes("keydown", ({ key, ctrlKey }) => (key === "z" && ctrlKey ? stepBack() : false));

  return {
    read: () => text,
    undo: stepBack,
    makeDeaf: () => (isDeaf = true),
    makeForgetful: (/** @type {number} */ length) => (kept = length),
    write: (/** @type {string} */ now) => {
      isDeaf = false;
      kept = Infinity;
      text = now;
      caret = [0, 0];
      undone = [];
      render();
    },
    leave: () => {
      own.disconnect();
      document.removeEventListener("selectionchange", hear);
    },
  };
}
