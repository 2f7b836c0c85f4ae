/**
 * Adds the widget's tag as a script of the page does, with the settings of its own; with `?classic`, as a tag manager
 * does that knows classic scripts only.
 */

const own = /** @type {HTMLScriptElement} */ (document.currentScript);
const tag = document.createElement("script");
if (own.src.endsWith("?classic")) {
  tag.src = "/zoom/loader.js";
} else {
  tag.type = "module";
  tag.src = "/zoom/embed.js";
}
Object.assign(tag.dataset, own.dataset);
document.head.append(tag);
