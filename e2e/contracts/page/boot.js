/** Starts Python as web/runtime.js does, under the same policy, and hands it the fields. */
import * as fields from "./fields.js";
import "/zoom/embed.js"; // what it does for Python; it starts nothing while no element is there

window.contracts = fields;

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
  interpreter: new URL("/zoom/runtime/pyodide.mjs", location.href).href,
  plugins: off,
  files: { "/zoom/pywidget.zip": "./*", "/contracts.zip": "./*" },
};
const python = `
from e2e.contracts.in_page import start
start()
`;
add("script", python, { type: "py", config: JSON.stringify(config), target: "#results", id: "py" });

const { hooks } = await import("/zoom/runtime/core.js");
hooks.worker.onBeforeRunAsync.clear();
