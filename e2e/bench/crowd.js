/**
 * Adds many elements in one go, each with notes of its own, half of them with a meeting in them.
 * Resolves when nothing has come to life for a while: with the time of the last one that has.
 */
// biome-ignore lint/suspicious/noUnusedExpressions: the whole file is one function, for Playwright to call
async (
  /** @type {{ count: number, layout: string, line: string, quiet: number }} */ { count, layout, line, quiet },
) => {
  const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const crowd = find("crowd");
  crowd.replaceChildren();
  crowd.dataset.layout = layout;
  await new Promise((resolve) => setTimeout(resolve, quiet)); // the former crowd is let go

  /** @type {Set<HTMLElement>} */
  const alive = new Set();
  let last = performance.now();
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      const target = /** @type {HTMLElement} */ (record.target);
      if (!target.dataset.state || target.dataset.state === "loading" || alive.has(target)) continue;
      alive.add(target);
      last = performance.now();
    }
  });
  observer.observe(crowd, { subtree: true, attributeFilter: ["data-state"] });

  const start = performance.now();
  const template = find("plain");
  const places = document.createDocumentFragment();
  for (let number = 0; number < count; number += 1) {
    const notes = document.createElement("textarea");
    notes.id = `notes-${number}`;
    if (number % 2) notes.value = line;
    const element = /** @type {HTMLElement} */ (template.cloneNode());
    element.id = `widget-${number}`;
    element.setAttribute("appointment", String(1000 + number));
    element.setAttribute("notes", `#${notes.id}`);
    const place = document.createElement("div");
    place.className = "place";
    place.append(element, notes);
    places.append(place);
  }
  crowd.append(places);

  while (alive.size < count && performance.now() - last < quiet) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  observer.disconnect();
  const states = [...alive].map(({ dataset }) => dataset.state);
  const counted = (/** @type {string} */ name) => states.filter((state) => state === name).length;
  return { ms: last - start, alive: alive.size, idle: counted("idle"), ready: counted("ready") };
};
