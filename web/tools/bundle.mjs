/**
 * Bundles the scripts into a folder, each under a name that changes with what is in it.
 *
 *     node web/tools/bundle.mjs TARGET_FOLDER '{"NAME": value, …}'
 *
 * The values are what the build put into `assets/`, and the sentences of `pywidget/words/` for scripts: one that is
 * called `WORDS.loader.slow` or `SENTENCES.loader.slow` takes the place of that expression.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments.mjs";
import { bundle } from "./bundling.mjs";

/** @import { Values } from "./bundling.mjs" */

const [target, given] = readArguments("TARGET_FOLDER", "VALUES");

/**
 * Writes a script for which the page asks by an address of its own: it may be kept for ever. Gives back what our other
 * scripts know it by, as `describe_asset` in web/build.py does.
 *
 * @param {string} name
 * @param {Values} constants
 */
async function bundleHashed(name, constants) {
  const contents = await bundle(name, constants);
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 10);
  const file = `${name}-${hash}.js`;
  writeFileSync(join(target, "assets", file), contents);
  return { file, digest: `sha256-${createHash("sha256").update(contents).digest("base64")}` };
}

/** @type {Values} */
const values = JSON.parse(given);
mkdirSync(join(target, "assets"), { recursive: true });
const worker = await bundleHashed("snapshot-worker", values);
const runtime = await bundleHashed("runtime", { ...values, SNAPSHOT_WORKER: worker });
const loader = await bundle("embed", { ...values, RUNTIME: runtime });
writeFileSync(join(target, "embed.js"), loader);
writeFileSync(join(target, "configure.js"), await bundle("configure", {}));
// A classic script, and small: what it brings is beside it.
writeFileSync(join(target, "loader.js"), await bundle("loader", {}, "iife"));
writeFileSync(join(target, "callback.js"), await bundle("callback", values));
// The check starts Python as the widget does, with more of it.
const checkWorker = await bundleHashed("check-worker", {
  ...values,
  STANDARD_LIBRARY: values.CHECK_STANDARD_LIBRARY,
  PYWIDGET: values.CHECK_PACKAGES,
});
writeFileSync(join(target, "check.js"), await bundle("check", { VERSION: values.VERSION, CHECK_WORKER: checkWorker }));
