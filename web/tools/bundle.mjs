/**
 * Bundles the scripts into a folder, each under a name that changes with what is in it.
 *
 *     node web/tools/bundle.mjs TARGET_FOLDER '{"NAME": value, …}'
 *
 * The values are what the build put into `assets/`; the scripts' constants in capitals become them. A style
 * sheet becomes part of the script that imports it, so that the first button needs one request.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const [target, given] = process.argv.slice(2);
const WEB = fileURLToPath(new URL("..", import.meta.url));
/** The oldest browsers, as docs/embedding.md names them. */
const TARGETS = ["es2022", "chrome120", "edge120", "firefox115", "safari17.0"];

const styleSheets = {
  name: "style sheets as text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** Has V8 compile all of a script while it comes, off the main thread, instead of each function at its first call. */
const COMPILE_EARLY = "//# allFunctionsCalledOnLoad";

async function bundle(name, values) {
  const { outputFiles: [file] } = await build({
    entryPoints: [join(WEB, `${name}.js`)],
    bundle: true,
    minify: true,
    banner: { js: COMPILE_EARLY },
    format: "esm",
    target: TARGETS,
    logLevel: "warning",
    plugins: [styleSheets],
    define: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)])),
    write: false,
  });
  return file.contents;
}

/** Writes a script for which the page asks by an address of its own: it may be kept for ever. */
async function bundleHashed(name, values) {
  const contents = await bundle(name, values);
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 10);
  writeFileSync(join(target, "assets", `${name}-${hash}.js`), contents);
  return `${name}-${hash}.js`;
}

const values = JSON.parse(given);
mkdirSync(join(target, "assets"), { recursive: true });
const worker = await bundleHashed("snapshot-worker", values);
const runtime = await bundleHashed("runtime", { ...values, SNAPSHOT_WORKER: worker });
const loader = await bundle("embed", { ...values, RUNTIME: runtime });
writeFileSync(join(target, "embed.js"), loader);
writeFileSync(join(target, "callback.js"), await bundle("callback", {}));
// The check starts Python as the widget does, with more of it.
const checkWorker = await bundleHashed("check-worker", {
  ...values,
  STANDARD_LIBRARY: values.CHECK_STANDARD_LIBRARY,
  PYWIDGET: values.CHECK_PACKAGES,
});
writeFileSync(join(target, "check.js"), await bundle("check", { VERSION: values.VERSION, CHECK_WORKER: checkWorker }));
