/* Before the first paint: the language and theme that were chosen. Not a module, which would come too late. */
{
  /** @type {Record<string, string | undefined>} */
  let chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem("simplespa-demo:v1:preferences") ?? "{}") ?? {};
  } catch {
    // Nothing is stored here, or nothing that we wrote: the page is as it is served.
  }
  const asked = new URLSearchParams(location.search);
  const { documentElement: page } = document;
  page.lang = asked.get("lang") ?? chosen.lang ?? "en";
  page.dir = page.lang === "ar" ? "rtl" : "ltr";
  page.dataset.theme = asked.get("theme") ?? chosen.theme ?? "";
  page.dataset.tour = chosen.tour ?? "";
  page.dataset.sends = chosen.sends ?? "";
}
