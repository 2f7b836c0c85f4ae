/**
 * Compiles the Python that the widget reaches, with the very Python that will run it: a page that gets
 * sources compiles them anew at every load, for seconds.
 *
 *     node web/tools/compile_python.mjs PYODIDE_FOLDER PYWIDGET_SOURCES.zip STDLIB.zip PYWIDGET.zip
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadPyodide } from "pyodide";

const [folder, sources, standardLibrary, pywidget] = process.argv.slice(2);
const pyodide = await loadPyodide({ env: { PYTHONPATH: "/sources.zip" }, fsInit: addSources });

async function addSources(files) {
  files.writeFile("/sources.zip", readFileSync(sources));
  files.writeFile("/stdlib.zip", readFileSync(join(folder, "python_stdlib.zip")));
}

pyodide.runPython(readFileSync(new URL("compile_python.py", import.meta.url), "utf8"));
for (const [made, target] of [["/stdlib", standardLibrary], ["/pywidget", pywidget]]) {
  writeFileSync(target, pyodide.FS.readFile(`${made}.compiled.zip`));
}
