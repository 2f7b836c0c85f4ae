import { useRef } from "react";
import type { ZoomMeetingElement } from "zoom-meeting-widget";
import "zoom-meeting-widget/react";

export function Appointment({ isOver }: { isOver: boolean }) {
  const meeting = useRef<ZoomMeetingElement>(null);
  return (
    <>
      <zoom-meeting
        ref={meeting}
        appointment="812"
        starts="2025-11-11T18:00"
        time-zone="Europe/Berlin"
        duration={45}
        notes="#notes"
        disabled={isOver}
        className="meeting"
        onzoom-meeting:created={({ detail }) => console.log(detail.joinUrl)}
      >
        <button type="button" slot="meeting-choice">
          Add another
        </button>
      </zoom-meeting>
      {/* @ts-expect-error: the appointment is required */}
      <zoom-meeting starts="2025-11-11T18:00" />
      {/* @ts-expect-error: not one of the four */}
      <zoom-meeting appointment="812" starts="2025-11-11T18:00" status="canceled" />
      {/* @ts-expect-error: attributes are written as in HTML */}
      <zoom-meeting appointment="812" starts="2025-11-11T18:00" timeZone="Europe/Berlin" />
      {/* @ts-expect-error: the detail has no such thing */}
      <zoom-meeting appointment="812" starts="x" onzoom-meeting:error={({ detail }) => console.log(detail.joinUrl)} />
    </>
  );
}
