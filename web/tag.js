/** The script's tag, which has the embedder's settings. */

/** Module scripts have no document.currentScript: the tag is found by its address. */
export const findScript = () =>
  [...document.querySelectorAll("script")].find((script) => script.src === import.meta.url) ??
  document.querySelector("script[type=module][data-client-id]");
