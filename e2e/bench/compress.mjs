/** Writes a Brotli file, at the highest quality, beside each file that is named. */
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { compressBrotli } from "../../web/tools/brotli.mjs";

for (const path of process.argv.slice(2)) writeFileSync(`${path}.br`, await compressBrotli(readFileSync(path)));
