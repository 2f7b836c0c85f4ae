/** Keeps what the widgets of this page tell, for tests to read; and a few elements tests make. */

const NAMES = [
  "connected",
  "created",
  "loaded",
  "updated",
  "removed",
  "cleaned",
  "notes-changed",
  "disconnected",
  "error",
];

window.meetingEvents = [];
for (const name of NAMES) {
  document.addEventListener(`zoom-meeting:${name}`, (event) => {
    const { target, detail } = /** @type {CustomEvent} */ (event);
    window.meetingEvents.push({ name, element: /** @type {Element} */ (target).id, detail });
  });
}

/** A component with the widget and its notes in one shadow root, as frameworks make them. */
customElements.define(
  "shadow-appointment",
  class extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: "open" }).append(
        /** @type {HTMLTemplateElement} */ (this.querySelector("template")).content.cloneNode(true),
      );
    }
  },
);
