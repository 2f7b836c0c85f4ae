/**
 * Runs in a page before its own scripts: the tag that brings the widget gets other attributes.
 *
 * @param {Record<string, string | null>} attributes - `null` takes one away
 */
export function changeScriptTag(attributes) {
  /** @param {Node} node */
  function change(node) {
    if (!(node instanceof HTMLScriptElement)) return;
    if (!(node.hasAttribute("data-client-id") || /\/embed\.js([?#]|$)/.test(node.src))) return;
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) node.removeAttribute(name);
      else node.setAttribute(name, value);
    }
  }

  // A module runs once the page is parsed, or once it is fetched: this comes before either.
  const observer = new MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      change(node);
      if (node instanceof Element) for (const script of node.querySelectorAll("script")) change(script);
    }
  });
  observer.observe(document, { childList: true, subtree: true });
}
