/** Looks for what is wrong with the layout of the gallery's widgets, each on its own, and of the page around them. */

import { listPieces, TOLERANCE } from "./layout-pieces.js";

/** @import { Box, Piece } from "./layout-pieces.js" */

const AIR = 2; // the least between a border and the text in it
const LEAST_SIZE = 24; // of a control, in CSS pixels (WCAG 2.2, 2.5.8)

/**
 * @param {Box} inner
 * @param {Box} outer
 */
const isOutside = (inner, outer) =>
  inner.left < outer.left - TOLERANCE ||
  inner.right > outer.right + TOLERANCE ||
  inner.top < outer.top - TOLERANCE ||
  inner.bottom > outer.bottom + TOLERANCE;

/**
 * The box inside the border that a piece stands in; a text's may be its own button's.
 *
 * @param {Piece} piece
 */
function findFrame({ node, owner }) {
  for (let each = node === owner ? owner.parentElement : owner; each; each = each.parentElement) {
    const style = getComputedStyle(each);
    const width = Number.parseFloat(style.borderInlineStartWidth);
    if (width > 0 && style.borderInlineStartColor !== "rgba(0, 0, 0, 0)") {
      const { left, right, top, bottom } = each.getBoundingClientRect();
      const air = width + (node === owner ? 0 : AIR);
      return { left: left + air, right: right - air, top: top + width, bottom: bottom - width };
    }
  }
  return null;
}

/**
 * @param {Piece} one
 * @param {Piece} other
 */
function overlap(one, other) {
  if (one.node.contains(other.node) || other.node.contains(one.node)) return false;
  const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
  const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
  return width > TOLERANCE && height > TOLERANCE;
}

/**
 * @param {Piece} piece
 * @param {Box} around - the widget's
 */
function* judge(piece, around) {
  const { box, says, isCut, isControl } = piece;
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  if (isCut) yield `${says} is cut off`;
  if (isControl && Math.min(width, height) < LEAST_SIZE - TOLERANCE / 2) {
    yield `${says} is only ${Math.round(width)} × ${Math.round(height)} px`;
  }
  const frame = findFrame(piece);
  if (isOutside(box, around)) yield `${says} leaves the widget`;
  else if (frame && isOutside(box, frame)) yield `${says} touches the border around it`;
}

/** @param {Element} host */
function* listFaults(host) {
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  for (const animation of root.getAnimations()) animation.cancel(); // what turns takes more room than it fills
  const pieces = listPieces(root);
  const around = host.getBoundingClientRect();
  if (host.scrollWidth > host.clientWidth + TOLERANCE) yield "it overflows";
  for (const [at, piece] of pieces.entries()) {
    yield* judge(piece, around);
    for (const other of pieces.slice(at + 1)) {
      if (overlap(piece, other)) yield `${piece.says} and ${other.says} overlap`;
    }
  }
}

/** Sentences, each on a state; none twice. */
export function findLayoutFaults() {
  /** @type {Set<string>} */
  const faults = new Set();
  for (const state of document.querySelectorAll(".state")) {
    const name = state.querySelector(".state__name")?.textContent;
    const host = /** @type {Element} */ (state.querySelector("zoom-meeting"));
    const folds = /** @type {ShadowRoot} */ (host.shadowRoot).querySelectorAll("details");
    for (const fault of listFaults(host)) faults.add(`${name}: ${fault}`);
    for (const fold of folds) fold.open = true;
    if (folds.length) for (const fault of listFaults(host)) faults.add(`${name}: ${fault}`);
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.add(`the page is ${scrollWidth - clientWidth} px too wide`);
  return [...faults];
}
