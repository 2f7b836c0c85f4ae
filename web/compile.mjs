/**
 * Compiles Python sources to what the browser's Python loads directly, with that very Python: a
 * zip of .py files would be compiled anew at every page load, for seconds.
 *
 *     node web/compile.mjs SOURCE.zip TARGET.zip
 */
import { readFileSync, writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [source, target] = process.argv.slice(2);
const pyodide = await loadPyodide();
pyodide.FS.writeFile("/source.zip", readFileSync(source));
pyodide.runPython(`
import importlib.util, marshal, zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip's own oldest date: the same sources give the same bytes
# PEP 552: the flags say "hash-based, not to be checked", for there is no source to check against.
HEADER = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)

with zipfile.ZipFile("/source.zip") as source, zipfile.ZipFile("/target.zip", "w") as target:
    for name in sorted(source.namelist()):
        data = source.read(name)
        if name.endswith(".py"):
            # Without docstrings and asserts; the name is what a traceback says.
            code = compile(data, name, "exec", dont_inherit=True, optimize=2)
            name, data = name + "c", HEADER + marshal.dumps(code)
        target.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
`);
writeFileSync(target, pyodide.FS.readFile("/target.zip"));
