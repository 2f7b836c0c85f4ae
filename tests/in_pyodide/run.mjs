/**
 * Runs unit tests in the Python that browsers get: Pyodide, under Node.
 *
 *     node tests/in_pyodide/run.mjs SITE [PYTEST_ARGUMENT...]
 *
 * SITE is a folder with what requirements.txt names. Node sees the repository's files as they are, so nothing is built.
 */

import { resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "../../web/node_modules/pyodide/pyodide.mjs";

const RUN = `
import importlib, os, sys

sys.path[:0] = ["/repository", "/site"]
importlib.invalidate_caches()
os.chdir("/repository")
import pytest

int(pytest.main(["-p", "tests.in_pyodide.plugin", "-p", "no:cacheprovider", *arguments]))
`;

const [site, ...pytestArguments] = process.argv.slice(2);
const env = { HOME: "/tmp", PYTHONDONTWRITEBYTECODE: "1", TERM: "dumb" };
const pyodide = await loadPyodide({ env });
for (const [place, folder] of [
  ["/repository", fileURLToPath(new URL("../..", import.meta.url))],
  ["/site", resolve(site)],
]) {
  pyodide.FS.mkdirTree(place);
  pyodide.mountNodeFS(place, folder);
}
pyodide.globals.set("arguments", pyodide.toPy(pytestArguments));
try {
  process.exitCode = pyodide.runPython(RUN);
} catch (error) {
  console.error(error instanceof Error ? error.message : error); // Node itself would print the line that threw: all of Pyodide
  process.exitCode = 1;
}
