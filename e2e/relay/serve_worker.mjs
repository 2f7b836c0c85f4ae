/**
 * Runs the relay's function as it stands in docs/relay/worker.js, under Node.
 *
 *     node serve_worker.mjs --port 8002 --origin http://127.0.0.1:8000 [--zoom http://127.0.0.1:8001]
 *
 * `--origin` is the page's. With `--zoom`, what the function sends to Zoom goes to a simulator there.
 */

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import process from "node:process";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { port: { type: "string" }, origin: { type: "string" }, zoom: { type: "string" } },
});
const ZOOM = /^https:\/\/(?:api\.)?zoom\.us(?=\/)/u;

const { origin = "", zoom } = values;
if (zoom) {
  const { fetch } = globalThis;
  globalThis.fetch = (url, options) => fetch(String(url).replace(ZOOM, zoom), options);
}

// Taken as a module by its text: what an ending means is up to the folder's package.json.
const source = readFileSync(new URL("../../docs/relay/worker.js", import.meta.url));
const { default: worker } = await import(`data:text/javascript;base64,${source.toString("base64")}`);

/** @import { AddressInfo } from "node:net" */
/** @import { ReadableStream } from "node:stream/web" */
/** @import { IncomingMessage, ServerResponse } from "node:http" */

/**
 * @param {IncomingMessage} incoming
 * @param {ServerResponse} outgoing
 */
async function answer(incoming, outgoing) {
  const body = await buffer(incoming);
  const { method = "GET", url } = incoming;
  const headers = /** @type {Record<string, string>} */ (incoming.headers);
  const init = body.length > 0 ? { method, headers, body: new Uint8Array(body) } : { method, headers };
  const request = new Request(`http://${headers.host}${url}`, init);
  const response = await worker.fetch(request, { ORIGIN: origin });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) await pipeline(Readable.fromWeb(/** @type {ReadableStream} */ (response.body)), outgoing);
  else outgoing.end();
}

const server = createServer((incoming, outgoing) => {
  answer(incoming, outgoing).catch((error) => {
    console.error(`The relay failed: ${error.name}`); // its message could hold a secret
    outgoing.destroy();
  });
});
server.on("error", (/** @type {NodeJS.ErrnoException} */ { code }) => {
  console.error(`${code}: port ${values.port}`);
  process.exitCode = 1;
});
server.listen(Number(values.port), "127.0.0.1", () => {
  console.log(`Ready: http://127.0.0.1:${/** @type {AddressInfo} */ (server.address()).port}/`);
});
