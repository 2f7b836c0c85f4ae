/**
 * Makes the gallery ready for pictures that look the same on every machine.
 *
 * Facts: a font that is made from bytes is not a matter for the page's policy (CSP 3, font-src: it is about requests for
 * fonts). What begins between two pixels is smoothed, so what stands above would change it.
 */

/** Package, script as its unicode.json names it, weights: what the gallery has letters of. */
const FONTS = /** @type {const} */ ([
  ["@fontsource-variable/noto-sans", "latin", "wght"],
  ["@fontsource-variable/noto-sans", "latin-ext", "wght"],
  ["@fontsource-variable/noto-sans-arabic", "arabic", "wght"],
  ["@fontsource/noto-sans-symbols-2", "symbols", "400"], // the key ⌘
]);
const FAMILY = "Pictures";
const LOOKS = `
  body { font-family: ${FAMILY}; }
  h2 { line-height: 24px; }
  zoom-meeting { --zoom-meeting-font: 400 0.9375rem/1.4 ${FAMILY}; }
`;

/** @typedef {{ name: string, x: number, y: number, width: number, height: number }} Box - of a state, in pixels of its group */

/** Resolves when all is as it will be in the pictures, but for what a timer still has to bring. */
export async function prepare() {
  for (const font of await Promise.all(FONTS.map(loadFont))) document.fonts.add(font);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LOOKS);
  document.adoptedStyleSheets.push(sheet);
}

/** @param {typeof FONTS[number]} font */
async function loadFont([name, script, weights]) {
  const folder = `/gallery/fonts/${name}`;
  const file = `${name.split("/")[1]}-${script}-${weights}-normal.woff2`;
  /** @type {Record<string, string>} */
  const ranges = await (await fetch(`${folder}/unicode.json`)).json();
  const bytes = await (await fetch(`${folder}/files/${file}`)).arrayBuffer();
  return new FontFace(FAMILY, bytes, { weight: "100 900", unicodeRange: ranges[script] ?? "" }).load();
}

/** Gives every state a height in whole pixels, so that each begins on one. */
export function alignStates() {
  const states = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".state")]);
  for (const state of states) state.style.blockSize = "";
  const heights = states.map((state) => Math.ceil(state.getBoundingClientRect().height));
  for (const [at, state] of states.entries()) state.style.blockSize = `${heights[at]}px`;
}

/**
 * Where the states of a group stand in its picture.
 *
 * @param {Element} group
 * @returns {Box[]}
 */
export function listBoxes(group) {
  const { left, top } = group.getBoundingClientRect();
  return [...group.querySelectorAll(".state")].map((state) => {
    const box = state.getBoundingClientRect();
    const name = state.querySelector(".state__name")?.textContent ?? "";
    return {
      name,
      x: Math.round(box.left - left),
      y: Math.round(box.top - top),
      width: Math.round(box.width),
      height: Math.round(box.height),
    };
  });
}
