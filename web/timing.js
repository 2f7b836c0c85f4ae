/** Waiting. */

/** Resolves after so many milliseconds, or as soon as the page has had its turn. */
export const pause = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Lets the page answer its user before the next long step. */
export const breathe = () => globalThis.scheduler?.yield?.() ?? pause();
