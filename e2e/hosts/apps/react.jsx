/** An appointment as a React page has it: the notes are React's own state. */

import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

function Appointment() {
  const [notes, setNotes] = useState("Tea");
  const [field, setField] = useState(0);
  const [place, setPlace] = useState(0);
  const [minutes, setMinutes] = useState(60);
  const [isOver, setOver] = useState(false);
  return (
    <>
      <textarea key={`field-${field}`} id="notes" value={notes} onChange={(event) => setNotes(event.target.value)} />
      <output id="state">{notes}</output>
      <button type="button" onClick={() => setField(field + 1)}>
        Replace the field
      </button>
      <button type="button" onClick={() => setPlace(place + 1)}>
        Replace the element
      </button>
      <button type="button" onClick={() => setMinutes(minutes + 15)}>
        Longer
      </button>
      <button type="button" onClick={() => setOver(!isOver)}>
        Over
      </button>
      <zoom-meeting
        key={`element-${place}`}
        id="widget"
        appointment="7"
        client="Dana Lee"
        starts="2199-11-12T18:00"
        time-zone="America/New_York"
        duration={minutes}
        notes="#notes"
        disabled={isOver}
      />
    </>
  );
}

createRoot(/** @type {HTMLElement} */ (document.getElementById("app"))).render(
  <StrictMode>
    <Appointment />
  </StrictMode>,
);
