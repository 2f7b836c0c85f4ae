/** What a widget is made of, for eyes: lines of text, icons and controls, each with the box that it takes. */

export const TOLERANCE = 1; // a pixel: browsers round
const CONTROLS = "button, a[href], summary, input, select, textarea";
/** The one text that may be cut short: the whole of it is what the link leads to, and what *Copy* copies. */
const MAY_BE_CUT = "[part~=link]";

/**
 * @typedef {{ left: number, right: number, top: number, bottom: number }} Box
 *
 * A line of text, an icon or a control.
 * @typedef {{ box: Box, node: Node, owner: Element, says: string, isCut: boolean, isControl: boolean }} Piece
 */

/** @param {Element} element */
function isForEyes(element) {
  for (let each = /** @type {Element | null} */ (element); each; each = each.parentElement) {
    if (getComputedStyle(each).clipPath.startsWith("inset(50%")) return false;
  }
  return element.checkVisibility({ visibilityProperty: true });
}

/** @param {Element} element */
const describe = (element) =>
  element.getAttribute("aria-label") || element.textContent?.trim().slice(0, 60) || element.className;

/**
 * @param {Box} box
 * @param {Element | null} element
 * @returns {Element | null} what cuts something of it off
 */
function findCutter(box, element) {
  for (let each = element; each; each = each.parentElement) {
    const around = each.getBoundingClientRect();
    const isCut = box.right > around.right + TOLERANCE || box.left < around.left - TOLERANCE;
    if (isCut && getComputedStyle(each).overflowX !== "visible") return each;
  }
  return null;
}

/**
 * @param {ShadowRoot} root
 * @returns {Generator<Piece>}
 */
function* listLines(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const owner = /** @type {Element} */ (node.parentElement);
    if (!node.nodeValue?.trim() || !isForEyes(owner)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      const box = { left, right, top, bottom };
      const says = `“${node.nodeValue.trim().slice(0, 60)}”`;
      const cutter = findCutter(box, owner);
      const isCut = cutter !== null && !cutter.closest(MAY_BE_CUT);
      if (cutter) {
        const around = cutter.getBoundingClientRect();
        box.left = Math.max(left, around.left);
        box.right = Math.min(right, around.right);
      }
      yield { box, node, owner, says, isCut, isControl: false };
    }
  }
}

/**
 * @param {ShadowRoot} root
 * @returns {Piece[]}
 */
export function listPieces(root) {
  const boxes = [...root.querySelectorAll(`${CONTROLS}, .icon, svg`)].filter(isForEyes).map((element) => ({
    box: element.getBoundingClientRect(),
    node: element,
    owner: element,
    says: describe(element),
    isCut: false,
    isControl: element.matches(CONTROLS),
  }));
  return [...listLines(root), ...boxes];
}
