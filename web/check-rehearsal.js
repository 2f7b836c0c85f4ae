/**
 * A sign-in without Zoom: the redirect URI's page is opened as Zoom would have the browser do it, with a state and no
 * code. What counts is whether its answer comes back, and on which of its two ways (callback.js).
 */

import { ANSWER_TYPE, nameSignIn, RECEIVED } from "./authorization.js";
import { pause } from "./timing.js";

const [WIDTH, HEIGHT] = [620, 760];

/** A slow server may take this long to bring the page. */
const PATIENCE_MS = 10_000;
/** The two ways are used at the same moment; the second answer is given this long. */
const SECOND_WAY_MS = 500;
/** Told that the answer has come, the window closes at once, if it may. */
const CLOSING_MS = 1500;

/** @param {string} name */
function openChannel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null; // the check says so itself
  }
}

/**
 * A window starts with a copy of its opener's session storage, and this tab may have a token in it.
 *
 * @param {Window} popup
 */
function dropCopy(popup) {
  try {
    for (const key of Object.keys(popup.sessionStorage)) {
      if (key.startsWith("pywidget:")) popup.sessionStorage.removeItem(key);
    }
  } catch {
    // blocked site data: then there is no copy
  }
}

/** @param {URL} url */
function openWindow(url) {
  const left = screenX + Math.max(0, Math.floor((outerWidth - WIDTH) / 2));
  const top = screenY + Math.max(0, Math.floor((outerHeight - HEIGHT) / 2));
  const popup = window.open(url, "_blank", `popup,width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`);
  if (popup) dropCopy(popup);
  return popup;
}

/**
 * Listens on both ways until both have been used, or time is up.
 *
 * @param {Window} popup
 * @param {BroadcastChannel | null} channel
 * @param {string} state
 */
async function hearAnswer(popup, channel, state) {
  const heard = { channel: false, opener: false };
  const listening = new AbortController();
  await new Promise((/** @type {(done: void) => void} */ resolve) => {
    const hear = (/** @type {MessageEvent} */ { currentTarget, origin, source, data }) => {
      const way = currentTarget === channel ? "channel" : "opener";
      if (origin !== location.origin || (way === "opener" && source !== popup)) return;
      if (data?.type !== ANSWER_TYPE || data.state !== state) return;
      heard[way] = true;
      if (heard.channel && heard.opener) resolve();
      setTimeout(resolve, SECOND_WAY_MS);
    };
    const { signal } = listening;
    channel?.addEventListener("message", hear, { signal });
    addEventListener("message", hear, { signal });
    setTimeout(resolve, PATIENCE_MS);
  });
  listening.abort();
  return heard;
}

/** @param {Window} popup */
async function waitForClosing(popup) {
  const end = performance.now() + CLOSING_MS;
  while (!popup.closed && performance.now() < end) await pause(50);
  return popup.closed;
}

/**
 * Called inside the click; resolves to what was seen.
 *
 * @param {string} redirectUri
 */
export async function rehearseSignIn(redirectUri) {
  const begun = performance.now();
  const state = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  const url = new URL(redirectUri);
  url.searchParams.set("state", state);
  const channel = openChannel(nameSignIn(state));
  const popup = openWindow(url);
  const seen = { opened: popup !== null, channel: false, opener: false, closed: false };
  if (popup) {
    Object.assign(seen, await hearAnswer(popup, channel, state));
    if (seen.channel || seen.opener) channel?.postMessage(RECEIVED);
    seen.closed = await waitForClosing(popup);
    popup.close();
  }
  channel?.close();
  return { ...seen, seconds: (performance.now() - begun) / 1000 };
}
