/** What scripts find without importing it. */

// Put in by the build: web/build.py, web/build_tunnel.py and web/tools/bundle.mjs.
declare const BUILD_ID: string;
declare const CHECK_WORKER: import("./download.js").Asset;
declare const DOWNLOAD_SIZE: number;
declare const LANGUAGES: Record<string, import("./download.js").Asset>;
declare const LANGUAGE_TAGS: string[];
declare const PYODIDE_FOLDER: string;
declare const PYODIDE_LOCK: string;
declare const PYODIDE_MODULES: import("./download.js").Asset[];
declare const PYODIDE_VERSION: string;
declare const PYSCRIPT_FOLDER: string;
declare const PYSCRIPT_MODULES: import("./download.js").Asset[];
declare const PYWIDGET: import("./download.js").Asset;
declare const ROOTS: import("./download.js").Asset;
declare const RUNTIME: import("./download.js").Asset;
declare const SCRIPT_FILES: string[];
declare const SNAPSHOT_WORKER: import("./download.js").Asset;
declare const STANDARD_LIBRARY: import("./download.js").Asset;
declare const TLS_WASM: import("./download.js").Asset;
declare const TUNNEL: import("./download.js").Asset;
declare const TUNNEL_ARCHIVE: import("./download.js").Asset;
declare const VERSION: string;
declare const WASM: import("./download.js").Asset;
declare const WASM_FILE: string;

/** A sentence of pywidget/words/ that has no translation where it is said; one that is not there does not compile. */
declare const WORDS: { readonly loader: Readonly<Record<"unsupported", string>> };

/** Those that have one, each put in where it is called. */
declare const SENTENCES: {
  readonly button: Readonly<Record<"add_meeting" | "try_again", import("./translations.js").Sentence>>;
  readonly panel: Readonly<Record<"name" | "named", import("./translations.js").Sentence>>;
  readonly row: Readonly<Record<"disabled", import("./translations.js").Sentence>>;
  readonly loader: Readonly<
    Record<
      | "first_time"
      | "getting_ready"
      | "late"
      | "loading_meeting"
      | "not_loaded"
      | "not_started"
      | "reload"
      | "slow"
      | "stopped",
      import("./translations.js").Sentence
    >
  >;
  readonly callback: Readonly<
    Record<
      | "added"
      | "added_title"
      | "connecting"
      | "connecting_title"
      | "done"
      | "done_title"
      | "nothing"
      | "nothing_title"
      | "over"
      | "over_title"
      | "page_title",
      import("./translations.js").Sentence
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
declare var trustedTypes: { createPolicy<Rules>(name: string, rules: Rules): Rules } | undefined;
