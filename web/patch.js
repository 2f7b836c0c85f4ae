/**
 * Makes an element match a description, by the changes that Python has worked out (pywidget/ui/
 * patch.py says how they are written): one call for all of them, since every call from Python
 * costs. It holds no rule. Text is set as text, never as markup.
 */

import { keepHeight } from "./hold.js";

/** @type {WeakMap<Node | ParentNode, Node[]>} The children that a node was given here. */
const given = new WeakMap();

/**
 * What Python sends, in JSON. An element is its name, its attributes and what is in it; a text is itself.
 * @typedef {string | [string, Record<string, string>, Description[]]} Description
 *
 * What has to change in an element, or in a text.
 * @typedef {{ set?: Record<string, string>, drop?: string[], children?: Item[], text?: string }} Changes
 *
 * One child: something new, the number of one that stays as it is, or of one that changes.
 * @typedef {Description | number | (Changes & { at: number })} Item
 */

/**
 * @param {Element} element
 * @param {Record<string, string>} attributes
 */
function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/**
 * @param {Description} description
 * @returns {Node}
 */
function make(description) {
  if (typeof description === "string") return document.createTextNode(description);
  const [tag, attributes, children] = description;
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  const nodes = children.map(make);
  element.append(...nodes);
  given.set(element, nodes);
  return element;
}

/**
 * @param {Element} element
 * @param {ParentNode} container - the element itself, or its shadow root
 * @param {Changes} changes
 */
function change(element, container, { set = {}, drop = [], children }) {
  if (children) arrange(container, children);
  for (const name of drop) element.removeAttribute(name);
  setAttributes(element, set);
}

/**
 * @param {Node} node
 * @param {Changes} changes
 */
function update(node, changes) {
  if (changes.text === undefined) change(/** @type {Element} */ (node), /** @type {Element} */ (node), changes);
  else node.nodeValue = changes.text;
  return node;
}

/** The loader's live regions stay whatever is shown. */
const isOurs = (/** @type {Node} */ node) => /** @type {Element} */ (node).className !== "announcer";

/**
 * @param {ParentNode} container
 * @param {Item[]} items
 */
function arrange(container, items) {
  const own = given.get(container);
  // The loader may have painted over what was there, since the element was on the page before.
  const before = own?.every((node) => node.parentNode === container) ? own : [...container.childNodes].filter(isOurs);
  const now = items.map((item) => {
    if (typeof item === "number") return /** @type {Node} */ (before[item]);
    if (typeof item === "string" || Array.isArray(item)) return make(item);
    return update(/** @type {Node} */ (before[item.at]), item);
  });
  const kept = new Set(now);
  for (const node of before) if (!kept.has(node)) /** @type {ChildNode} */ (node).remove();
  now.reduceRight((/** @type {Node | null} */ next, node) => {
    if (node.parentNode !== container) container.insertBefore(node, next);
    return node;
  }, null);
  given.set(container, now);
}

/**
 * Tells whether something comes or goes. Words that change may take a line more or less, but measuring takes longer
 * than they do.
 *
 * @param {ParentNode} container
 * @param {Changes} changes
 * @returns {boolean}
 */
function changesShape(container, { children }) {
  if (!children) return false;
  const before = given.get(container) ?? [...container.childNodes];
  const isNew = (/** @type {Item} */ item) =>
    typeof item === "string" ||
    Array.isArray(item) ||
    (typeof item === "object" && changesShape(/** @type {Element} */ (before[item.at]), item));
  return children.length !== before.length || children.some(isNew);
}

/**
 * Whether it is one of the page's own elements that stands in a slot here, or is in one.
 *
 * @param {Element} host
 * @param {Element | null} element
 */
function isShownIn(host, element) {
  let child = element;
  while (child && child.parentElement !== host) child = child.parentElement;
  return Boolean(child?.assignedSlot);
}

/**
 * Changes the host element and what is in its shadow root; tells whether the focus was in there.
 *
 * @param {Element} host
 * @param {string} changes - `Changes` in JSON
 */
export function patch(host, changes) {
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  const { activeElement } = /** @type {Document | ShadowRoot} */ (host.getRootNode());
  const hadFocus = root.activeElement !== null;
  /** @type {Changes} */
  const parsed = JSON.parse(changes);
  const apply = () => change(host, root, parsed);
  const wasShown = isShownIn(host, activeElement);
  if (changesShape(root, parsed)) keepHeight(host, apply);
  else apply();
  return hadFocus || (wasShown && !isShownIn(host, activeElement));
}

/**
 * Puts the focus on the element to which these positions lead, each among its parent's children; text in it is selected.
 *
 * @param {Element} host
 * @param {string} path - numbers in JSON
 */
export function focusAt(host, path) {
  /** @type {number[]} */
  const positions = JSON.parse(path);
  const step = (/** @type {Node} */ node, /** @type {number} */ at) =>
    /** @type {Node} */ (/** @type {Node[]} */ (given.get(node))[at]);
  const target = /** @type {HTMLElement} */ (positions.reduce(step, /** @type {ShadowRoot} */ (host.shadowRoot)));
  target.focus();
  if (target.matches("input, textarea")) /** @type {HTMLInputElement} */ (target).select();
}
