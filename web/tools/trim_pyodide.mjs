/**
 * Trims Pyodide to what a page without native packages can use.
 *
 *     node web/tools/trim_pyodide.mjs SOURCE_FOLDER TARGET_FOLDER
 *
 * Pyodide exports all of CPython, 8,500 names, and brings the JavaScript side of graphics and sound, so that
 * packages with native code can be linked to it at run time. This widget loads none, and every export costs:
 * its name is downloaded twice, its code cannot be left out, and the page's main thread makes a JavaScript
 * function of it at each start. So an export stays only if Pyodide's own JavaScript names it; Binaryen removes
 * what nothing reaches then, as Emscripten does for programs without dynamic linking; and Terser removes the
 * JavaScript that the rest of the program does not import. What is left is made ready for V8 by route_calls.mjs.
 *
 * Facts: in pyodide.asm.mjs the function `assignWasmExports` hands every export to a variable of its own;
 * whatever names an export elsewhere uses it. The object `wasmImports` holds all that WebAssembly may call.
 * Every change has to fit, so that another version of Pyodide fails here and not in a browser.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { minify } from "terser";
import { readArguments } from "./arguments.mjs";
import { routeCalls } from "./route_calls.mjs";

const [source, target] = readArguments("SOURCE_FOLDER", "TARGET_FOLDER");
const METADCE = fileURLToPath(new URL("../node_modules/binaryen/bin/wasm-metadce", import.meta.url));
/** What Pyodide is compiled with; Binaryen must not use anything newer, which browsers may lack. */
const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "call-indirect-overlong",
  "exception-handling",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
  "simd",
];

const read = (/** @type {string} */ name) => readFileSync(join(source, name), "utf8");
const write = (/** @type {string} */ name, /** @type {string} */ text) => writeFileSync(join(target, name), text);

/**
 * @param {string} what
 * @returns {never}
 */
function fail(what) {
  throw new Error(`this version of Pyodide is built differently: ${what}`);
}

/**
 * Replaces the one place that fits.
 *
 * @param {string} text
 * @param {RegExp} pattern
 * @param {string} replacement
 */
function replaceOnce(text, pattern, replacement) {
  if (text.match(new RegExp(pattern, "g"))?.length !== 1) fail(`not once: ${pattern}`);
  return text.replace(pattern, replacement);
}

/**
 * Lets the page hand over what it has fetched, the compiled module and the standard library, and hear when the
 * module cannot be instantiated: Pyodide itself then waits for ever.
 *
 * @param {string} text
 */
