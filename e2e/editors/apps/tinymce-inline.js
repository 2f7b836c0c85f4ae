/** TinyMCE in the page itself. */

import { offerTinyMCE } from "./tinymce.js";

await offerTinyMCE({ inline: true, field: "#editor" });
