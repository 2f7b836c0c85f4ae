/** Keeps what this page complains of, for tests whose browser tells them nothing. It has to run first. */

/** @type {string[]} */
const complaints = [];
window.complaints = complaints;

addEventListener("error", ({ message }) => complaints.push(`uncaught: ${message}`));
addEventListener("unhandledrejection", ({ reason }) => complaints.push(`unhandled: ${reason}`));
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  complaints.push(`policy: ${effectiveDirective} ${blockedURI}`);
});
const tell = console.error.bind(console);
console.error = (...values) => {
  complaints.push(`console: ${values.join(" ")}`);
  tell(...values);
};
