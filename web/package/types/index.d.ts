/** <zoom-meeting>, for TypeScript: `import "zoom-meeting-widget"` makes all of it known. */

import type { Properties, Settings, State, ZoomMeetingEventMap } from "./names.js";

export type * from "./names.js";

/** A page's own way to its notes; positions are in UTF-16 code units. */
export interface NotesAdapter {
  read(): string;
  replace(start: number, end: number, text: string): void | Promise<void>;
}

export interface ZoomMeetingElement extends HTMLElement, Properties {
  readonly dataset: DOMStringMap & { state?: State };
  /** Reads and writes the notes where no field shows them; used instead of `notes`. */
  get notesAdapter(): NotesAdapter | null;
  set notesAdapter(adapter: NotesAdapter | null | undefined);
  /** Reads the notes again: the page's own code has changed them. */
  refresh(): void;
}

export interface ZoomMeetingConstructor {
  new (): ZoomMeetingElement;
  readonly prototype: ZoomMeetingElement;
  /** The release. */
  readonly version: string;
  /** Resolves when all that a first visit does for the next one is done. */
  readonly settled: Promise<void>;
}

export interface LoadOptions extends Settings {
  /** Where the page serves the files that `npx zoom-meeting-widget copy` has put there. Default: `/zoom/`. */
  base?: string | undefined;
  /** The value that vouches for `embed.js`. */
  integrity?: string | undefined;
  /** The page's nonce, where its policy asks for one. */
  nonce?: string | undefined;
}

/**
 * Adds the script's tag to the page, once, and resolves to the element's class when it is defined. On a server it does
 * nothing and resolves to undefined. Rejects if the script does not load; the next call tries again.
 */
export function load(options: LoadOptions): Promise<ZoomMeetingConstructor | undefined>;

declare global {
  interface HTMLElementTagNameMap {
    "zoom-meeting": ZoomMeetingElement;
  }
  // Events bubble: a document and a window hear them, too.
  interface GlobalEventHandlersEventMap extends ZoomMeetingEventMap {}
  interface CustomElementRegistry {
    get(name: "zoom-meeting"): ZoomMeetingConstructor | undefined;
    whenDefined(name: "zoom-meeting"): Promise<ZoomMeetingConstructor>;
  }
}
