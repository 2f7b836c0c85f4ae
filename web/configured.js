/**
 * The place of what `configure()` was given: one in a page, where each copy of our scripts finds it, whichever comes
 * first.
 */

/** @typedef {Readonly<Record<string, string>>} Configured - by the names that a tag would have */

const PLACE = Symbol.for("zoom-meeting:settings");
const places = /** @type {Record<symbol, Configured | undefined>} */ (/** @type {unknown} */ (globalThis));

/** What was configured until now. */
export const findConfigured = () => places[PLACE] ?? {};

export const keepConfigured = (/** @type {Configured} */ settings) => (places[PLACE] = settings);

/** Takes what was configured: from now on it is too late for more. */
export const takeConfigured = () => keepConfigured(Object.freeze({ ...findConfigured() }));
