/** Fixtures for Playwright Test: a simulated Zoom, and the widget of a page that talks to it. docs/qa.md describes them. */

import { test as base } from "@playwright/test";
import { MeetingWidget } from "./pages.js";
import { Zoom } from "./zoom.js";

export { expect } from "@playwright/test";
export { ConsentPage, MeetingWidget } from "./pages.js";
export { Zoom } from "./zoom.js";

/** @type {typeof import("./index.js").test} */
export const test = base.extend({
  zoomUrl: ["http://127.0.0.1:8001", { option: true }],
  zoomSettings: [{}, { option: true }],
  zoomScriptAttributes: [{}, { option: true }],

  simulator: async ({ zoomUrl, zoomSettings }, use, info) => {
    if (!zoomUrl) {
      await use(null);
      return;
    }
    const zoom = new Zoom(zoomUrl);
    await zoom.reset();
    await zoom.changeSettings(zoomSettings);
    await use(zoom);
    const unused = await zoom.listFaults();
    await zoom.clearFaults();
    if (unused.length && info.status === info.expectedStatus)
      throw new Error("the test ordered faults that never happened");
  },

  zoom: async ({ simulator }, use, info) => {
    if (!simulator) {
      info.skip(true, "needs a Zoom simulator, and zoomUrl is empty");
      return;
    }
    await use(simulator);
  },

  meetingWidget: async ({ page, simulator, zoomScriptAttributes }, use) => {
    if (simulator && zoomScriptAttributes) await simulator.attach(page.context(), zoomScriptAttributes);
    await use(MeetingWidget.find(page));
  },
});
