/**
 * What every editor's page has: the widget beside it, and one way for tests to ask the editor.
 *
 *     offer({ field: "#notes", load(content) {…}, blocks: () => […], save: () => "…" });
 *
 * `blocks` is what the editor itself holds, told from its own model: paragraphs and list items, as
 * `{ item: boolean, runs: [text, isBold][] }`. `save` is what its host would store.
 */

import "./editors.css";

const CONTENTS = {
  empty: [],
  paragraphs: [
    {
      item: false,
      runs: [
        ["Tea, ", false],
        ["no milk", true],
        [".", false],
      ],
    },
    { item: false, runs: [["Call her back.", false]] },
  ],
  list: [
    { item: false, runs: [["Allergies:", false]] },
    {
      item: true,
      runs: [
        ["nuts, ", false],
        ["bad", true],
      ],
    },
    { item: true, runs: [["latex", false]] },
  ],
  bold: [
    {
      item: false,
      runs: [
        ["Tea, ", false],
        ["no milk", true],
      ],
    },
  ],
};

/** Write blocks as the markup that most editors load. */
export function writeMarkup(blocks) {
  return blocks
    .map(({ item, runs }) => {
      const inner = runs.map(([text, bold]) => (bold ? `<strong>${text}</strong>` : text)).join("");
      return item ? `<ul><li>${inner}</li></ul>` : `<p>${inner}</p>`;
    })
    .join("")
    .replaceAll("</ul><ul>", "");
}

/** Write blocks as the lines that tests compare: "• " before an item, `<b>` around what is bold. */
function writeLines(blocks) {
  return blocks.flatMap(({ item, runs }) => {
    const lines = [""];
    let wasBold = false;
    const turn = (isBold) => {
      if (isBold !== wasBold) lines.push(lines.pop() + (isBold ? "<b>" : "</b>"));
      wasBold = isBold;
    };
    for (const [text, isBold] of runs) {
      for (const [number, part] of text.replaceAll("\u00a0", " ").split("\n").entries()) {
        if (number > 0) {
          turn(false);
          lines.push("");
        }
        if (part) {
          turn(isBold);
          lines.push(lines.pop() + part);
        }
      }
    }
    turn(false);
    return lines.map((line) => (item ? "• " : "") + line);
  });
}

/** Let tests have the editor, with its content and nothing to undo; then let the widget come. */
export async function offer({ field, load, blocks, save, notesAdapter, redoKeys, redo, focus, watch }) {
  const errors = [];
  addEventListener("error", ({ error, message }) => errors.push(String(error ?? message)));
  addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
  const readLines = () => writeLines(blocks());
  const announced = [];
  for (const name of ["created", "removed", "notes-changed"]) {
    document.addEventListener(`zoom-meeting:${name}`, ({ detail }) => {
      announced.push({ name, line: detail.line ?? null, lines: readLines() });
    });
  }

  const content = new URL(location.href).searchParams.get("content") ?? "paragraphs";
  await load(CONTENTS[content]);
  window.editorUnderTest = {
    /** The lines that the editor holds, with their marks. */
    readLines,
    /** What the host would store. */
    save,
    /** What was uncaught in this page. */
    errors,
    /** What the widget told, and the lines that the editor held at that moment. */
    announced,
    /** What a person presses to have undone work again, or what the editor's button does. */
    redoKeys: redo ? null : (redoKeys ?? "Control+Shift+Z"),
    redo,
    /** Give the editor the focus, as the Tab key does, or as it does itself. */
    focus,
  };

  const element = document.createElement("zoom-meeting");
  const attributes = {
    id: "widget",
    appointment: "7",
    client: "Dana Lee",
    starts: "2199-11-12T18:00",
    "time-zone": "America/New_York",
    notes: field,
  };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (notesAdapter) element.notesAdapter = notesAdapter;
  document.body.append(element);
  watch?.(() => element.refresh());
}
