/**
 * Reads answers as oauth4webapi does. One case a line on standard input, one verdict a line on standard output,
 * both JSON.
 *
 *     {"query": "code=…&state=…", "state": "…"}  ->  {"code": "…"}
 *     {"status": 200, "body": "…"}               ->  {"access": "…", "refresh": …, "scope": …, "lifetime": …}
 *
 * What it refuses is {"refused": "why"}.
 */

import process from "node:process";
import { createInterface } from "node:readline";
import { processAuthorizationCodeResponse, validateAuthResponse } from "oauth4webapi";

const SERVER = { issuer: "https://zoom.us/some/path" };
const CLIENT = { client_id: "client-1" };

/** @param {{ query: string, state: string }} input */
function readCallback({ query, state }) {
  const parameters = validateAuthResponse(SERVER, CLIENT, new URLSearchParams(query), state);
  // What its next step, authorizationCodeGrantRequest, asks of the code.
  const codes = parameters.getAll("code");
  if (codes.length !== 1 || !codes[0]) throw new Error("no authorization code");
  return { code: codes[0] };
}

/** @param {{ status: number, body: string }} input */
async function readToken({ status, body }) {
  const headers = { "content-type": "application/json" };
  const response = new Response(Buffer.from(body, "latin1"), { status, headers });
  const token = await processAuthorizationCodeResponse(SERVER, CLIENT, response);
  return {
    access: token.access_token,
    refresh: token.refresh_token ?? null,
    scope: token.scope ?? null,
    lifetime: token.expires_in ?? null,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const input = JSON.parse(line);
  let verdict;
  try {
    verdict = "query" in input ? readCallback(input) : await readToken(input);
  } catch (error) {
    verdict = { refused: /** @type {Error} */ (error).message };
  }
  console.log(JSON.stringify(verdict));
}
