/** Notes fields as host pages have them, each with a host that keeps what it was told. */

import { makeEditor } from "./editor.js";

/**
 * What React calls a host of notes: what it holds, and how it treats what comes.
 * @typedef {object} Host
 * @property {string} state
 * @property {boolean} isDeaf
 * @property {boolean} isForgetful
 * @property {{ input: number, change: number }} counted - events heard
 *
 * @typedef {HTMLTextAreaElement | HTMLInputElement} TextField
 * @typedef {"textarea" | "input" | "react" | "plain" | "divs" | "breaks" | "late" | "proud"} Kind
 */

/**
 * The browser's own `value`.
 *
 * @param {TextField} field
 * @returns {{ get(): string, set(text: string): void }}
 */
function findValue(field) {
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
  return { get: () => own?.get?.call(field), set: (text) => own?.set?.call(field, text) };
}

/**
 * What React does to a controlled field: its own `value` property remembers what was last set
 * through it, an `input` event counts only if the real value differs from that, and whatever
 * the state says is put back after each event.
 *
 * @param {TextField} field
 * @param {Host} host
 */
function control(field, host) {
  const real = findValue(field);
  let tracked = real.get();
  Object.defineProperty(field, "value", {
    configurable: true,
    get: () => real.get(),
    set: (text) => {
      tracked = String(text);
      real.set(text);
    },
  });
  const render = () => {
    if (field.value !== host.state) field.value = host.state;
  };
  field.addEventListener("input", () => {
    const text = real.get();
    if (text !== tracked) {
      tracked = text;
      if (!host.isDeaf) host.state = text;
    }
    render();
  });
}

/** How much of what comes in a forgetful host keeps, in characters. */
export const KEPT = 12;

/**
 * A plain host listens; a deaf one puts back what it had, a forgetful one keeps the beginning of what was added.
 *
 * @param {HTMLElement} field
 * @param {Host} host
 * @param {() => string} read
 * @param {(text: string) => void} write
 */
function listen(field, host, read, write) {
  field.addEventListener("input", () => {
    if (host.isDeaf) write(host.state);
    else if (host.isForgetful) write(read().slice(0, host.state.length + KEPT));
    else host.state = read();
  });
}

/**
 * @param {string} text
 * @param {Kind} kind
 */
function makeLines(text, kind) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  text.split("\n").forEach((line, index) => {
    if (kind === "divs") {
      const div = document.createElement("div");
      div.append(line || document.createElement("br"));
      nodes.push(div);
    } else {
      if (index) nodes.push(document.createElement("br"));
      if (line) nodes.push(line);
    }
  });
  return text ? nodes : [];
}

/** @param {Kind} kind */
export function makeField(kind) {
  const isText = ["textarea", "input", "react"].includes(kind);
  const field = document.createElement(isText ? kind.replace("react", "textarea") : "div");
  const textField = /** @type {TextField} */ (field); // if it is one
  field.id = "notes";
  document.getElementById("host")?.replaceChildren(field);
  /** @type {Host} */
  const host = { state: "", isDeaf: false, isForgetful: false, counted: { input: 0, change: 0 } };
  // biome-ignore lint/performance/useDomNodeTextContent: as it is shown, with its line breaks
  const readShown = () => field.innerText.replaceAll("\u00a0", " ").replace(/\n$/, "");
  const read = () => (isText ? textField.value : readShown());
  /** @type {(text: string) => void} */
  let write = (text) => findValue(textField).set(text);
  if (!isText) {
    field.contentEditable = "true";
    if (kind === "plain") field.className = "pre";
    write = (text) => {
      if (kind === "plain") field.textContent = text;
      else field.replaceChildren(...makeLines(text, kind));
    };
  }
  const isEditor = kind === "late" || kind === "proud";
  const editor = isEditor && makeEditor(field, kind, (text) => (host.state = text));
  if (editor) ({ write } = editor);
  else if (kind === "react") control(textField, host);
  else listen(field, host, read, write);
  field.addEventListener("input", () => (host.counted.input += 1));
  field.addEventListener("change", () => (host.counted.change += 1));
  return {
    field,
    host,
    undo: () => (editor ? editor.undo() : document.execCommand("undo")),
    makeDeaf: () => {
      host.isDeaf = true;
      if (editor) editor.makeDeaf();
    },
    makeForgetful: () => {
      host.isForgetful = true;
      if (editor) editor.makeForgetful(KEPT);
    },
    remove: () => {
      if (editor) editor.leave();
      field.remove();
    },
    forget: () => (host.counted = { input: 0, change: 0 }),
    count: (/** @type {"input" | "change"} */ name) => host.counted[name],
    write: (/** @type {string} */ text) => {
      host.isDeaf = false;
      host.isForgetful = false;
      field.removeAttribute("maxlength");
      field.classList.remove("hidden");
      write(text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      host.state = text;
    },
    select: (/** @type {number} */ start, /** @type {number} */ end) => {
      if (isText) {
        textField.setSelectionRange(start, end);
        return;
      }
      const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
      const text = /** @type {Text} */ (walker.nextNode());
      document.getSelection()?.setBaseAndExtent(text, start, text, end);
    },
    describe: () => {
      if (isText) {
        const { selectionStart, selectionEnd, selectionDirection } = textField;
        return `${selectionStart}-${selectionEnd}-${selectionDirection}`;
      }
      const selection = /** @type {Selection} */ (document.getSelection());
      const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
      const name = (/** @type {Node | null} */ node) => `${node?.nodeName} ${node?.textContent?.slice(0, 8)}`;
      return `${name(anchorNode)}@${anchorOffset}-${name(focusNode)}@${focusOffset}`;
    },
  };
}

/**
 * A storage of a browser that blocks site data; returns what puts it back.
 *
 * @param {"localStorage" | "sessionStorage"} name
 */
export function refuseStorage(name) {
  const real = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(window, name));
  Object.defineProperty(window, name, {
    configurable: true,
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
  return () => Object.defineProperty(window, name, real);
}

export function refuseClipboard() {
  const real = navigator.clipboard.writeText;
  navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  return () => (navigator.clipboard.writeText = real);
}

export function refuseLocks() {
  navigator.locks.request = () => Promise.reject(new DOMException("denied", "SecurityError"));
  return () => Reflect.deleteProperty(navigator.locks, "request");
}

export function takeLocksAway() {
  const real = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(Navigator.prototype, "locks"));
  Reflect.deleteProperty(Navigator.prototype, "locks");
  return () => Object.defineProperty(Navigator.prototype, "locks", real);
}

/**
 * Another tab takes a lock and keeps it; resolves to its window when it has it.
 *
 * @param {string} name
 */
export async function holdInATab(name) {
  const tab = /** @type {Window} */ (window.open("/blank.html", "_blank", ""));
  // The first document is an empty one, and has no lock manager of this origin's.
  while (tab.location.pathname !== "/blank.html" || tab.document.readyState !== "complete") {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((/** @type {(done: void) => void} */ held) => {
    tab.navigator.locks.request(name, () => {
      held();
      return new Promise(() => {});
    });
  });
  return tab;
}

export function blockPopups() {
  const real = window.open;
  window.open = () => null;
  return () => (window.open = real);
}

/** For observers that are asked. */
export function ignore() {}
