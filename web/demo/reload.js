/** Only with `make watch`: loads the page again when the server says that it has changed since. */

const shown = new URL(import.meta.url).search.slice(1);
new EventSource("/changes").addEventListener("message", ({ data }) => {
  if (data !== shown) location.reload();
});
