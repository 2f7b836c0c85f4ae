/** A `textarea` whose text is React's own state. */

import { useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { offer } from "./page.js";

let state = "";
/** @type {(notes: string) => void} */
let change = () => {};

function Notes() {
  const [notes, setNotes] = useState("");
  state = notes;
  change = setNotes;
  return <textarea id="notes" value={notes} onChange={(event) => setNotes(event.target.value)} />;
}

const root = createRoot(/** @type {Element} */ (document.querySelector("#editor")));
flushSync(() => root.render(<Notes />));

await offer({
  field: "#notes",
  load(content) {
    const text = content.map(({ runs }) => runs.map(([part]) => part).join("")).join("\n");
    flushSync(() => change(text));
  },
  blocks: () => [{ item: false, runs: [[state, false]] }],
  save: () => state,
});
