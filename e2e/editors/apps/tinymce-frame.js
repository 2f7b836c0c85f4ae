/** TinyMCE in a frame of its own, which the widget reaches through the adapter only. */

import { offerTinyMCE } from "./tinymce.js";
import { createNotesAdapter } from "./tinymce-adapter.js";

await offerTinyMCE({ inline: false, field: "#editor", createAdapter: createNotesAdapter });
