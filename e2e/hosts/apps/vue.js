/** An appointment as a Vue page has it: render functions, since templates are compiled by code that a strict policy forbids. */

import { createApp, h, ref } from "vue";

createApp({
  setup() {
    const isOver = ref(false);
    const minutes = ref(60);
    const email = ref(/** @type {string | null} */ ("dana@example.com"));
    return () => [
      h("textarea", { id: "notes" }, "Tea"),
      h("button", { onClick: () => (isOver.value = !isOver.value) }, "Over"),
      h("button", { onClick: () => (minutes.value += 15) }, "Longer"),
      h("button", { onClick: () => (email.value = null) }, "No e-mail"),
      h("zoom-meeting", {
        id: "widget",
        appointment: 7,
        client: "Dana Lee",
        clientEmail: email.value,
        starts: "2199-11-12T18:00",
        ".timeZone": "Europe/Berlin",
        duration: minutes.value,
        notes: "#notes",
        disabled: isOver.value,
      }),
    ];
  },
}).mount("#app");
