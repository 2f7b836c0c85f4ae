/** Calls `load()` on a page that is as small as it can be, and prints what came of it. */

const tags = [];
const defined = {};
globalThis.document = {
  baseURI: "https://app.example/book/812",
  querySelectorAll: () => tags,
  createElement: () => {
    const heard = {};
    const attributes = {};
    const remove = () => tags.splice(tags.indexOf(tag), 1);
    const tag = { attributes, heard, remove };
    tag.setAttribute = (name, value) => (attributes[name] = value);
    tag.addEventListener = (name, listener) => (heard[name] = listener);
    return tag;
  },
  head: { append: (tag) => tags.push(tag) },
};
globalThis.customElements = { whenDefined: async () => defined };
const warnings = [];
console.warn = (text) => warnings.push(text);

// biome-ignore lint/correctness/noUndeclaredDependencies: the page that this is copied into has it
const { load } = await import("zoom-meeting-widget");

const failed = load({ clientId: "abc" }).catch((error) => error.message);
tags[0].heard.error();
const failure = await failed;
const afterFailure = tags.length;

defined.version = "1.0.0";
const first = load({ clientId: "abc", redirectUri: "/back.html", nonce: "n", base: "/static" });
const second = load({ nonce: "n", redirectUri: "/back.html", base: "/static", clientId: "abc" });
const warnedOfTheSame = warnings.length;
load({ clientId: "other" });
tags[0].heard.load();
const isTheClass = (await first) === defined && (await second) === defined;
const [{ type, src, attributes }] = tags;
console.log(
  JSON.stringify({
    failure,
    afterFailure,
    count: tags.length,
    type,
    src,
    attributes,
    warnedOfTheSame,
    warnings,
    isTheClass,
  }),
);
