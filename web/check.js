/**
 * The page of the install check. It collects what only a page can know, has Python look at the rest in a worker, and
 * shows what that says: verdicts and words are Python's, but for a check that cannot start.
 */
import { collectFacts } from "./check-facts.js";
import { diagnoseWorker, explainFailure } from "./check-failure.js";
import { rehearse } from "./check-rehearsal.js";
import { clearRows, offerCopy, renderRow, showRow } from "./check-rows.js";

const WORKER = new URL(`assets/${CHECK_WORKER}`, import.meta.url).href;

const find = (id) => document.getElementById(id);
const [form, page, tag, run, status, results, summary, rehearsal] = //
  ["form", "page", "tag", "run", "status", "results", "summary", "rehearsal"].map(find);

let report = "";
let redirectUri = "";
let isOver = false;

function say(text, { busy = false } = {}) {
  status.classList.remove("unstarted", "quiet");
  status.classList.toggle("busy", busy);
  status.textContent = text;
}

function fail(problem) {
  if (isOver) return;
  isOver = true;
  worker?.terminate();
  say("");
  run.disabled = true;
  find("failure")
    .querySelector("ul")
    .append(renderRow(explainFailure(problem), "Wrong"));
  find("failure").hidden = false;
}

async function check() {
  if (!form.reportValidity()) return;
  run.disabled = true;
  results.hidden = rehearsal.hidden = find("copy-all").hidden = true;
  clearRows(results);
  say("Checking…", { busy: true });
  const url = new URL(location.href);
  url.search = new URLSearchParams({ page: page.value });
  history.replaceState(null, "", url);
  const base = new URL(".", import.meta.url).href;
  const facts = JSON.stringify(await collectFacts());
  worker.postMessage({ ask: "check", page: page.value, tag: tag.value, base, facts });
}

const HEARD = {
  ready() {
    run.disabled = false;
    say("");
    if (page.value) check();
    else page.focus();
  },
  failed: fail,
  row({ row }) {
    showRow(results, row);
    results.hidden = false;
    if (run.disabled) summary.textContent = "So far";
  },
  done(result) {
    ({ report, redirectUri } = result);
    summary.textContent = result.summary;
    say(result.summary);
    status.classList.add("quiet");
    run.disabled = false;
    rehearsal.hidden = !redirectUri;
    find("copy-all").hidden = false;
  },
};

/** A page may allow scripts from addresses of one policy only (Trusted Types). */
function trust(url) {
  const policy = globalThis.trustedTypes?.createPolicy("pywidget-check", { createScriptURL: (text) => text });
  return policy ? policy.createScriptURL(url) : url;
}

function startWorker() {
  let forbidden = false;
  document.addEventListener("securitypolicyviolation", ({ disposition, effectiveDirective }) => {
    if (disposition === "enforce" && effectiveDirective === "worker-src") forbidden = true;
  });
  const explain = async (message) => fail(await diagnoseWorker(WORKER, { forbidden, message }));
  let address;
  try {
    address = trust(WORKER);
  } catch {
    fail({ problem: "worker-types" });
    return null;
  }
  try {
    const started = new Worker(address, { type: "module", name: "zoom-meeting check" });
    started.addEventListener("message", ({ data }) => HEARD[data.tell](data));
    started.addEventListener("error", ({ message }) => setTimeout(explain, 0, message));
    return started;
  } catch ({ message }) {
    setTimeout(explain, 0, message); // the policy's event comes after the failure
    return null;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
find("rehearse").addEventListener("click", async ({ currentTarget }) => {
  const result = rehearse(redirectUri); // inside the click, or the window counts as unasked
  currentTarget.disabled = true;
  say("The sign-in window is open…", { busy: true });
  worker.postMessage({ ask: "rehearsal", result: JSON.stringify(await result) });
  currentTarget.disabled = false;
});
offerCopy(find("copy-all"), () => report);

page.value = new URLSearchParams(location.search).get("page") ?? "";
say("Getting Python ready…", { busy: true });
const worker = startWorker();
