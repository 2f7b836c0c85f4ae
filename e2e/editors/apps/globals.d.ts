/** What the editors' pages have beside their packages' own declarations. */

interface Window {
  editorUnderTest?: import("./page.js").EditorUnderTest;
}

/** Trix has no declarations: what we use of it. */
declare module "trix";

interface TrixEditorElement extends HTMLElement {
  editor: { getDocument(): object; loadHTML(html: string): void; redo(): void };
}
