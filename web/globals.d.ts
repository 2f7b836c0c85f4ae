/** What scripts find without importing it. */

// Put in by the build: web/build.py, web/build_tunnel.py and web/tools/bundle.mjs.
declare const BUILD_ID: string;
declare const CHECK_WORKER: string;
declare const MODULES: string[];
declare const PYODIDE_FOLDER: string;
declare const PYODIDE_LOCK: string;
declare const PYODIDE_VERSION: string;
declare const PYSCRIPT_FOLDER: string;
declare const PYWIDGET: string;
declare const ROOTS: string;
declare const RUNTIME: string;
declare const SNAPSHOT_WORKER: string;
declare const STANDARD_LIBRARY: string;
declare const TLS_WASM: string;
declare const TUNNEL_ARCHIVE: string;
declare const VERSION: string;
declare const WASM: string;

/** The sentences of pywidget/words/, each put in where it is called; one that is not there does not compile. */
declare const WORDS: {
  readonly button: Readonly<Record<"add_meeting" | "try_again", string>>;
  readonly loader: Readonly<
    Record<
      | "getting_ready"
      | "loading_meeting"
      | "not_loaded"
      | "not_started"
      | "reload"
      | "slow"
      | "stopped"
      | "unsupported",
      string
    >
  >;
  readonly callback: Readonly<
    Record<
      "added" | "added_title" | "done" | "done_title" | "nothing" | "nothing_title" | "over" | "over_title",
      string
    >
  >;
};

/** The bundler gives a style sheet's text. */
declare module "*.css" {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: as the bundler has it
  export default text;
}

interface HTMLElementTagNameMap {
  "zoom-meeting": import("./element.js").ZoomMeeting;
}

// Not in every browser yet; `var`, since only that is a property of globalThis.
declare var Temporal: { Now?: { timeZoneId(): string } } | undefined;
declare var trustedTypes:
  | {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): object };
    }
  | undefined;
