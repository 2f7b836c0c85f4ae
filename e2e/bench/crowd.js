/**
 * Adds many elements in one go, each with notes of its own, half of them with a meeting in them.
 * Resolves when nothing has come to life for a while: with the time of the last one that has.
 */
async ({ count, layout, line, quiet }) => {
  const crowd = document.getElementById("crowd");
  crowd.replaceChildren();
  crowd.dataset.layout = layout;
  await new Promise((resolve) => setTimeout(resolve, quiet)); // the former crowd is let go

  const alive = new Set();
  let last = performance.now();
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      if (!target.dataset.state || target.dataset.state === "loading" || alive.has(target)) continue;
      alive.add(target);
      last = performance.now();
    }
  });
  observer.observe(crowd, { subtree: true, attributeFilter: ["data-state"] });

  const start = performance.now();
  const template = document.getElementById("plain");
  const places = document.createDocumentFragment();
  for (let number = 0; number < count; number++) {
    const notes = document.createElement("textarea");
    notes.id = `notes-${number}`;
    if (number % 2) notes.value = line;
    const element = template.cloneNode();
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
  const counted = (name) => states.filter((state) => state === name).length;
  return { ms: last - start, alive: alive.size, idle: counted("idle"), ready: counted("ready") };
};
