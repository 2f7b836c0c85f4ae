/**
 * Loads the widget from where the page serves it. A bundler takes no part: embed.js finds its files beside itself, so
 * they stay together, as `npx zoom-meeting-widget copy` has put them.
 */

const TAG = "zoom-meeting";
const RELEASE = VERSION;

/** @typedef {import("./types/index.js").ZoomMeetingConstructor} ZoomMeetingConstructor */

/** @type {Promise<ZoomMeetingConstructor> | null} */
let loading = null;
let loadedWith = "";

const toKebabCase = (/** @type {string} */ name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * @param {URL} source
 * @param {Record<string, string | undefined>} attributes
 * @returns {Promise<void>}
 */
function addTag(source, attributes) {
  const there = [...document.querySelectorAll("script")].some(({ src }) => src === source.href);
  if (there) return Promise.resolve();
  const script = document.createElement("script");
  script.type = "module";
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) script.setAttribute(name, value);
  return new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => {
      script.remove(); // so that the next call tries again
      reject(
        new Error(`${source.href} did not load. Run: npx zoom-meeting-widget copy <the folder that is served there>`),
      );
    });
    script.src = source.href;
    document.head.append(script);
  });
}

/** Says once that the files that are served are of another release than the package. */
function compare(/** @type {string} */ version) {
  if (version === RELEASE) return;
  console.warn(
    `zoom-meeting: the page serves version ${version}, the package is ${RELEASE}. Run: npx zoom-meeting-widget copy`,
  );
}

/**
 * Adds the script's tag to the page, once, and resolves to the element's class when it is defined.
 *
 * @param {import("./types/index.js").LoadOptions} options
 * @returns {Promise<ZoomMeetingConstructor | undefined>}
 */
export function load({ base = "/zoom/", integrity, nonce, ...settings }) {
  if (typeof document === "undefined") return Promise.resolve(undefined); // on a server
  const folder = base.endsWith("/") ? base : `${base}/`;
  const source = new URL("embed.js", new URL(folder, document.baseURI));
  const data = Object.entries(settings).map(([name, value]) => [`data-${toKebabCase(name)}`, value]);
  /** @type {Record<string, string | undefined>} */
  const attributes = { integrity, nonce, ...Object.fromEntries(data) };
  const wanted = JSON.stringify([source.href, Object.entries(attributes).sort()]);
  if (loading && wanted !== loadedWith) {
    console.warn("zoom-meeting: load() was called again with other settings. The first ones stay.");
  }
  if (!loading) {
    loadedWith = wanted;
    loading = addTag(source, attributes).then(async () => {
      const element = await customElements.whenDefined(TAG);
      compare(element.version);
      return element;
    });
    loading.catch(() => (loading = null));
  }
  return loading;
}
