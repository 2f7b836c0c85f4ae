/**
 * Trusted Types: a page that requires them (`require-trusted-types-for 'script'`) takes scripts' texts and addresses
 * only from a policy, and may say by name which policies there are (`trusted-types zoom-meeting`). Ours passes on
 * what our own code gives it; it is in no global, so that no other code can use it.
 */

const RULES = {
  createScript: (/** @type {string} */ text) => text,
  createScriptURL: (/** @type {string} */ url) => url,
};

/**
 * The page's policy of this name; where there are no Trusted Types, texts are as good. Throws if the page does not
 * allow the name. TypeScript does not know yet that a text may be of such a type.
 *
 * @param {string} name
 * @returns {typeof RULES}
 */
export const createPolicy = (name) => globalThis.trustedTypes?.createPolicy(name, RULES) ?? RULES;
