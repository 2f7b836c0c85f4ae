/** Notes fields as host pages have them, each with a host that keeps what it was told. */

import { makeEditor } from "./editor.js";

const valueOf = (field) => Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");

/**
 * What React does to a controlled field: its own `value` property remembers what was last set
 * through it, an `input` event counts only if the real value differs from that, and whatever
 * the state says is put back after each event.
 */
function control(field, host) {
  const real = valueOf(field);
  let tracked = real.get.call(field);
  Object.defineProperty(field, "value", {
    configurable: true,
    get: () => real.get.call(field),
    set: (text) => {
      tracked = String(text);
      real.set.call(field, text);
    },
  });
  const render = () => {
    if (field.value !== host.state) field.value = host.state;
  };
  field.addEventListener("input", () => {
    const text = real.get.call(field);
    if (text !== tracked) {
      tracked = text;
      if (!host.isDeaf) host.state = text;
    }
    render();
  });
}

/** How much of what comes in a forgetful host keeps, in characters. */
export const KEPT = 12;

/** A plain host listens; a deaf one puts back what it had, a forgetful one keeps the beginning of what was added. */
function listen(field, host, read, write) {
  field.addEventListener("input", () => {
    if (host.isDeaf) write(host.state);
    else if (host.isForgetful) write(read().slice(0, host.state.length + KEPT));
    else host.state = read();
  });
}

function lines(text, kind) {
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

export function makeField(kind) {
  const isText = ["textarea", "input", "react"].includes(kind);
  const isEditor = ["late", "proud"].includes(kind);
  const field = document.createElement(isText ? kind.replace("react", "textarea") : "div");
  field.id = "notes";
  document.getElementById("host").replaceChildren(field);
  const host = { state: "", isDeaf: false, counted: { input: 0, change: 0 } };
  const read = () => (isText ? field.value : field.innerText.replaceAll("\u00a0", " ").replace(/\n$/, ""));
  let write = (text) => valueOf(field).set.call(field, text);
  if (!isText) {
    field.contentEditable = "true";
    if (kind === "plain") field.className = "pre";
    write = (text) => {
      if (kind === "plain") field.textContent = text;
      else field.replaceChildren(...lines(text, kind));
    };
  }
  const editor = isEditor && makeEditor(field, kind, (text) => (host.state = text));
  if (editor) write = editor.write;
  else if (kind === "react") control(field, host);
  else listen(field, host, read, write);
  for (const name of ["input", "change"]) {
    field.addEventListener(name, () => (host.counted[name] += 1));
  }
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
    count: (name) => host.counted[name],
    write: (text) => {
      host.isDeaf = false;
      host.isForgetful = false;
      field.removeAttribute("maxlength");
      field.classList.remove("hidden");
      write(text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      host.state = text;
    },
    select: (start, end) => {
      if (isText) {
        field.setSelectionRange(start, end);
        return;
      }
      const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
      const text = walker.nextNode();
      document.getSelection().setBaseAndExtent(text, start, text, end);
    },
    describe: () => {
      if (isText) {
        return `${field.selectionStart}-${field.selectionEnd}-${field.selectionDirection}`;
      }
      const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection();
      const name = (node) => `${node?.nodeName} ${node?.textContent.slice(0, 8)}`;
      return `${name(anchorNode)}@${anchorOffset}-${name(focusNode)}@${focusOffset}`;
    },
  };
}

/** A storage of a browser that blocks site data; returns what puts it back. */
export function refuseStorage(name) {
  const real = Object.getOwnPropertyDescriptor(window, name);
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
  return () => delete navigator.locks.request;
}

export function takeLocksAway() {
  const real = Object.getOwnPropertyDescriptor(Navigator.prototype, "locks");
  delete Navigator.prototype.locks;
  return () => Object.defineProperty(Navigator.prototype, "locks", real);
}

/** Another tab takes a lock and keeps it; resolves to its window when it has it. */
export async function holdInATab(name) {
  const tab = window.open("/blank.html", "_blank", "");
  // The first document is an empty one, and has no lock manager of this origin's.
  while (tab.location.pathname !== "/blank.html" || tab.document.readyState !== "complete") {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((held) => {
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
