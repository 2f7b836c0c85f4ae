import { useState } from "react";

export function Appointment() {
  const [notes, setNotes] = useState("Tea");
  const [minutes, setMinutes] = useState(60);
  const [isOpen, setOpen] = useState(true);
  const [created, setCreated] = useState("");
  return (
    <>
      <textarea id="notes" value={notes} onChange={(event) => setNotes(event.target.value)} />
      <output id="kept">{notes}</output>
      <output id="created">{created}</output>
      <button type="button" onClick={() => setMinutes(minutes + 15)}>
        Longer
      </button>
      <button type="button" onClick={() => setOpen(!isOpen)}>
        Toggle
      </button>
      {isOpen ? (
        <zoom-meeting
          appointment="7"
          client="Dana Lee"
          starts="2199-11-12T18:00"
          time-zone="America/New_York"
          duration={minutes}
          notes="#notes"
          onzoom-meeting:created={(event) => setCreated(event.detail.joinUrl)}
        />
      ) : null}
    </>
  );
}
