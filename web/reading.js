/** Reads for Python, in one call each, what it would take many to read; every call from Python costs. */
import { BOOLEAN, toCamelCase } from "./properties.js";
import { findMeant } from "./spelling.js";

/** @type {Set<string>} */
const explained = new Set();

/**
 * HTML's own rule holds here too, but nobody who writes that means it.
 *
 * @param {Element} element
 */
function explainBooleans(element) {
  for (const name of BOOLEAN) {
    if (explained.has(name) || element.getAttribute(name) !== "false") continue;
    explained.add(name);
    const property = toCamelCase(name);
    console.warn(
      `zoom-meeting: ${name}="false" counts as ${name}, as everywhere in HTML. Leave the attribute out, or set the property: element.${property} = false`,
    );
  }
}

/** What every element may have, and we put on ours. */
const OF_HTML = new Set(["class", "dir", "hidden", "id", "lang", "slot", "style", "tabindex", "title", "part"]);

/**
 * An attribute that is like one of ours is misspelt, or has `data-` where only the script's tag does.
 *
 * @param {Element} element
 * @param {string[]} known
 */
function explainNames(element, known) {
  for (const name of element.getAttributeNames()) {
    if (explained.has(name) || known.includes(name) || OF_HTML.has(name) || name.startsWith("aria-")) continue;
    const bare = name.replace(/^data-/, "");
    const meant = bare === name ? findMeant(name, known) : known.find((each) => each === bare);
    if (!meant || element.hasAttribute(meant)) continue;
    explained.add(name);
    console.warn(`zoom-meeting: ${name} on <${element.localName}> sets nothing. Is it ${meant}?`);
  }
}

/**
 * The element's attributes that the loader observes: name to text, and only those that are there.
 *
 * @param {Element} element
 */
export function readAttributes(element) {
  const { observedAttributes } = /** @type {typeof import("./element.js").ZoomMeeting} */ (element.constructor);
  explainBooleans(element);
  explainNames(element, observedAttributes);
  const names = observedAttributes.filter((name) => element.hasAttribute(name));
  return Object.fromEntries(names.map((name) => [name, element.getAttribute(name)]));
}

const nameOf = (/** @type {Node} */ node) => /** @type {Element} */ (node).localName;

/**
 * All that is in an element, in the order of the document, as JSON: "#text" and the text, or an
 * element's name, what is in it, and "/" with the name again. `nodes` are those that were named so.
 * Of elements with one of the names in `closed` it is left out what is in them.
 *
 * @param {Element} root
 * @param {string} closed
 */
export function outline(root, closed) {
  const closedNames = new Set(closed.split(" "));
  /** @type {string[]} */
  const tokens = [];
  /** @type {Node[]} */
  const nodes = [];
  /** @type {Node | null} */
  let node = root.firstChild;
  while (node) {
    if (node.nodeType === Node.TEXT_NODE) {
      tokens.push("#text", /** @type {Text} */ (node).data);
      nodes.push(node);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const name = nameOf(node);
      tokens.push(name);
      nodes.push(node);
      if (node.firstChild && !closedNames.has(name)) {
        node = node.firstChild;
        continue;
      }
      tokens.push(`/${name}`);
    }
    while (node !== root && !node.nextSibling) {
      node = /** @type {Node} */ (node.parentNode);
      if (node !== root) tokens.push(`/${nameOf(node)}`);
    }
    node = node === root ? null : node.nextSibling;
  }
  return { nodes, tokens: JSON.stringify(tokens) };
}

/**
 * Whether somebody can see the element now: its tab is shown, and part of it is within the window.
 *
 * @param {Element} element
 */
export function isInSight(element) {
  const { top, right, bottom, left, width } = element.getBoundingClientRect();
  const isWithin = width > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return isWithin && document.visibilityState === "visible";
}
