/** Paints every state of the widget, as the address asks: `?theme=dark&lang=ar&text=200&width=320&dir=rtl`. */

import { patch } from "../patch.js";
import { find, findById } from "./elements.js";
import { loadStyles } from "./gallery-styles.js";
import { showPlayground } from "./playground.js";
import { instantiate } from "./templates.js";
import { localize } from "./written-dates.js";

/** @import { ZoomMeeting } from "../element.js" */

/**
 * An element of pywidget/ui/node.py, in JSON.
 * @typedef {[string, Record<string, string>, Description[]]} ElementDescription
 * @typedef {string | ElementDescription} Description
 *
 * What e2e/gallery/routes.py serves.
 * @typedef {{ languages: string[], words: typeof WORDS, sentences: typeof SENTENCES, groups: Record<string, Record<string, ElementDescription>> }} States
 */

const RIGHT_TO_LEFT = new Set(["ar", "he", "fa", "ur"]);
const LINE = "Zoom: [Appointment with Dana Lee] Thursday, March 5 2026 6:00 pm — https://zoom.us/j/86012345678";

const root = document.documentElement;
const switches = find(document, "#switches", HTMLFormElement);
const chosen = new URLSearchParams(location.search);
const language = chosen.get("lang") || "en";

/** @type {States} */
const states = await (await fetch(`/gallery/states.json?lang=${encodeURIComponent(language)}`)).json();
// The build puts them in where they are named; here they are found.
const asset = { file: `words-${language}.json`, digest: "" };
const isEnglish = /^en(?!-x)/u.test(language);
const languages = isEnglish ? {} : { [language]: asset };
Object.assign(globalThis, {
  WORDS: states.words,
  SENTENCES: states.sentences,
  LANGUAGES: languages,
  LANGUAGE_TAGS: Object.keys(languages),
});
await loadWords();
const loader = await import("../loading.js");
const styles = await loadStyles();

showSwitches();
showGroup("Loading", paintLoadingStates);
for (const [title, models] of Object.entries(states.groups)) {
  showGroup(title, (place) => {
    for (const [name, description] of Object.entries(models)) paintState(place, name, description);
  });
}
applySwitches();
showPlayground(findById("board"));
root.dataset.painted = "";

async function loadWords() {
  if (isEnglish) return;
  const { addSentences } = await import("../language.js");
  const { loadSentences } = await import("../translations.js");
  addSentences(language, await loadSentences(language, (file) => `/assets/${file}`));
}

function showSwitches() {
  const names = new Intl.DisplayNames("en", { type: "language" });
  for (const code of states.languages) {
    const name = code.includes("-x-") ? "Pseudo, half as long again" : names.of(code);
    find(switches, "[name=lang]", HTMLSelectElement).add(new Option(name, code));
  }
  for (const select of switches.querySelectorAll("select")) {
    select.value = chosen.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }
  switches.addEventListener("change", ({ target }) => {
    for (const [name, value] of new FormData(switches)) {
      if (value) chosen.set(name, String(value));
      else chosen.delete(name);
    }
    history.replaceState(null, "", `?${chosen}`);
    if (/** @type {HTMLSelectElement} */ (target).name === "lang") location.reload();
    else applySwitches();
  });
  findById("board").addEventListener("click", keepHere);
}

function applySwitches() {
  for (const name of ["theme", "text", "width"]) root.dataset[name] = chosen.get(name) ?? "";
  styles.setMoreContrast(root.dataset.theme?.startsWith("more") ?? false);
  for (const place of document.querySelectorAll(".state__place")) {
    place.setAttribute("dir", chosen.get("dir") || (RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr"));
  }
}

/**
 * A link here leads to meetings and people that are not there.
 *
 * @param {Event} event
 */
function keepHere(event) {
  if (event.composedPath().some((each) => each instanceof HTMLAnchorElement)) event.preventDefault();
}

/**
 * @param {string} title
 * @param {(place: Element) => void} paint
 */
function showGroup(title, paint) {
  const group = instantiate("group-template", { title });
  group.id = title.toLowerCase().replaceAll(" ", "-");
  const link = Object.assign(document.createElement("a"), { href: `#${group.id}`, textContent: title });
  const item = document.createElement("li");
  item.append(link);
  findById("groups").append(item);
  paint(find(group, ".states", HTMLElement));
  findById("board").append(group);
}

/**
 * An element like the widget's own, which nobody defines on this page: it does what it is told here.
 *
 * @param {Element} place
 * @param {string} name
 */
function addHost(place, name) {
  const state = instantiate("state-template", { name });
  const host = /** @type {ZoomMeeting} */ (/** @type {HTMLElement} */ (document.createElement("zoom-meeting")));
  const inside = host.attachShadow({ mode: "open" });
  inside.adoptedStyleSheets = styles.sheets;
  inside.append(...loader.makeRegions());
  const around = find(state, ".state__place", HTMLElement);
  around.lang = language; // the loader reads it when it paints
  around.append(host);
  place.append(state);
  return host;
}

/**
 * @param {Element} place
 * @param {string} name
 * @param {ElementDescription} description
 */
function paintState(place, name, description) {
  const [, set, children] = /** @type {ElementDescription} */ (localize(description, language));
  patch(addHost(place, name), JSON.stringify({ set, children }));
}

/** @param {Element} place */
function paintLoadingStates(place) {
  const { paintLoading, paintFailure, showProgress } = loader;
  const add = (/** @type {string} */ name, /** @type {string} */ notes) => {
    const host = addHost(place, name);
    host.notesAdapter = { read: () => notes, replace: () => {} };
    return host;
  };
  paintLoading(add("no meeting in the notes", ""));
  const early = add("clicked early", "");
  paintLoading(early);
  showProgress(early);
  paintLoading(add("a meeting in the notes", LINE));
  const elsewhere = add("a meeting in the notes, another zone", LINE);
  elsewhere.setAttribute("time-zone", "Pacific/Kiritimati");
  paintLoading(elsewhere);
  const { loader: said, button } = SENTENCES;
  const reload = { action: "reload", label: said.reload };
  paintFailure(add("not-loaded", ""), { text: said.not_loaded, action: "load-again", label: button.try_again });
  paintFailure(add("not-started", ""), { text: said.not_started, ...reload });
  paintFailure(add("stopped", ""), { text: said.stopped, ...reload });
}
