/** Tells the blocks of markup: what an editor gives as HTML, or a field that has no editor. */

const BLOCKS = new Set(["DIV", "P", "LI", "UL", "OL", "H1", "H2", "H3", "PRE"]);
const BOLD = new Set(["B", "STRONG"]);

/** Read paragraphs and items, as a person sees them; `keepsBreaks` for preformatted text. */
export function readMarkup(root, { keepsBreaks = false } = {}) {
  const blocks = [];
  let open = null;
  const isOpen = () => open !== null;
  const start = (item) => {
    open = { item, runs: [] };
    blocks.push(open);
  };

  const read = (node, isBold, isItem) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        const text = keepsBreaks ? child.data : child.data.replace(/[\t\n\r]/g, " ");
        if (!isOpen() && !keepsBreaks && !text.trim()) continue;
        if (!isOpen()) start(isItem);
        open.runs.push([text, isBold]);
      } else if (child.nodeName === "BR") {
        if (!isOpen()) start(isItem);
        open.runs.push(["\n", false]);
      } else if (BLOCKS.has(child.nodeName)) {
        open = null;
        const before = blocks.length;
        const isNowItem = isItem || child.nodeName === "LI";
        read(child, isBold, isNowItem);
        if (blocks.length === before && !child.firstElementChild) start(isNowItem);
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
