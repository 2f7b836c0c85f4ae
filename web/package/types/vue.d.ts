/** <zoom-meeting> in Vue's templates: `import "zoom-meeting-widget/vue"`. */

import type { HTMLAttributes, PublicProps } from "vue";
import type { Attributes, NotesAdapter, ZoomMeetingEventMap } from "./index.js";

/** Vue's compiler reads `time-zone` as `timeZone`. */
type Props = { [Name in keyof Attributes as Camel<Name>]: Attributes[Name] };
type Capital<Name extends string> = Name extends `zoom-meeting:${infer Rest}` ? `onZoomMeeting:${Camel<Rest>}` : never;
type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<Rest>}` : Name;
type Listeners = { [Name in keyof ZoomMeetingEventMap as Capital<Name>]?: (event: ZoomMeetingEventMap[Name]) => void };

declare module "vue" {
  interface GlobalComponents {
    "zoom-meeting": new () => {
      $props: PublicProps & HTMLAttributes & Props & Listeners & { notesAdapter?: NotesAdapter | null };
    };
  }
}
