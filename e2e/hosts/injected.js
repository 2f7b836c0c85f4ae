/** Adds the widget's tag as a script of the page does, or a tag manager: it copies the settings of its own. */

const tag = document.createElement("script");
tag.type = "module";
tag.src = "/zoom/embed.js";
Object.assign(tag.dataset, /** @type {HTMLScriptElement} */ (document.currentScript).dataset);
document.head.append(tag);
