/** A bundle of the page's own that imports the widget from where it is served, and sets it up itself. */

import "/zoom/embed.js";
import { configure } from "/zoom/configure.js";

configure({ ...document.getElementById("settings")?.dataset });
