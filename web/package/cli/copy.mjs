/** Copies the widget's files. What a page needs is there before embed.js names it, and what it needed goes last. */

import { copyFileSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import path from "node:path";
import { DIST, listLeft, listOwn, readOwn } from "./files.mjs";

/** @param {string} name */
const rank = (name) => (name.includes("/") ? 0 : 1);

/**
 * Takes away a folder that has become empty, and those around it.
 *
 * @param {string} folder
 * @param {string} root
 */
function removeEmpty(folder, root) {
  if (folder === root || readdirSync(folder).length) return;
  rmdirSync(folder);
  removeEmpty(path.dirname(folder), root);
}

/**
 * @param {string} folder
 * @returns {number} the exit code
 */
export function copy(folder) {
  const left = listLeft(folder);
  const names = listOwn().sort((a, b) => rank(a) - rank(b)); // keeps the order of equals: the list stays last
  for (const name of names) {
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(path.join(DIST, name), target);
  }
  for (const name of left) {
    const file = path.resolve(folder, name);
    rmSync(file);
    removeEmpty(path.dirname(file), path.resolve(folder));
  }
  const { version, build } = readOwn();
  const gone = left.length ? ` ${left.length} of an older copy were removed.` : "";
  console.log(`${folder} is version ${version}, build ${build}: ${names.length} files.${gone}`);
  return 0;
}
