/**
 * Where Zoom sends the browser back to. Cleans the URL before anything else, hands the answer
 * to the page that asked, and closes. Whether the answer is any good is for that page to say.
 */

import { ANSWER_TYPE, nameSignIn, RECEIVED } from "./authorization.js";
import { say, translatePage } from "./callback-words.js";

const query = location.search;
history.replaceState(null, "", location.pathname);

/** How long the page that asked may take to say that it has the answer. */
const PATIENCE_MS = 5000;

/** @param {string} attempt - the state that came back */
function handOver(attempt) {
  const answer = { type: ANSWER_TYPE, state: attempt, query };
  const channel = new BroadcastChannel(nameSignIn(attempt));
  const nobody = setTimeout(() => {
    channel.close();
    say("over");
  }, PATIENCE_MS);
  channel.addEventListener("message", ({ data }) => {
    if (data !== RECEIVED) return;
    clearTimeout(nobody);
    channel.close();
    say("done");
    window.close();
  });
  channel.postMessage(answer);
  // Both ways, because either may be cut: the opener by Zoom's headers, the channel by a browser's partitions.
  window.opener?.postMessage(answer, location.origin);
}

/**
 * Where no popup could be had, this tab itself went to Zoom: the answer goes back with it.
 *
 * @param {string} attempt
 */
function returnHome(attempt) {
  const key = nameSignIn(attempt);
  try {
    /** @type {{ return_to: string }} as Python has written it */
    const record = JSON.parse(/** @type {string} */ (sessionStorage.getItem(key)));
    const home = new URL(record.return_to);
    if (home.origin !== location.origin) return false;
    sessionStorage.setItem(key, JSON.stringify({ ...record, query }));
    location.replace(home);
    return true;
  } catch {
    return false; // no such attempt, or it began in another window
  }
}

const parameters = new URLSearchParams(query);
const state = parameters.get("state");
if (!state || !returnHome(state)) {
  if (state) handOver(state);
  // The Marketplace's Add button ends here with a code that nobody asked for: it is dropped.
  else if (parameters.has("code")) say("added");
  else say("nothing");
  await translatePage(); // not before the answer is on its way
}
