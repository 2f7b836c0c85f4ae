/**
 * Notes that are a TinyMCE editor, in its frame or in the page:
 *
 *     element.notesAdapter = createNotesAdapter(editor);
 */

const UNSEEN = /\ufeff/g; // TinyMCE's own marks, which are no text

/**
 * Not by its class: in a frame that is another one.
 *
 * @param {Node} node
 * @returns {node is Text}
 */
const isText = (node) => node.nodeType === Node.TEXT_NODE;

/** A break that only holds a block open. */
const isBogus = (/** @type {Node} */ node) => /** @type {Element} */ (node).hasAttribute("data-mce-bogus");

/**
 * Where a node of the text starts in it.
 * @typedef {{ node: Node, start: number }} Place
 */

/**
 * Makes what a `<zoom-meeting>` reads and writes the editor's notes with.
 *
 * @param {import("tinymce").Editor} editor
 */
export function createNotesAdapter(editor) {
  /** The text, a line for each block and break, and where each of its nodes starts in it. */
  function outline() {
    let text = "";
    let lineEnds = false;
    /** @type {Place[]} */
    const places = [];
    const add = (/** @type {Node} */ node, /** @type {string} */ piece) => {
      if (lineEnds) text += "\n";
      lineEnds = false;
      places.push({ node, start: text.length });
      text += piece;
    };
    const visit = (/** @type {Node} */ node) => {
      if (isText(node)) add(node, node.data.replace(UNSEEN, "").replaceAll("\u00a0", " "));
      else if (node.nodeName === "BR") add(node, isBogus(node) || !node.nextSibling ? "" : "\n");
      else {
        const isBlock = editor.dom.isBlock(/** @type {Element} */ (node));
        if (isBlock) lineEnds = places.length > 0;
        node.childNodes.forEach(visit);
        if (isBlock) lineEnds = places.length > 0;
      }
    };
    editor.getBody().childNodes.forEach(visit);
    return { text, places };
  }

  /**
   * Where in the page a position in the text is.
   *
   * @param {{ places: Place[] }} outlined
   * @param {number} position
   * @returns {[Node, number]}
   */
  function locate({ places }, position) {
    const place = places.findLast(({ start }) => start <= position);
    if (!place) return [editor.getBody(), 0];
    const { node, start: begin } = place;
    if (!isText(node)) return [/** @type {Node} */ (node.parentNode), editor.dom.nodeIndex(node)];
    let offset = 0;
    for (let left = position - begin; left > 0; offset += 1) if (node.data[offset] !== "\ufeff") left -= 1;
    return [node, offset];
  }

  const run = (/** @type {string} */ command, value = "") =>
    editor.execCommand(command, false, value, { skip_focus: true });

  /** @param {string} text */
  function insert(text) {
    const kept = text.replace(/^ | (?= )| $/g, "\u00a0"); // markup would lose these spaces
    if (kept) run("mceInsertContent", editor.dom.encode(kept));
  }

  return {
    read: () => outline().text,

    /**
     * One step to undo, in the editor's own commands; its caret stays where it was.
     *
     * @param {number} start
     * @param {number} end
     * @param {string} text
     */
    replace(start, end, text) {
      const found = outline();
      const caret = editor.selection.getBookmark(2);
      editor.undoManager.transact(() => {
        const range = editor.dom.createRng();
        range.setStart(...locate(found, start));
        range.setEnd(...locate(found, end));
        editor.selection.setRng(range);
        if (start < end) run("Delete");
        const [first = "", ...others] = text.split("\n");
        insert(first);
        for (const line of others) {
          run("mceInsertNewLine");
          run("RemoveFormat");
          insert(line);
        }
      });
      editor.selection.moveToBookmark(caret);
    },
  };
}
