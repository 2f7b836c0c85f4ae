/** Tells this page's server how Python started, and when all is done that a visit does for the next one. */

const started = "zoom-meeting:python";

/**
 * @param {string} what
 * @param {Record<string, string>} more
 */
const tell = (what, more = {}) => fetch(`/told?${new URLSearchParams({ what, ...more })}`, { method: "POST" });

const { settled } = /** @type {typeof import("../../web/element.js").ZoomMeeting} */ (
  await customElements.whenDefined("zoom-meeting")
);
new PerformanceObserver((list) => {
  const mark = /** @type {PerformanceMark} */ (list.getEntriesByName(started)[0]);
  if (!mark) return;
  tell("started", { fromSnapshot: mark.detail.fromSnapshot, after: String(Math.round(mark.startTime)) });
}).observe({ type: "mark", buffered: true });
await settled;
tell("settled");
