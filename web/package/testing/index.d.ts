import type { PlaywrightTestArgs, PlaywrightTestOptions, PlaywrightWorkerArgs, PlaywrightWorkerOptions, TestType } from "@playwright/test";
import type { MeetingWidget } from "./pages.js";
import type { Zoom } from "./zoom.js";

export { expect } from "@playwright/test";
export { ConsentPage, MeetingWidget, type State } from "./pages.js";
export { Zoom } from "./zoom.js";

export interface ZoomOptions {
  /** The simulator's address; empty for the real Zoom. */
  zoomUrl: string;
  /** Settings that every test starts with. */
  zoomSettings: Record<string, unknown>;
  /** Attributes for the script tag beside the simulator's; `null` leaves tags as they are. */
  zoomScriptAttributes: Record<string, string | null> | null;
}

export interface ZoomFixtures {
  /** The simulated Zoom, reset; without one, the test is skipped. */
  zoom: Zoom;
  /** The same; `null` for the real Zoom. */
  simulator: Zoom | null;
  /** The only widget of `page`, which talks to the simulator. */
  meetingWidget: MeetingWidget;
}

export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & ZoomOptions & ZoomFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
>;
