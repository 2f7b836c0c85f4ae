/**
 * The element's attributes, and the properties that mirror them: frameworks set a property wherever there is one.
 * `element.timeZone` is the text of `time-zone`, or null without it; null takes the attribute away.
 */

export const ATTRIBUTES = [
  "appointment",
  "client",
  "client-email",
  "client-phone",
  "starts",
  "time-zone",
  "duration",
  "notes",
  "disabled",
];

/** These are there or not, whatever their text. */
const BOOLEAN = new Set(["disabled"]);

const toCamelCase = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

function describe(name) {
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

export function defineProperties(prototype) {
  for (const name of ATTRIBUTES) {
    const descriptor = { __proto__: null, ...describe(name), configurable: true, enumerable: true };
    Object.defineProperty(prototype, toCamelCase(name), descriptor);
  }
}

/** What was set on an element before it was defined hides the properties: it is set once more. */
export function adoptProperties(element) {
  for (const name of [...ATTRIBUTES.map(toCamelCase), "notesAdapter"]) {
    if (!Object.hasOwn(element, name)) continue;
    const value = element[name];
    delete element[name];
    element[name] = value;
  }
}

let isExplained = false;

/** HTML's own rule holds here too, but nobody who writes that means it. */
export function explainDisabled(element) {
  if (isExplained || element.getAttribute("disabled") !== "false") return;
  isExplained = true;
  console.warn(
    'zoom-meeting: disabled="false" disables, as everywhere in HTML. Leave the attribute out, or set the property: element.disabled = false',
  );
}
