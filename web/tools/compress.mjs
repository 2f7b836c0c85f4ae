/**
 * Puts a .br and a .gz beside each file of a folder, so that the server has nothing to compress.
 *
 *     node web/tools/compress.mjs FOLDER CACHE_FOLDER
 *
 * Brotli at its best takes most of a minute for WebAssembly, so what was compressed once is kept, by its hash.
 */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { readArguments } from "./arguments.mjs";
import { compressBrotli } from "./brotli.mjs";

const [folder, kept] = readArguments("FOLDER", "CACHE_FOLDER");
const WAYS = {
  br: compressBrotli,
  gz: (/** @type {Buffer} */ data) => promisify(gzip)(data, { level: 9 }),
};

/**
 * @param {string} path
 * @param {keyof typeof WAYS} way - the ending, too
 */
async function compress(path, way) {
  const data = readFileSync(path);
  const hash = createHash("sha256").update(data).digest("hex");
  const before = join(kept, `${hash}.${way}`);
  if (!existsSync(before)) {
    writeFileSync(`${before}.unfinished`, await WAYS[way](data));
    renameSync(`${before}.unfinished`, before);
  }
  copyFileSync(before, `${path}.${way}`);
}

mkdirSync(kept, { recursive: true });
const files = readdirSync(folder, { recursive: true })
  .map((name) => join(folder, String(name)))
  .filter((path) => statSync(path).isFile() && !/\.(br|gz)$/.test(path));
await Promise.all(files.flatMap((path) => [compress(path, "br"), compress(path, "gz")]));
