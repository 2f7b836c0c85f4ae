/** What the tests' pages hand to tests, and what the pages' frameworks take for elements. */

interface Window {
  /** What the widgets of a host page have told (e2e/hosts/host.js). */
  complaints: string[];
  meetingEvents: { name: string; element: string; detail: unknown }[];
  /** The notes of e2e/hosts/notes-keeper.js. */
  keeper: object;
  /** What e2e/hosts/recorder.js has seen. */
  recorded: string[];
  /** The editor of e2e/hosts/apps/quill.js. */
  quill: object;
  /** e2e/contracts/page/fields.js. */
  contracts: object;
  /** e2e/soak/counters.js. */
  soak: { count(): Promise<Record<string, number>>; countPython(): string };
  /** e2e/bench/probe.js. */
  bench: object;
  /** e2e/canary/page/. */
  canary: {
    describe(root: Document | ShadowRoot | DocumentFragment): Generator<[string, string]>;
    sortEntry(isTabs: boolean, key: string): string;
    sortMessage(channel: string, data: unknown): string;
    look(): Promise<[string, string][]>;
    readCaches(): Promise<string[]>;
  };
  /** The test's own ear: the name of a place, and what was found there. */
  canaryHear(place: string, text: string): void;
}

// biome-ignore lint/style/noNamespace: where React looks for elements
declare namespace React.JSX {
  interface IntrinsicElements {
    "zoom-meeting": Record<string, unknown>;
  }
}
