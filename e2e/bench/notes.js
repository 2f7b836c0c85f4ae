/** Fills the notes, and measures from a changed attribute to the meeting that stands in them. */
// biome-ignore lint/suspicious/noUnusedExpressions: the whole file is one function, for Playwright to call
async (/** @type {{ text: string, rich: boolean, patience: number }} */ { text, rich, patience }) => {
  const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const element = find(rich ? "rich" : "plain");
  const field = find(rich ? "rich-notes" : "no-notes");

  /** @param {string} lines */
  function fill(lines) {
    if (!rich) {
      /** @type {HTMLTextAreaElement} */ (field).value = lines;
      return;
    }
    const blocks = lines.split("\n").map((line) => {
      const block = document.createElement("div");
      block.textContent = line;
      return block;
    });
    field.replaceChildren(...blocks);
  }

  /** @param {string} expected - the state */
  function reopen(expected) {
    const start = performance.now();
    const settled = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`still ${element.dataset.state}`)), patience);
      const observer = new MutationObserver(() => {
        if (element.dataset.state !== expected) return;
        observer.disconnect();
        resolve(performance.now() - start);
      });
      observer.observe(element, { attributeFilter: ["data-state"] });
    });
    element.setAttribute("appointment", String(Number(element.getAttribute("appointment")) + 10));
    return settled;
  }

  if (element.dataset.state === "ready") {
    fill("");
    await reopen("idle");
  }
  fill(text);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return reopen("ready");
};
