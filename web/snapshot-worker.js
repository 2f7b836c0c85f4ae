/** Makes the snapshot that the next visit starts from, away from the page; says when it has tried. */
import { download } from "./download.js";
import { at, loadPython } from "./python.js";
import { keepSnapshot } from "./snapshot.js";
import { compile } from "./wasm.js";

/** Everything in our archives, so that a page that starts from the snapshot finds all of it there. */
const IMPORT_ALL = `
import gc, importlib, zipimport
for archive in ("/lib/pywidget.zip", f"/lib/python3{__import__('sys').version_info[1]}.zip"):
    for path in zipimport._zip_directory_cache[archive]:
        if path.endswith(".pyc"):
            name = path.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")
            importlib.import_module(name)
del archive, path, name
gc.collect()
`;

async function makeSnapshot() {
  const compiled = download(at(WASM.file)).then((response) => compile(response, WASM.digest));
  compiled.catch(() => {}); // told by loadPython
  const pyodide = await loadPython({ compiled, _makeSnapshot: true });
  pyodide.runPython(IMPORT_ALL);
  await keepSnapshot(pyodide);
}

// Two tabs need one snapshot.
await navigator.locks
  .request("pywidget:v1:snapshot", { ifAvailable: true }, (lock) => lock && makeSnapshot())
  .catch((error) => console.debug(`zoom-meeting: no snapshot (${error.message})`))
  .finally(() => postMessage("done"));
