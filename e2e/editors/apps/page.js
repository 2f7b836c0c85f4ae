/**
 * What every editor's page has: the widget beside it, and one way for tests to ask the editor.
 *
 *     offer({ field: "#notes", load(content) {…}, blocks: () => […], save: () => "…" });
 *
 * `blocks` is what the editor itself holds, told from its own model: paragraphs and list items, as
 * `{ item: boolean, runs: [text, isBold][] }`. `save` is what its host would store.
 */

import "./editors.css";

/** @import { NotesAdapter } from "../../../web/contract.js" */

/**
 * @typedef {[text: string, isBold: boolean]} Run
 * @typedef {{ item: boolean, runs: Run[] }} Block
 *
 * @typedef {object} Offer
 * @property {string} field - the selector that the widget gets
 * @property {(content: Block[]) => void | Promise<void>} load
 * @property {() => Block[]} blocks
 * @property {() => string} save
 * @property {NotesAdapter} [notesAdapter]
 * @property {string} [redoKeys]
 * @property {() => void} [redo]
 * @property {() => void} [focus]
 * @property {(refresh: () => void) => void} [watch] - calls that when the editor has changed its notes
 *
 * @typedef {object} EditorUnderTest
 * @property {() => string[]} readLines - the lines that the editor holds, with their marks
 * @property {() => string} save - what the host would store
 * @property {string[]} errors - what was uncaught in this page
 * @property {object[]} announced - what the widget told, and the lines that the editor held at that moment
 * @property {string | null} redoKeys - what a person presses to have undone work again; null with `redo`
 * @property {(() => void) | undefined} redo - what the editor's own button does for that
 * @property {(() => void) | undefined} focus - gives the editor the focus, as the Tab key does, or as it does itself
 */

/** @type {Record<string, Block[]>} */
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

/**
 * Writes blocks as the markup that most editors load.
 *
 * @param {Block[]} blocks
 */
export function writeMarkup(blocks) {
  return blocks
    .map(({ item, runs }) => {
      const inner = runs.map(([text, bold]) => (bold ? `<strong>${text}</strong>` : text)).join("");
      return item ? `<ul><li>${inner}</li></ul>` : `<p>${inner}</p>`;
    })
    .join("")
    .replaceAll("</ul><ul>", "");
}

/**
 * Writes blocks as the lines that tests compare: "• " before an item, `<b>` around what is bold.
 *
 * @param {Block[]} blocks
 */
function writeLines(blocks) {
  return blocks.flatMap(({ item, runs }) => {
    const lines = [""];
    let wasBold = false;
    const turn = (/** @type {boolean} */ isBold) => {
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

/**
 * Lets tests have the editor, with its content and nothing to undo; then lets the widget come.
 *
 * @param {Offer} offer
 */
export async function offer({ field, load, blocks, save, notesAdapter, redoKeys, redo, focus, watch }) {
  /** @type {string[]} */
  const errors = [];
  addEventListener("error", ({ error, message }) => errors.push(String(error ?? message)));
  addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
  const readLines = () => writeLines(blocks());
  /** @type {object[]} */
  const announced = [];
  for (const name of ["created", "removed", "notes-changed"]) {
    document.addEventListener(`zoom-meeting:${name}`, (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      announced.push({ name, line: detail.line ?? null, lines: readLines() });
    });
  }

  const content = new URL(location.href).searchParams.get("content") ?? "paragraphs";
  await load(CONTENTS[content] ?? []);
  window.editorUnderTest = {
    readLines,
    save,
    errors,
    announced,
    redoKeys: redo ? null : (redoKeys ?? "Control+Shift+Z"),
    redo,
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
