/** The widget's own style sheets, and one thing that a page cannot emulate otherwise: more contrast. */

const ADDRESSES = ["/loading.css", "/widget.css"];
const QUERY = /\(prefers-contrast:\s*more\)/gu;

export async function loadStyles() {
  const texts = await Promise.all(ADDRESSES.map(async (address) => (await fetch(address)).text()));
  const sheets = texts.map(() => new CSSStyleSheet());
  /** @param {boolean} isMore */
  const setMoreContrast = (isMore) => {
    // As if the system had been asked for it: the rules hold always.
    for (const [at, sheet] of sheets.entries()) {
      const text = /** @type {string} */ (texts[at]);
      sheet.replaceSync(isMore ? text.replace(QUERY, "all") : text);
    }
  };
  return { sheets, setMoreContrast };
}
