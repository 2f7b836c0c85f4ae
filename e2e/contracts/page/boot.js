/**
 * Starts stock PyScript and Pyodide under the widget's policy, and hands Python the fields. As in the widget's own
 * Pyodide (web/tools/trim_pyodide.mjs), there is no stack switching.
 */

import { focusAt, patch } from "/web/patch.js";
import { outline, readAttributes } from "/web/reading.js";
import * as fields from "./fields.js";
import "/zoom/embed.js"; // it starts nothing while no element is there

delete WebAssembly.Suspending;
delete WebAssembly.promising;

window.contracts = fields;
customElements.get("zoom-meeting").helpers = { focusAt, outline, patch, readAttributes };

const plugins = ["deprecations-manager", "donkey", "error", "py-editor", "py-game", "py-terminal"];
const off = plugins.map((name) => `!${name}`);

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

const { hooks } = await import("/pyscript/core.js");
hooks.worker.onBeforeRunAsync.clear();
