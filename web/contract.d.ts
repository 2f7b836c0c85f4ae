/** What elements, Python and host pages ask of each other. */

import type { LoadError } from "./download.js";
import type { ZoomMeeting } from "./element.js";
import type { Failure } from "./loading.js";
import type { Sentence } from "./translations.js";

/** A host's own way to its notes; positions are in UTF-16 code units. */
export interface NotesAdapter {
  read(): string;
  replace(start: number, end: number, text: string): void | Promise<void>;
}

/** Python's side of the elements, while it is up. */
export interface Handlers {
  /**
   * `early` is the action of a click that came before, or ""; `tag` is the page's own for its language, and `language`
   * what is spoken now.
   */
  mount(element: ZoomMeeting, early: string, tag: string, language: string): void;
  speak(element: ZoomMeeting, tag: string, language: string): void;
  unmount(element: ZoomMeeting): void;
  change(element: ZoomMeeting): void;
  /** Tells whether the browser is not to follow the link that was clicked. */
  act(element: ZoomMeeting, action: string): boolean;
}

/** What Python has done in the page by one call each, and what it needs to load more of itself. */
export type Helpers = ReturnType<typeof import("./runtime.js").createHelpers>;

/** The tag's attributes and what was configured, by the tag's names, and the address of the folder that its script is in. */
export interface Settings {
  attributes: Record<string, string>;
  base: string;
}

/** What starting Python in the page takes; `startPython` says what each is. */
export interface StartOptions {
  wasm: Promise<Response>;
  scripts: Promise<Uint8Array<ArrayBuffer>>[];
  sheet: CSSStyleSheet;
  onReceived: (percent: number, sentence: Sentence) => void;
  onDelay: (error: LoadError, why: Failure) => void;
  onDeath: (why: Failure) => void;
}
