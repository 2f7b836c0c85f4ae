/** The loader: defines <zoom-meeting>. It holds no rule of the widget: those are Python, in pywidget/. */

import "./natives.js"; // first, before any other script can put its own functions in their place
import { ZoomMeeting } from "./element.js";
import { TAG } from "./properties.js";
import { Unsupported } from "./requirements.js";
import { missing } from "./startup.js";

performance.mark("zoom-meeting:loader"); // so that a page's owner can see what it costs

function define() {
  if (customElements.get(TAG)) return; // a second tag, or a re-rendered page: nothing is left to do
  if (missing.length) console.error(`zoom-meeting: this browser is too old, it lacks ${missing.join(", ")}`);
  customElements.define(TAG, missing.length ? Unsupported : ZoomMeeting);
}

define();
