/**
 * Compiles the Python that some modules reach, with the very Python that will run it: a page that gets
 * sources compiles them anew at every load, for seconds.
 *
 *     node web/tools/compile_python.mjs PYODIDE_FOLDER SOURCES.zip STDLIB.zip PACKAGES.zip MODULE...
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { loadPyodide } from "pyodide";
import { readArguments } from "./arguments.mjs";

const [folder, sources, standardLibrary, packages, ...entries] = readArguments(
  "PYODIDE_FOLDER",
  "SOURCES.zip",
  "STDLIB.zip",
  "PACKAGES.zip",
);
const env = { PYTHONPATH: "/sources.zip", PYTHONNODEBUGRANGES: "1", ENTRIES: entries.join(" ") };
const pyodide = await loadPyodide({ env, fsInit: addSources });

/** @param {typeof pyodide.FS} files */
function addSources(files) {
  files.writeFile("/sources.zip", readFileSync(sources));
  files.writeFile("/stdlib.zip", readFileSync(join(folder, "python_stdlib.zip")));
  return Promise.resolve();
}

/** What a browser's worker has and Node has not: pyodide-http asks for it when it is imported. */
globalThis.crossOriginIsolated ??= false;
try {
  pyodide.runPython(readFileSync(new URL("compile_python.py", import.meta.url), "utf8"));
} catch (error) {
  console.error(error instanceof Error ? error.message : error); // Node itself would print the line that threw: all of Pyodide
  process.exit(1);
}
writeFileSync(standardLibrary, pyodide.FS.readFile("/stdlib.compiled.zip"));
writeFileSync(packages, pyodide.FS.readFile("/sources.compiled.zip"));
