/** What the embedder set on the script's tag, as Python reads it. */

/**
 * Module scripts have no document.currentScript: the tag is found by its address.
 *
 * @returns {import("./contract.js").Settings}
 */
export function readSettings() {
  const tag =
    [...document.querySelectorAll("script")].find((script) => script.src === import.meta.url) ??
    document.querySelector("script[type=module][data-client-id]");
  const attributes = [...(tag?.attributes ?? [])].map(({ name, value }) => [name, value]);
  return { attributes: Object.fromEntries(attributes), base: new URL(".", import.meta.url).href };
}
