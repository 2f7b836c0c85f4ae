/** TinyMCE in the page itself. */

import { offerTinyMCE } from "./tinymce.js";

offerTinyMCE({ inline: true, field: "#editor" });
