/**
 * Bundling a script of ours with what it imports; its constants in capitals become the build's values. A style sheet
 * becomes part of the script that imports it, so that the first button needs one request; so do the icons that it names.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const WEB = fileURLToPath(new URL("..", import.meta.url));
/** The oldest browsers, as docs/embedding.md names them. */
const TARGETS = ["es2022", "chrome120", "edge120", "firefox115", "safari17.0"];

/**
 * A style sheet's icons, in its text: what draws them is kept, and the colour is that of a mask.
 *
 * @param {string} css
 */
async function putIconsIn(css) {
  const names = new Set(Array.from(css.matchAll(/url\("(icons\/[\w-]+\.svg)"\)/g), ([, name = ""]) => name));
  let filled = css;
  for (const name of names) {
    const drawing = (await readFile(join(WEB, name), "utf8"))
      .replace(/<!--.*?-->|\s(?:class|width|height)="[\w\s-]+"(?=[^>]*viewBox)/g, "")
      .replace(/currentColor/, "#000")
      .replace(/\s+/g, " ")
      .replace(/ ?(\/?[<>]) ?/g, "$1")
      .replaceAll('"', "'")
      .replace(/[<>#%]/g, encodeURIComponent);
    filled = filled.replaceAll(`url("${name}")`, `url("data:image/svg+xml,${drawing}")`);
  }
  return filled;
}

/** @type {import("esbuild").Plugin} */
const styleSheets = {
  name: "style sheets as text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await putIconsIn(await readFile(path, "utf8")), { loader: "css", minify: true });
      // esbuild leaves the values of custom properties as they are.
      const contents = code
        .trim()
        .replace(/(--[\w-]+): (.*?)(?=[;}])/g, (_, name, value) => `${name}:${value.replaceAll(", ", ",")}`);
      return { contents, loader: "text" };
    });
  },
};

/** Has V8 compile all of a script while it comes, off the main thread, instead of each function at its first call. */
const COMPILE_EARLY = "//# allFunctionsCalledOnLoad";

/** The names of all constants that a build puts in. */
const CONSTANTS = [...(await readFile(join(WEB, "globals.d.ts"), "utf8")).matchAll(/^declare const (\w+)/gm)].map(
  ([, name]) => name,
);

/** @typedef {Record<string, unknown>} Values - by the names of the constants that they are put in for */

/**
 * Resolves to the script `web/<name>.js` in one piece.
 *
 * @param {string} name
 * @param {Values} values
 * @param {"esm" | "iife"} [format] - a module, or a classic script
 */
export async function bundle(name, values, format = "esm") {
  const { outputFiles } = await build({
    entryPoints: [join(WEB, `${name}.js`)],
    bundle: true,
    minify: true,
    banner: { js: COMPILE_EARLY },
    format,
    target: TARGETS,
    logLevel: "warning",
    plugins: [styleSheets],
    define: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)])),
    write: false,
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`nothing came of ${name}`);
  // Left in, it would fail in a browser, and only there.
  const left = file.text.match(new RegExp(`\\b(?:${CONSTANTS.join("|")})\\b`));
  if (left) throw new Error(`nobody has given ${name} its ${left[0]}`);
  return file.contents;
}
