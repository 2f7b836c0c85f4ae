/**
 * The element's name, its attributes, and the properties that mirror them: frameworks set a property wherever there is one.
 * `element.timeZone` is the text of `time-zone`, or null without it; null takes the attribute away.
 */

export const TAG = "zoom-meeting";

export const ATTRIBUTES = [
  "appointment",
  "client",
  "client-email",
  "client-phone",
  "client-time-zone",
  "status",
  "zoom-account",
  "host-email",
  "starts",
  "time-zone",
  "duration",
  "notes",
  "disabled",
  "read-only",
];

/** These are there or not, whatever their text. */
export const BOOLEAN = new Set(["disabled", "read-only"]);

export const toCamelCase = (/** @type {string} */ name) =>
  name.replace(/-(\w)/g, (_, /** @type {string} */ letter) => letter.toUpperCase());

/**
 * @param {string} name
 * @returns {PropertyDescriptor & ThisType<Element>}
 */
function describeProperty(name) {
  if (BOOLEAN.has(name)) {
    return {
      get() {
        return this.hasAttribute(name);
      },
      set(value) {
        this.toggleAttribute(name, Boolean(value));
      },
    };
  }
  return {
    get() {
      return this.getAttribute(name);
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  };
}

/** @param {Element} prototype */
export function defineProperties(prototype) {
  for (const name of ATTRIBUTES) {
    const descriptor = { __proto__: null, ...describeProperty(name), configurable: true, enumerable: true };
    Object.defineProperty(prototype, toCamelCase(name), descriptor);
  }
}

/**
 * What was set on an element before it was defined hides the properties: it is set once more.
 *
 * @param {Element} element
 */
export function adoptProperties(element) {
  for (const name of [...ATTRIBUTES.map(toCamelCase), "notesAdapter"]) {
    if (!Object.hasOwn(element, name)) continue;
    const own = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (element));
    const value = own[name];
    delete own[name];
    own[name] = value;
  }
}
