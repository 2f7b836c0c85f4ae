#!/usr/bin/env node

/** Puts the widget's files where a page serves them, and says whether those there are current. */

import process from "node:process";
import { check } from "./check.mjs";
import { copy } from "./copy.mjs";
import { readOwn } from "./files.mjs";

const USAGE = `zoom-meeting-widget copy FOLDER    put the widget's files there, and take away what an older copy left
zoom-meeting-widget check FOLDER   say whether the files there are this version's, and whole
zoom-meeting-widget --version

FOLDER is what the page serves as /zoom/, such as public/zoom.`;

const COMMANDS = { copy, check };

/**
 * @param {string[]} words
 * @returns {number} the exit code: 1 if the files are not current, 2 if the command is not understood
 */
function run([name = "", folder, ...rest]) {
  if (name === "--version") {
    console.log(readOwn().version);
    return 0;
  }
  if (name === "--help") {
    console.log(USAGE);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name) || !folder || rest.length) {
    console.error(USAGE);
    return 2;
  }
  const command = COMMANDS[/** @type {keyof typeof COMMANDS} */ (name)];
  return command(folder);
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
