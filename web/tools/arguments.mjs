/** What a program is called with. */
import process from "node:process";

/**
 * The program's arguments: one for each of these names, and what comes behind.
 *
 * @template {string[]} Names
 * @param {Names} names - as the program's usage has them
 * @returns {[...{ [Index in keyof Names]: string }, ...string[]]}
 * @throws {Error} if one is missing
 */
export function readArguments(...names) {
  const given = process.argv.slice(2);
  if (given.length < names.length) throw new Error(`needed: ${names.join(" ")}`);
  return /** @type {[...{ [Index in keyof Names]: string }, ...string[]]} */ (given);
}
