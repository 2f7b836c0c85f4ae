/** Tells this page's server how Python started, once all is done that a visit does for the next one. */

addEventListener("load", async () => {
  const { settled } = /** @type {typeof import("../../web/element.js").ZoomMeeting} */ (
    await customElements.whenDefined("zoom-meeting")
  );
  await settled;
  const [mark] = /** @type {PerformanceMark[]} */ (performance.getEntriesByName("zoom-meeting:python"));
  const { startTime = 0, detail } = mark ?? {};
  const from = detail?.fromSnapshot ? "snapshot" : "nothing";
  await fetch(`/told?${new URLSearchParams({ from, after: String(Math.round(startTime)) })}`, { method: "POST" });
});
