/** TinyMCE in a frame of its own, which the widget reaches through the adapter only. */

import { createNotesAdapter } from "./tinymce-adapter.js";
import { offerTinyMCE } from "./tinymce.js";

offerTinyMCE({ inline: false, field: "#editor", createAdapter: createNotesAdapter });
