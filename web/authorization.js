/** How the page that Zoom sends the browser back to answers the page that asked; Python's side is sign_in_window.py. */

export const ANSWER_TYPE = "pywidget:v1:authorization-response";

/** The channel of one sign-in, and the name under which its attempt is stored. */
export const nameSignIn = (/** @type {string} */ state) => `pywidget:v1:sign-in:${state}`;

/** Said on the channel when the answer has come. */
export const RECEIVED = "received";