function openLoader(text) {
  /** @type {[RegExp, string][]} */
  const changes = [
    [/instantiateWasm:(\w+)\(e\.indexURL\)/, "instantiateWasm:$1(e)"],
    [/let\{binary:(\w+),response:(\w+)\}=\w+\(e\+"pyodide\.asm\.wasm"\)/, "let $1=e.wasmModule,$2"],
    [
      /(\w+)=await WebAssembly\.instantiate\(await (\w+),(\w+)\)/,
      "$1={module:await $2,instance:await WebAssembly.instantiate(await $2,$3)}",
    ],
    [/let (\w+)=\w+\((\w+)\);(return async \w+=>\{\w+\.API\.pyVersionTuple=)/, "let $1=$2;$3"],
    [/console\.warn\("wasm instantiation failed!"\),console\.warn\((\w+)\)/, "e.onWasmError($1)"],
  ];
  return changes.reduce((edited, [old, replacement]) => replaceOnce(edited, old, replacement), text);
}

/**
 * Takes `assignWasmExports` apart: the text before it, its statements, and the text after it.
 *
 * @param {string} text
 */
function splitAssignments(text) {
  const head = "function assignWasmExports(wasmExports){";
  const [before, rest] = text.split(head);
  if (rest === undefined) return fail(head);
  const end = rest.indexOf("}"); // it holds assignments only, no blocks
  return { before: before + head, statements: rest.slice(0, end).split(";"), after: rest.slice(end) };
}

/** @param {string[]} texts */
function listWords(...texts) {
  return new Set(texts.flatMap((text) => text.match(/[A-Za-z_$][\w$]*/g) ?? []));
}

/** `_name=Module["_name"]=wasmExports["name"]`, with `.value>>>0` behind it for data. */
const ASSIGNMENT = /^([\w$]+)=Module\["([\w$]+)"\]=wasmExports\["([\w$]+)"\](?:\.value>>>0)?$/;
/** Where all those variables are declared: one statement, thousands of names. */
const DECLARATION = /var ((?:[\w$]+,){1000,}[\w$]+);/;

/**
 * Gives back the trimmed module, and the names that it still takes from WebAssembly.
 *
 * @param {string} text
 * @param {string} loaderText - pyodide.mjs
 */
function trimAssignments(text, loaderText) {
  const { before, statements, after } = splitAssignments(text);
  const declared = before.match(DECLARATION) ?? after.match(DECLARATION) ?? fail("no declaration");
  const [declaration, variables = ""] = declared;
  const words = listWords((before + after).replace(declaration, ""), loaderText);
  const kept = [];
  /** @type {Set<string>} */
  const used = new Set();
  const dropped = new Set();
  for (const statement of statements) {
    const [, ...parts] = statement.match(ASSIGNMENT) ?? [];
    if (parts.length && !parts.some((word) => words.has(word))) {
      dropped.add(parts[0]);
    } else {
      kept.push(statement);
      for (const [, named = ""] of statement.matchAll(/wasmExports\["([\w$]+)"\]/g)) used.add(named);
    }
  }
  if (dropped.size < 1000) fail(`only ${dropped.size} of its exports are unused`);
  for (const word of words) used.add(word); // named without a variable: wasmExports["…"]
  const still = variables.split(",").filter((variable) => !dropped.has(variable));
  const trimmed = before + kept.join(";") + after;
  return { trimmed: replaceOnce(trimmed, DECLARATION, `var ${still.join(",")};`), names: used };
}

/**
 * Binaryen's view: JavaScript is the root, and reaches the exports that it names.
 *
 * @param {Uint8Array<ArrayBuffer>} wasm
 * @param {Set<string>} reached
 */
function describeReach(wasm, reached) {
  const module = new WebAssembly.Module(wasm);
  const kept = WebAssembly.Module.exports(module)
    .filter(({ name, kind }) => reached.has(name) || !["function", "global"].includes(kind))
    .map(({ name }) => name);
  return [
    { name: "javascript", root: true, reaches: kept.map((name) => `export ${name}`) },
    ...kept.map((name) => ({ name: `export ${name}`, export: name })),
  ];
}

/** @param {Set<string>} reached */
function trimWasm(reached) {
  const wasm = join(source, "pyodide.asm.wasm");
  const folder = mkdtempSync(join(tmpdir(), "trim-"));
  try {
    const graph = join(folder, "graph.json");
    writeFileSync(graph, JSON.stringify(describeReach(readFileSync(wasm), reached)));
    const features = ["--mvp-features", ...FEATURES.map((name) => `--enable-${name}`)];
    const output = join(target, "pyodide.asm.wasm");
    const given = [...features, `--graph-file=${graph}`, wasm, "-o", output];
    execFileSync(METADCE, given, { stdio: ["ignore", "ignore", "inherit"] }); // it lists all that it removes
    writeFileSync(output, routeCalls(readFileSync(output)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Leaves out of `wasmImports` what the trimmed module does not import, and what was said about it.
 *
 * @param {string} text
 */
function trimImports(text) {
  const module = new WebAssembly.Module(readFileSync(join(target, "pyodide.asm.wasm")));
  const imported = new Set(WebAssembly.Module.imports(module).map(({ name }) => name));
  const [whole, list = ""] = text.match(/var wasmImports=\{([^{}]*)\};/) ?? fail("no wasmImports");
  const entries = list.split(",").map((entry) => ({ entry, pair: entry.split(":") }));
  const kept = entries.filter(({ pair }) => imported.has(pair[0] ?? ""));
  const unused = new Set(entries.filter((each) => !kept.includes(each)).map(({ pair }) => pair.at(-1)));
  if (unused.size < 500) fail(`only ${unused.size} of its imports are unused`);
  return text
    .replace(whole, `var wasmImports={${kept.map(({ entry }) => entry)}};`)
    .replace(/Module\["([\w$]+)"\]=\1;/g, (found, name) => (unused.has(name) ? "" : found))
    .replace(/([\w$]+)\.sig="\w*";/g, (found, name) => (unused.has(name) ? "" : found));
}

/**
 * Starts Python without stack switching (JSPI), in every engine: nobody here suspends Python in the middle of a
 * call, and with it Firefox 153 loses its way ("index out of bounds") after a few tasks that were cancelled.
 *
 * @param {string} text
 */
function leaveStackAlone(text) {
  const old = '(newJspiSupported|oldJspiSupported)=canConstructWasm&&"(Suspending|Suspender)"in WebAssembly;';
  if (text.match(new RegExp(old, "g"))?.length !== 2) fail("stack switching");
  return text.replace(new RegExp(old, "g"), "$1=false;");
}

/**
 * The TypeError with which WebKit's `fetch` fails has no `stack`. Pyodide then takes it for no error, and whoever
 * awaits the call in Python waits for ever.
 *
 * @param {string} text
 */
function knowErrors(text) {
  const old = /(hasProperty\(obj,"stack"\))(\|\|constructorName==="DOMException")/;
  return replaceOnce(text, old, '($1||typeTag==="[object Error]"$2)');
}

/**
 * A page may have added to what all objects inherit; that is no export of a module, and no getter.
 *
 * @param {string} text
 */
function exportOwn(text) {
  return replaceOnce(text, /for\(var name in all\)/, "for(var name of Object.keys(all))");
}

/**
 * Pyodide takes shared memory to wait for a terminal's input with `Atomics.wait`. A page may not wait in that way, and
 * a browser warns of shared memory. Without it `Atomics.wait` throws, as on every page, and Pyodide goes on.
 *
 * @param {string} text
 */
function shareNoMemory(text) {
  const shared = /new Int32Array\(new WebAssembly\.Memory\(\{shared:!0,initial:1,maximum:1\}\)\.buffer\)/;
  return replaceOnce(text, shared, "new Int32Array(1)");
}

/**
 * A direct eval would keep every name alive, for code that might mention it. What these run comes with native packages.
 *
 * @param {string} text
 */
function releaseNames(text) {
  return text.replace(/(?<![\w$.])eval\(/g, "globalThis.eval(");
}

const loader = read("pyodide.mjs");
const { trimmed, names } = trimAssignments(read("pyodide.asm.mjs"), loader);
trimWasm(names);
const options = { module: true, compress: { passes: 2 } };
const changes = [trimImports, leaveStackAlone, knowErrors, exportOwn, shareNoMemory, releaseNames];
const changed = changes.reduce((text, change) => change(text), trimmed);
const { code } = await minify(changed, options);
write("pyodide.asm.mjs", code ?? fail("Terser gave nothing"));
write("pyodide.mjs", openLoader(loader));
