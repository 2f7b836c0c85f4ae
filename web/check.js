/**
 * The page of the install check. It collects what only a page can know, has Python look at the rest in a worker, and
 * shows what that says: verdicts and words are Python's, but for a check that cannot start.
 */
import { collectFacts } from "./check-facts.js";
import { diagnoseWorker, explainFailure } from "./check-failure.js";
import { rehearseSignIn } from "./check-rehearsal.js";
import { clearRows, offerCopy, placeRow, renderRow } from "./check-rows.js";
import { createPolicy } from "./trusted-types.js";

const WORKER = new URL(`assets/${CHECK_WORKER.file}`, import.meta.url).href;

/** @import { Problem, Row } from "./check-failure.js" */

/**
 * What the worker sends; pywidget/browser/check_worker.py says when.
 * @typedef {{ summary: string, report: string, redirectUri: string }} Outcome
 */

const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const form = /** @type {HTMLFormElement} */ (find("form"));
const page = /** @type {HTMLInputElement} */ (find("page"));
const tag = /** @type {HTMLTextAreaElement} */ (find("tag"));
const run = /** @type {HTMLButtonElement} */ (find("run"));
const rehearse = /** @type {HTMLButtonElement} */ (find("rehearse"));
const [status, results, summary, rehearsal, copyAll] = [
  find("status"),
  find("results"),
  find("summary"),
  find("rehearsal"),
  find("copy-all"),
];

let report = "";
let redirectUri = "";
let isOver = false;

/**
 * @param {string} text
 * @param {{ busy?: boolean }} [how]
 */
function say(text, { busy = false } = {}) {
  status.classList.remove("unstarted", "quiet");
  status.classList.toggle("busy", busy);
  status.textContent = text;
}

/** @param {Problem} problem */
function fail(problem) {
  if (isOver) return;
  isOver = true;
  worker?.terminate();
  say("");
  run.disabled = true;
  const failure = find("failure");
  failure.querySelector("ul")?.append(renderRow(explainFailure(problem), "Wrong"));
  failure.hidden = false;
}

async function checkPage() {
  if (!form.reportValidity()) return;
  run.disabled = true;
  for (const part of [results, rehearsal, copyAll]) part.hidden = true;
  clearRows(results);
  say("Checking…", { busy: true });
  const url = new URL(location.href);
  url.search = String(new URLSearchParams({ page: page.value }));
  history.replaceState(null, "", url);
  const base = new URL(".", import.meta.url).href;
  const facts = JSON.stringify(await collectFacts());
  worker?.postMessage({ ask: "check", page: page.value, tag: tag.value, base, facts });
}

function check() {
  checkPage().catch((error) => {
    console.error(error);
    fail({ problem: "stopped", message: error.message });
  });
}

const HEARD = {
  ready() {
    run.disabled = false;
    say("");
    if (page.value) check();
    else page.focus();
  },
  failed: fail,
  /** @param {{ row: Row }} message */
  row({ row }) {
    placeRow(results, row);
    results.hidden = false;
    if (run.disabled) summary.textContent = "So far";
  },
  /** @param {Outcome} result */
  done(result) {
    ({ report, redirectUri } = result);
    summary.textContent = result.summary;
    say(result.summary);
    status.classList.add("quiet");
    run.disabled = false;
    rehearsal.hidden = !redirectUri;
    copyAll.hidden = false;
  },
};

function startWorker() {
  let forbidden = false;
  document.addEventListener("securitypolicyviolation", ({ disposition, effectiveDirective }) => {
    if (disposition === "enforce" && effectiveDirective === "worker-src") forbidden = true;
  });
  const explain = async (/** @type {string} */ message) => fail(await diagnoseWorker(WORKER, { forbidden, message }));
  let address;
  try {
    address = createPolicy("pywidget-check").createScriptURL(WORKER);
  } catch {
    fail({ problem: "worker-types" });
    return null;
  }
  try {
    const started = new Worker(address, { type: "module", name: "zoom-meeting check" });
    started.addEventListener("message", ({ data }) => {
      /** @type {keyof typeof HEARD} */
      const told = data.tell;
      HEARD[told](data);
    });
    started.addEventListener("error", ({ message }) => setTimeout(explain, 0, message));
    return started;
  } catch (error) {
    setTimeout(explain, 0, /** @type {Error} */ (error).message); // the policy's event comes after the failure
    return null;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
rehearse.addEventListener("click", async () => {
  const result = rehearseSignIn(redirectUri); // inside the click, or the window counts as unasked
  rehearse.disabled = true;
  say("The sign-in window is open…", { busy: true });
  worker?.postMessage({ ask: "rehearsal", result: JSON.stringify(await result) });
  rehearse.disabled = false;
});
offerCopy(copyAll, () => report);

page.value = new URLSearchParams(location.search).get("page") ?? "";
say("Getting Python ready…", { busy: true });
const worker = startWorker();
