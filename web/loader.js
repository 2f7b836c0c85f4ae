/**
 * For whoever can add classic scripts only, as many a tag manager: takes the settings from its own tag, and brings
 * `embed.js`, which is a module.
 */
import { configure } from "./configure.js";

const tag = /** @type {HTMLScriptElement | null} */ (document.currentScript);

if (tag?.src) {
  configure({ ...tag.dataset });
  import(new URL("embed.js", tag.src).href).catch(({ message }) =>
    console.error(`zoom-meeting: embed.js did not load (${message})`),
  );
} else {
  console.error(
    "zoom-meeting: loader.js needs a classic tag of its own, with src. A module's tag names embed.js instead",
  );
}
