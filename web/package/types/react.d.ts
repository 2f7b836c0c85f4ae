/** <zoom-meeting> in JSX, for React 19: `import "zoom-meeting-widget/react"`. Set `notesAdapter` through a ref. */

import type { DetailedHTMLProps, HTMLAttributes } from "react";
// Under a name of its own: React has Attributes, too.
import type { Attributes as MeetingAttributes, ZoomMeetingElement, ZoomMeetingEventMap } from "./index.js";

/** React listens to what stands behind `on`, as it is written. */
type Listeners = { [Name in keyof ZoomMeetingEventMap as `on${Name}`]?: (event: ZoomMeetingEventMap[Name]) => void };

declare module "react" {
  // biome-ignore lint/style/noNamespace: React's own way
  namespace JSX {
    interface IntrinsicElements {
      "zoom-meeting": DetailedHTMLProps<HTMLAttributes<ZoomMeetingElement>, ZoomMeetingElement> &
        MeetingAttributes &
        Listeners;
    }
  }
}
