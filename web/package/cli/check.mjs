/** Compares a copy with the package: whether it is this release's, and whole. */

import { existsSync } from "node:fs";
import path from "node:path";
import { DIST, digest, listLeft, listOwn, readList, readOwn } from "./files.mjs";

const MOST = 10; // files that are named

/**
 * @param {string} folder
 * @returns {string[]} sentences without a full stop
 */
function findProblems(folder) {
  const problems = [];
  for (const name of listOwn()) {
    const file = path.join(folder, name);
    if (!existsSync(file)) problems.push(`${name} is missing`);
    else if (digest(file) !== digest(path.join(DIST, name))) problems.push(`${name} is different`);
  }
  return [...problems, ...listLeft(folder).map((name) => `${name} is left from an older copy`)];
}

/**
 * @param {string} folder
 * @returns {number} the exit code: 1 if a copy has to be made
 */
export function check(folder) {
  const own = readOwn();
  const there = readList(folder);
  const command = `Run: npx zoom-meeting-widget copy ${folder}`;
  if (!there) {
    console.error(`${folder} has no copy of the widget. ${command}`);
    return 1;
  }
  if (there.build !== own.build || there.version !== own.version) {
    const what = `version ${there.version}, build ${there.build}`;
    console.error(`${folder} is ${what}; the package is version ${own.version}, build ${own.build}. ${command}`);
    return 1;
  }
  const problems = findProblems(folder);
  if (problems.length) {
    console.error(`${folder} is not as version ${own.version} was built:`);
    for (const problem of problems.slice(0, MOST)) console.error(`  ${problem}`);
    if (problems.length > MOST) console.error(`  and ${problems.length - MOST} more`);
    console.error(command);
    return 1;
  }
  console.log(`${folder} is version ${own.version}, build ${own.build}: ${listOwn().length} files, all as built.`);
  return 0;
}
