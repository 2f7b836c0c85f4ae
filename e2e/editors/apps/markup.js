/** Tells the blocks of markup: what an editor gives as HTML, or a field that has no editor. */

const BLOCKS = new Set(["DIV", "P", "LI", "UL", "OL", "H1", "H2", "H3", "PRE"]);
const BOLD = new Set(["B", "STRONG"]);

/** @import { Block } from "./page.js" */

/**
 * Reads paragraphs and items, as a person sees them; `keepsBreaks` for preformatted text.
 *
 * @param {Element} root
 * @returns {Block[]}
 */
export function readMarkup(root, { keepsBreaks = false } = {}) {
  /** @type {Block[]} */
  const blocks = [];
  /** @type {Block | null} What comes next belongs to it. */
  let open = null;
  const begin = (/** @type {boolean} */ item) => {
    /** @type {Block} */
    const block = { item, runs: [] };
    blocks.push(block);
    return block;
  };

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one branch for each kind of node
  const read = (/** @type {Node} */ node, /** @type {boolean} */ isBold, /** @type {boolean} */ isItem) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        const { data } = /** @type {Text} */ (child);
        const text = keepsBreaks ? data : data.replace(/[\t\n\r]/g, " ");
        if (!open && !keepsBreaks && !text.trim()) continue;
        open ??= begin(isItem);
        open.runs.push([text, isBold]);
      } else if (child.nodeName === "BR") {
        open ??= begin(isItem);
        open.runs.push(["\n", false]);
      } else if (BLOCKS.has(child.nodeName)) {
        open = null;
        const before = blocks.length;
        const isNowItem = isItem || child.nodeName === "LI";
        read(child, isBold, isNowItem);
        if (blocks.length === before && !(/** @type {Element} */ (child).firstElementChild)) begin(isNowItem);
        open = null;
      } else {
        read(child, isBold || BOLD.has(child.nodeName), isItem);
      }
    }
  };
  read(root, false, false);
  // The break that ends a block only holds it open.
  for (const { runs } of blocks) {
    const last = runs.at(-1);
    if (last?.[0].endsWith("\n")) last[0] = last[0].slice(0, -1);
  }
  return blocks.length ? blocks : [{ item: false, runs: [] }];
}
