/** Reads for Python, in one call each, what it would take many to read; every call from Python costs. */

/** The element's attributes that the loader observes: name to text, and only those that are there. */
export function readAttributes(element) {
  const names = element.constructor.observedAttributes.filter((name) => element.hasAttribute(name));
  return Object.fromEntries(names.map((name) => [name, element.getAttribute(name)]));
}

/**
 * All that is in an element, in the order of the document, as JSON: "#text" and the text, or an
 * element's name, what is in it, and "/" with the name again. `nodes` are those that were named so.
 * Of elements with one of the names in `closed` it is left out what is in them.
 */
export function outline(root, closed) {
  const closedNames = new Set(closed.split(" "));
  const tokens = [];
  const nodes = [];
  let node = root.firstChild;
  while (node) {
    const { nodeType } = node;
    if (nodeType === Node.TEXT_NODE) {
      tokens.push("#text", node.data);
      nodes.push(node);
    } else if (nodeType === Node.ELEMENT_NODE) {
      tokens.push(node.localName);
      nodes.push(node);
      if (node.firstChild && !closedNames.has(node.localName)) {
        node = node.firstChild;
        continue;
      }
      tokens.push(`/${node.localName}`);
    }
    while (node !== root && !node.nextSibling) {
      node = node.parentNode;
      if (node !== root) tokens.push(`/${node.localName}`);
    }
    node = node === root ? null : node.nextSibling;
  }
  return { nodes, tokens: JSON.stringify(tokens) };
}
