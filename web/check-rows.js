/** The rows of the install check: each stands in the list of its verdict, in the order in which it came. */

const COPIED_MS = 2000;

/** Has a button copy a text, and say that it has. */
export function offerCopy(button, getText) {
  const word = button.textContent;
  let back = 0;
  button.addEventListener("click", async () => {
    clearTimeout(back);
    try {
      await navigator.clipboard.writeText(getText());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied"; // no clipboard in an insecure context: the text can be selected
    }
    back = setTimeout(() => (button.textContent = word), COPIED_MS);
  });
}

/** Makes one of what Python sent. */
export function renderRow({ id, title, verdict, finding, remedy, copy }, word) {
  const row = document.getElementById("row").content.firstElementChild.cloneNode(true);
  const find = (part) => row.querySelector(`.${part}`);
  row.dataset.row = id;
  row.dataset.verdict = verdict;
  row.querySelector("use").setAttribute("href", `#icon-${verdict}`);
  for (const [part, text] of Object.entries({ title, finding, remedy, verdict: word })) {
    find(part).textContent = text;
    if (!text) find(part).remove();
  }
  if (copy) {
    const button = row.querySelector("button");
    row.querySelector("code").textContent = copy;
    button.setAttribute("aria-label", `Copy: ${title}`);
    offerCopy(button, () => copy);
  } else {
    find("copy").remove();
  }
  return row;
}

/** Puts it under its verdict, in the place of the one with the same id. */
export function showRow(results, row) {
  results.querySelector(`[data-row="${CSS.escape(row.id)}"]`)?.remove();
  const section = results.querySelector(`section[data-verdict="${CSS.escape(row.verdict)}"]`);
  section.querySelector("ul").append(renderRow(row, section.dataset.word));
  hideEmpty(results);
}

export function clearRows(results) {
  for (const row of results.querySelectorAll("[data-row]")) row.remove();
  hideEmpty(results);
}

function hideEmpty(results) {
  for (const section of results.querySelectorAll("section[data-verdict]")) {
    section.hidden = !section.querySelector("[data-row]");
  }
}
