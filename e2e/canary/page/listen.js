/**
 * Tells the test what happens in a page: what is stored, said to other windows, shown and copied, even for a moment.
 * It runs before any script of the page, and hands everything to `canaryHear`, by the names of places.py.
 */
{
  const TABS = "pywidget:v1:tabs";
  const SIGN_IN = "pywidget:v1:sign-in:";
  const TAB_MESSAGES = { token: "TOKEN_MESSAGE", made: "MADE_MESSAGE" };
  /** Shadow roots of widgets, where a link's address has a place of its own. */
  const WIDGET = "zoom-meeting";

  /** @type {Set<string>} */
  const told = new Set();

  /**
   * @param {string} place
   * @param {...string} texts
   */
  function hear(place, ...texts) {
    const text = texts.join("\n");
    if (told.has(place + text)) return;
    told.add(place + text);
    window.canaryHear(place, text);
  }

  /**
   * Lets a function do what it does, once `tell` has seen what it is called with.
   *
   * @param {any} owner
   * @param {string} name
   * @param {(self: any, ...parameters: any[]) => void} tell
   */
  function overhear(owner, name, tell) {
    const original = owner[name];
    /** @this {unknown} @param {...unknown} parameters */
    owner[name] = function overheard(...parameters) {
      tell(this, ...parameters);
      return original.apply(this, parameters);
    };
  }

  /**
   * @param {boolean} isTabs
   * @param {string} key
   */
  function sortEntry(isTabs, key) {
    if (!isTabs) return "ORIGIN_STORAGE";
    if (key === "pywidget:v1:token") return "TOKEN_ENTRY";
    return key.startsWith(SIGN_IN) ? "ATTEMPT_ENTRY" : "TAB_STORAGE";
  }

  /**
   * @param {string} channel
   * @param {unknown} data
   */
  function sortMessage(channel, data) {
    if (channel.startsWith(SIGN_IN)) return "SIGN_IN_MESSAGE";
    if (channel !== TABS) return "MESSAGE";
    const kind = /** @type {keyof typeof TAB_MESSAGES} */ (JSON.parse(String(data)).kind);
    return TAB_MESSAGES[kind] ?? "TAB_MESSAGE";
  }

  /**
   * Everything in a document or a shadow root, each text with its place.
   *
   * @param {Document | ShadowRoot | DocumentFragment} root
   * @returns {Generator<[string, string]>}
   */
  function* describe(root) {
    const isWidgets = root instanceof ShadowRoot && root.host.localName === WIDGET;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) yield* describeElement(node, isWidgets);
      else yield [sortText(node.parentElement, isWidgets), node.nodeValue ?? ""];
    }
  }

  /**
   * @param {Element} element
   * @param {boolean} isWidgets
   * @returns {Generator<[string, string]>}
   */
  function* describeElement(element, isWidgets) {
    for (const { name, value } of element.attributes) {
      const place = isWidgets && name === "href" ? "LINKS" : sortText(element, isWidgets);
      yield [name === "href" || name === "value" ? place : "DOM", `${name}=${value}`];
    }
    if ("value" in element) yield [sortText(element, isWidgets), String(element.value)];
    if (element instanceof HTMLTemplateElement) yield* describe(element.content);
    if (element.localName === WIDGET) yield* listProperties(element);
    if (element.shadowRoot) yield* describe(element.shadowRoot);
  }

  /**
   * @param {Element | null} holder
   * @param {boolean} isWidgets
   */
  function sortText(holder, isWidgets) {
    if (isWidgets && holder?.matches("[part=by-hand]")) return "BY_HAND";
    if (isWidgets) return holder?.closest("details") ? "DETAILS" : "DOM";
    return holder?.localName === "textarea" ? "NOTES" : "DOM";
  }

  /**
   * @param {any} element
   * @returns {Generator<[string, string]>}
   */
  function* listProperties(element) {
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(element))) {
      if (typeof element[name] === "string") yield ["DOM", `${name}=${element[name]}`];
    }
  }

  /** What the console would show of a value if it were unfolded. */
  function unfold(/** @type {unknown} */ value) {
    try {
      return `${value instanceof Error ? value.stack : ""} ${value} ${JSON.stringify(value)}`;
    } catch {
      return ""; // it has no text, or holds itself
    }
  }

  for (const name of ["debug", "error", "info", "log", "trace", "warn"]) {
    overhear(console, name, (_console, ...values) => hear("CONSOLE", ...values.map(unfold)));
  }
  overhear(Storage.prototype, "setItem", (storage, key, text) => {
    hear(sortEntry(storage === sessionStorage, key), key, text);
  });
  overhear(BroadcastChannel.prototype, "postMessage", ({ name }, data) => {
    hear(sortMessage(name, data), name, JSON.stringify(data));
  });
  // Who sends a message shows in whose function it calls, so this one is heard where it arrives.
  addEventListener("message", ({ origin, data }) => {
    hear(origin === location.origin ? "SIGN_IN_MESSAGE" : "MESSAGE", JSON.stringify(data));
  });
  overhear(window, "open", (_window, _url, name, features) => hear("OPENED", String(name), String(features)));
  for (const name of ["pushState", "replaceState"]) {
    overhear(History.prototype, name, (_history, state, _title, url) => {
      hear("HISTORY", JSON.stringify(state), String(url));
    });
  }
  overhear(EventTarget.prototype, "dispatchEvent", (_target, event) => {
    if (event.type?.startsWith(`${WIDGET}:`)) hear("EVENTS", event.type, JSON.stringify(event.detail));
  });
  if (globalThis.Clipboard) {
    overhear(Clipboard.prototype, "writeText", (_clipboard, text) => hear("CLIPBOARD", text));
  }
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function attachObserved(options) {
    const root = attachShadow.call(this, options);
    const observer = new MutationObserver(() => {
      for (const [place, text] of describe(root)) hear(place, text);
    });
    observer.observe(root, { attributes: true, characterData: true, childList: true, subtree: true });
    return root;
  };

  window.canary = { describe, sortEntry, sortMessage, look: async () => [], readCaches: async () => [] };
}
