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
import process from "node:process";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const [folder, kept] = process.argv.slice(2);
const WAYS = {
  br: (data) =>
    promisify(brotliCompress)(data, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
      },
    }),
  gz: (data) => promisify(gzip)(data, { level: 9 }),
};

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
  .map((name) => join(folder, name))
  .filter((path) => statSync(path).isFile() && !/\.(br|gz)$/.test(path));
await Promise.all(files.flatMap((path) => Object.keys(WAYS).map((way) => compress(path, way))));
