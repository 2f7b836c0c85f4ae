/**
 * Starts stock PyScript and Pyodide under the widget's policy, and hands Python the fields. As in the widget's own
 * Pyodide (web/tools/trim_pyodide.mjs), there is no stack switching.
 */

import { takeNatives } from "/web/natives.js";
import { focusAt, patch } from "/web/patch.js";
import { outline, readAttributes } from "/web/reading.js";
import { createSecretCalls } from "/web/secret-calls.js";
// biome-ignore lint/performance/noNamespaceImport: Python asks for one or the other of all of them
import * as fields from "./fields.js";
import "/zoom/embed.js"; // it starts nothing while no element is there

/** @import { ZoomMeeting } from "../../../web/element.js" */
/** @import { PyScript } from "../../../web/interpreter.js" */

for (const name of ["Suspending", "promising"]) Reflect.deleteProperty(WebAssembly, name);

window.contracts = fields;
const ours = /** @type {typeof ZoomMeeting} */ (customElements.get("zoom-meeting"));
const helpers = {
  focusAt,
  outline,
  patch,
  readAttributes,
  // As they are now: the tests put functions that fail in the place of the browser's.
  get natives() {
    return createSecretCalls(takeNatives());
  },
};
Object.defineProperty(ours, "helpers", { value: helpers });

const plugins = ["deprecations-manager", "donkey", "error", "py-editor", "py-game", "py-terminal"];
const off = plugins.map((name) => `!${name}`);

/**
 * @param {string} tag
 * @param {string} content
 * @param {Record<string, string>} attributes
 */
function add(tag, content, attributes) {
  const element = document.createElement(tag);
  element.textContent = content;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.head.append(element);
}

add("mpy-config", JSON.stringify({ plugins: off }), { type: "json" });
const config = {
  interpreter: new URL("/pyodide/pyodide.mjs", location.href).href,
  plugins: off,
  files: { "/contracts.zip": "./*" },
};
const python = `
from e2e.contracts.in_page import start
start()
`;
add("script", python, { type: "py", config: JSON.stringify(config), target: "#results", id: "py" });

/** @type {PyScript} */
const { hooks } = await import(new URL("/pyscript/core.js", location.href).href);
hooks.worker.onBeforeRunAsync.clear();
