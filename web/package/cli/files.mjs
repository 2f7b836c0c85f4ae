/** The files of the package and of a copy. A copy's own list, manifest.json, says what it was made of. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const MANIFEST = "manifest.json";

/** Where a part of the widget has a list of its own. */
const PARTS = ["", "tunnel/"];

/** A server sends these instead of the files beside them. */
const COMPRESSED = ["", ".br", ".gz"];

export const DIST = fileURLToPath(new URL("../dist/", import.meta.url));

/** @typedef {{ version: string, build: string, names: string[] }} List */

/**
 * What the list in a folder says; null without one.
 *
 * @param {string} folder
 * @returns {List | null}
 */
export function readList(folder) {
  const file = path.join(folder, MANIFEST);
  if (!existsSync(file)) return null;
  try {
    const { version, build } = JSON.parse(readFileSync(file, "utf8"));
    return { version: String(version), build: String(build), names: PARTS.flatMap((part) => listPart(folder, part)) };
  } catch {
    return { version: "unknown", build: "unknown", names: [] }; // not a list any more: nothing is known to be a copy's
  }
}

/**
 * @param {string} folder
 * @param {string} part
 * @returns {string[]}
 */
function listPart(folder, part) {
  const file = path.join(folder, part, MANIFEST);
  if (!existsSync(file)) return [];
  const names = Object.keys(JSON.parse(readFileSync(file, "utf8")).files);
  return [...names.flatMap((name) => COMPRESSED.map((end) => part + name + end)), part + MANIFEST];
}

/** The package's own list. */
export function readOwn() {
  const list = readList(DIST);
  if (!list) throw new Error("The package has no files of the widget in it.");
  return list;
}

/** The names of all files that the package has, its list last: a copy that was interrupted is none. */
export function listOwn() {
  const names = readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(DIST, path.join(entry.parentPath ?? entry.path, entry.name)));
  const plain = names.map((name) => name.split(path.sep).join("/")).sort();
  return [...plain.filter((name) => name !== MANIFEST), MANIFEST];
}

/**
 * What an older copy has left in a folder: its own list names it, it is there, and the package has no such file.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function listLeft(folder) {
  const own = new Set(listOwn());
  const root = path.resolve(folder) + path.sep;
  return (readList(folder)?.names ?? []).filter((name) => {
    const file = path.resolve(folder, name);
    return file.startsWith(root) && !own.has(name) && existsSync(file); // a list may name anything
  });
}

/**
 * @param {string} file
 * @returns {string}
 */
export function digest(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
