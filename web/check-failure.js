/**
 * What is said when the check itself cannot start, and Python therefore says nothing. Each has what was seen, what to
 * change, and where there is something to copy, that.
 */

/** The types that browsers run a module with (MIME Sniffing standard, section 4.6). */
const JAVASCRIPT =
  /^\s*(application\/(x-)?(java|ecma)script|text\/((x-)?(java|ecma)script|javascript1\.[0-5]|jscript|livescript))\s*(;|$)/i;

const WORKER_POLICY = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

/**
 * What was seen, for those explanations that name it.
 * @typedef {{ message?: string, url?: string, status?: number, type?: string }} Evidence
 *
 * @typedef {{ problem: keyof typeof EXPLANATIONS } & Evidence} Problem
 *
 * A row of the check, as Python's are.
 * @typedef {{ id: string, title: string, verdict: string, finding: string, remedy: string, copy: string }} Row
 */

const EXPLANATIONS = {
  "no-web-assembly": () => [
    "This browser has no WebAssembly, which Python runs on here.",
    "Update the browser, or use another one. Some switch WebAssembly off in a strict mode.",
  ],
  "web-assembly-refused": () => [
    "The content security policy of this server does not let scripts use WebAssembly, which Python runs on here. The widget cannot start either.",
    "Add 'wasm-unsafe-eval' to script-src, for the pages and for the widget's files.",
    "script-src 'self' 'wasm-unsafe-eval'",
  ],
  file: (/** @type {Evidence} */ { message }) => [
    `One of the widget's files cannot be read: ${message}.`,
    "Upload the whole folder again, assets/ included. If the file is there, the content security policy may lack 'self' in connect-src.",
  ],
  python: (/** @type {Evidence} */ { message }) => [
    `Python did not start: ${message}.`,
    "Upload the whole folder again: files of two versions may be mixed.",
  ],
  stopped: (/** @type {Evidence} */ { message }) => [
    `The check stopped in the middle (${message}). What stands below is true, but not all.`,
    "This is a fault of the check itself. The browser's console has the rest: please report it.",
  ],
  "worker-forbidden": () => [
    "The content security policy of this server does not let this page start its worker.",
    "Add 'self' to worker-src, or leave worker-src away: script-src counts then.",
    WORKER_POLICY,
  ],
  "worker-types": () => [
    "The trusted-types directive of this server's content security policy forbids the name that this page needs.",
    "Add pywidget-check to trusted-types, for this page.",
    "trusted-types pywidget-check",
  ],
  "worker-missing": (/** @type {Evidence} */ { url, status }) => [
    `The script of the check's worker is not there: ${url} (status ${status}).`,
    "Upload the whole folder again, assets/ included.",
  ],
  "worker-type": (/** @type {Evidence} */ { url, type }) => [
    `The script of the check's worker is sent as ${type || "nothing in particular"}, and browsers do not run that: ${url}.`,
    "Have .js and .mjs files sent as text/javascript.",
    "Content-Type: text/javascript",
  ],
  "worker-unreachable": (/** @type {Evidence} */ { url }) => [
    `The script of the check's worker cannot be fetched: ${url}.`,
    "Is the server there, and does its content security policy have 'self' in connect-src?",
  ],
  worker: (/** @type {Evidence} */ { message }) => [
    `The check's worker stopped${message ? `: ${message}` : "."}`,
    "Reload the page. If it stays, upload the whole folder again.",
  ],
};

/**
 * Why a worker stopped without a word: nobody tells the page, so it looks itself.
 *
 * @param {string} url
 * @param {{ forbidden: boolean, message: string }} known
 * @returns {Promise<Problem>}
 */
export async function diagnoseWorker(url, { forbidden, message }) {
  if (forbidden) return { problem: "worker-forbidden" };
  try {
    const { ok, status, headers } = await fetch(url, { cache: "no-cache" });
    const type = headers.get("Content-Type") ?? "";
    if (!ok) return { problem: "worker-missing", url, status };
    if (!JAVASCRIPT.test(type)) return { problem: "worker-type", url, type };
  } catch {
    return { problem: "worker-unreachable", url };
  }
  return { problem: "worker", message };
}

/**
 * @param {Problem} problem
 * @returns {Row}
 */
export function explainFailure({ problem, ...evidence }) {
  const [finding = "", remedy = "", copy = ""] = EXPLANATIONS[problem](evidence);
  return { id: problem, title: "The check itself", verdict: "wrong", finding, remedy, copy };
}
