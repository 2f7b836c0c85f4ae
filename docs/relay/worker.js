/**
 * A relay for the widget on an origin of its own, for hosts that run functions such as Cloudflare's
 * Workers: it passes one page's calls on to Zoom, each of them once, and keeps nothing.
 *
 * `ORIGIN` in its environment is the page's origin, such as `https://app.example`. The script tag
 * says `data-relay="https://relay.example/"`, and the page's policy has that origin in `connect-src`.
 */

const PLACES = [
  {
    zoom: "https://zoom.us",
    path: /^\/oauth\/(token|revoke)$/,
    methods: ["POST"],
    headers: ["Content-Type", "Accept"],
  },
  {
    zoom: "https://api.zoom.us",
    path: /^\/v2\//,
    methods: ["GET", "POST", "PATCH", "DELETE"],
    headers: ["Authorization", "Content-Type", "Accept"],
  },
];

// biome-ignore lint/style/noDefaultExport: what a host of functions looks for
export default {
  /**
   * @param {Request} request
   * @param {{ ORIGIN: string }} env
   */
  async fetch(request, env) {
    if (request.headers.get("Origin") !== env.ORIGIN) return new Response(null, { status: 403 });
    const cors = { "Access-Control-Allow-Origin": env.ORIGIN, Vary: "Origin" };
    /** @type {(status: number, more?: Record<string, string>) => Response} */
    const say = (status, more) => new Response(null, { status, headers: { ...cors, ...more } });

    const { pathname, search } = new URL(request.url);
    const place = PLACES.find(({ path }) => path.test(pathname));
    if (!place) return say(404);
    if (request.method === "OPTIONS")
      return say(204, {
        "Access-Control-Allow-Methods": place.methods.join(", "),
        "Access-Control-Allow-Headers": place.headers.join(", "),
        "Access-Control-Max-Age": "600",
      });
    if (!place.methods.includes(request.method)) return say(405);

    const answer = await fetch(place.zoom + pathname + search, {
      method: request.method,
      headers: pick(request.headers, place.headers),
      body: request.method === "GET" ? null : await request.arrayBuffer(),
      redirect: "manual",
      signal: AbortSignal.timeout(25_000), // the widget waits 30 s
    }).catch(() => null);
    if (!answer || (answer.status >= 300 && answer.status < 400)) return say(502);
    const headers = {
      ...pick(answer.headers, ["Content-Type", "Retry-After"]),
      ...cors,
      "Access-Control-Expose-Headers": "Retry-After",
      "Cache-Control": "no-store",
    };
    return new Response(answer.body, { status: answer.status, headers });
  },
};

/**
 * These headers and no others: no cookie, no `Origin`, no address, no policy gets through.
 *
 * @param {Headers} headers
 * @param {string[]} names
 */
function pick(headers, names) {
  return Object.fromEntries(names.filter((name) => headers.has(name)).map((name) => [name, headers.get(name) ?? ""]));
}
