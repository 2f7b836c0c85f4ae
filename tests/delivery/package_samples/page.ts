import { type ErrorCode, load } from "zoom-meeting-widget";

const element = document.createElement("zoom-meeting");
element.timeZone = "Europe/Berlin";
element.duration = 45;
element.disabled = false;
element.client = null;
element.notesAdapter = { read: () => "", replace: async (_start, _end, _text) => {} };
element.refresh();
const zone: string | null = element.timeZone;

// @ts-expect-error: there is no such property
element.timezone = "Europe/Berlin";
// @ts-expect-error: a boolean, not its text
element.readOnly = "true";
// @ts-expect-error: not one of the four
element.status = "canceled";
// @ts-expect-error: an adapter writes, too
element.notesAdapter = { read: () => "" };

element.addEventListener("zoom-meeting:error", ({ detail }) => {
  const code: ErrorCode = detail.code;
  if (detail.code === "popup_blocked") console.log(code, detail.message);
  // @ts-expect-error: no code of ours
  if (detail.code === "popup_block") console.log();
});
document.addEventListener("zoom-meeting:created", ({ detail }) => {
  const link: string = detail.joinUrl;
  console.log(link);
  // @ts-expect-error: the name is joinUrl
  console.log(detail.joinURL);
  // @ts-expect-error: not every note tells it
  const id: string = detail.meetingId;
  console.log(id);
});
window.addEventListener("zoom-meeting:send", (event) => {
  if (event.detail.channel !== "copy") event.respondWith(Promise.resolve());
  // @ts-expect-error: no such channel
  if (event.detail.channel === "fax") console.log();
});

const version: string | undefined = customElements.get("zoom-meeting")?.version;
const again: HTMLElementTagNameMap["zoom-meeting"] | null = document.querySelector("zoom-meeting");
load({ clientId: "abc", relay: "/relay/", base: "/static/zoom/", registerClients: "never" }).then((found) => found?.version);
// @ts-expect-error: the client ID is required
load({ base: "/zoom/" });
// @ts-expect-error: misspelt
load({ clientId: "abc", redirectURI: "/callback.html" });
// @ts-expect-error: auto or never
load({ clientId: "abc", registerClients: "always" });

export { again, version, zone };
