/**
 * Makes an element match a description, by the changes that Python has worked out (pywidget/ui/
 * patch.py says how they are written): one call for all of them, since every call from Python
 * costs. It holds no rule. Text is set as text, never as markup.
 */

/** @type {WeakMap<Node, Node[]>} The children that a node was given here. */
const given = new WeakMap();

function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

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

function change(element, container, { set = {}, drop = [], children }) {
  if (children) arrange(container, children);
  for (const name of drop) element.removeAttribute(name);
  setAttributes(element, set);
}

function keep(node, changes) {
  if (changes.text === undefined) change(node, node, changes);
  else node.data = changes.text;
  return node;
}

function arrange(container, items) {
  const own = given.get(container);
  // The loader may have painted over what was there, since the element was on the page before.
  const before = own?.every((node) => node.parentNode === container) ? own : [...container.childNodes];
  const now = items.map((item) => {
    if (typeof item === "number") return before[item];
    const isNew = typeof item === "string" || Array.isArray(item);
    return isNew ? make(item) : keep(before[item.at], item);
  });
  const kept = new Set(now);
  for (const node of before) if (!kept.has(node)) node.remove();
  now.reduceRight((next, node) => {
    if (node.parentNode !== container) container.insertBefore(node, next);
    return node;
  }, null);
  given.set(container, now);
}

/** Changes the host element and what is in its shadow root; tells whether the focus was in there. */
export function patch(host, changes) {
  const hadFocus = host.shadowRoot.activeElement !== null;
  change(host, host.shadowRoot, JSON.parse(changes));
  return hadFocus;
}

/** Puts the focus on the element to which these positions lead, each among its parent's children. */
export function focusAt(host, path) {
  JSON.parse(path)
    .reduce((node, at) => given.get(node)[at], host.shadowRoot)
    .focus();
}
