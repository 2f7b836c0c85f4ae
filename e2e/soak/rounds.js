/**
 * Does some rounds in the page: an appointment opens, gets a meeting, is opened again, which looks the meeting up, loses
 * it, and closes. Each is another appointment with elements of its own.
 */
// biome-ignore lint/suspicious/noUnusedExpressions: the whole file is one function, for Playwright to call
async (/** @type {{ first: number, count: number, patience: number }} */ { first, count, patience }) => {
  const stage = /** @type {HTMLElement} */ (document.getElementById("stage"));
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("appointment"));
  const [NOTES, EVERYTHING] = ["Tea, no milk.\n", { attributes: true, childList: true, subtree: true }];

  /**
   * @param {HTMLElement} element
   * @param {string} what
   * @param {() => unknown} isSo
   */
  const until = (element, what, isSo) =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (isSo()) end(() => resolve(null));
      };
      const end = (/** @type {() => void} */ tell) => {
        observer.disconnect();
        clearTimeout(limit);
        tell();
      };
      const observer = new MutationObserver(look);
      const seen = element.shadowRoot?.textContent;
      const limit = setTimeout(() => end(() => reject(new Error(`not ${what}, but ${seen}`))), patience);
      observer.observe(element, { attributes: true });
      observer.observe(/** @type {ShadowRoot} */ (element.shadowRoot), EVERYTHING);
      look();
    });
  /**
   * @param {HTMLElement} element
   * @param {string} state
   */
  const untilState = (element, state) => until(element, state, () => element.dataset.state === state);
  /**
   * @param {HTMLElement} element
   * @param {string} action
   */
  const press = async (element, action) => {
    const find = () => element.shadowRoot?.querySelector(`[data-action="${action}"]`);
    await until(element, `offering ${action}`, find);
    /** @type {HTMLElement} */ (find()).click();
  };

  for (let number = first; number < first + count; number += 1) {
    const place = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const [notes, opened] = /** @type {[HTMLTextAreaElement, HTMLElement]} */ ([...place.children]);
    opened.setAttribute("appointment", String(number));
    stage.append(place);
    await untilState(opened, "idle");
    await press(opened, "add");
    await untilState(opened, "ready");

    const again = /** @type {HTMLElement} */ (opened.cloneNode());
    opened.replaceWith(again);
    await untilState(again, "ready");
    // Only Zoom knows it: the note has a link.
    await until(again, "looked up", () => again.shadowRoot?.textContent?.includes("Passcode"));
    await press(again, "remove");
    await press(again, "confirm-remove");
    await untilState(again, "idle");
    if (notes.value !== NOTES) throw new Error(`round ${number} has left the notes ${JSON.stringify(notes.value)}`);
    stage.replaceChildren();
    window.meetingEvents.length = 0; // the page keeps them for tests
  }
};
