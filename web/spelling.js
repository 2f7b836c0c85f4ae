/** The right name for one that was misspelt. */

/** Hyphens and capitals are what is mistaken most: `timezone`, `client_id`. */
const squash = (/** @type {string} */ name) => name.toLowerCase().replace(/[^a-z]/g, "");

/** Short names are like many a word. */
const LONG = 7;

/**
 * How many letters have to be added, left out, put in place of another or exchanged with their neighbor: the distance
 * of optimal string alignment (Damerau 1964).
 *
 * @param {string} one
 * @param {string} other
 */
export function measureDistance(one, other) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      const ways = [at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + Number(!isSame)];
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) ways.push(at(before, j - 2) + 1);
      next.push(Math.min(...ways));
    }
    [before, row] = [row, next];
  }
  return at(row, other.length);
}

const at = (/** @type {number[]} */ row, /** @type {number} */ column) => row[column] ?? Infinity;

/**
 * The known name that somebody meant, or null if this is like none of them.
 *
 * @param {string} name
 * @param {readonly string[]} known
 */
export function findMeant(name, known) {
  const written = squash(name);
  let [meant, least] = [/** @type {string | null} */ (null), Infinity];
  for (const each of known) {
    const right = squash(each);
    const distance = measureDistance(written, right);
    if (distance >= least || distance > (Math.min(right.length, written.length) < LONG ? 1 : 2)) continue;
    [meant, least] = [each, distance];
  }
  return meant;
}
