/**
 * An OAuth server that is not ours, for a public client: PKCE is required, refresh tokens are used once.
 *
 *     node server.mjs --port 8005 --path /some/path --redirect-uri http://127.0.0.1:8000/callback.html
 *
 * The user says yes at once; with `login_hint=deny` in the request, no. The consent page is left out: what it would
 * post is done here.
 */

import { createServer } from "node:http";
import { parseArgs } from "node:util";
import Provider from "oidc-provider";

const { values } = parseArgs({
  options: { port: { type: "string" }, path: { type: "string" }, "redirect-uri": { type: "string" } },
});
const { port = "", path = "", "redirect-uri": redirectUri = "" } = values;
const SCOPES = ["meeting:write:meeting", "user:read:user"];

const provider = new Provider(`http://127.0.0.1:${port}${path}`, {
  clients: [
    {
      client_id: "public-client",
      application_type: "native", // the one kind that may come back to http, on this machine
      redirect_uris: [redirectUri],
      response_types: ["code"],
      grant_types: ["authorization_code", "refresh_token"],
      token_endpoint_auth_method: "none",
    },
    {
      client_id: "looker", // asks which tokens are alive
      client_secret: "secret-of-the-looker",
      redirect_uris: [],
      response_types: [],
      grant_types: [],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  clientBasedCORS: () => true,
  cookies: { keys: ["only for tests"] },
  features: {
    devInteractions: { enabled: false },
    introspection: { allowedPolicy: () => true, enabled: true },
    revocation: { allowedPolicy: (_context, client, token) => token.clientId === client.clientId, enabled: true },
  },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  interactions: { url: (_context, { uid }) => `${path}/interaction/${uid}` },
  issueRefreshToken: () => true,
  loadExistingGrant: async (context) => {
    const { Grant } = context.oidc.provider;
    const grant = new Grant({ accountId: context.oidc.session.accountId, clientId: context.oidc.client.clientId });
    grant.addOIDCScope(SCOPES.join(" "));
    await grant.save();
    return grant;
  },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  scopes: SCOPES,
  ttl: {
    AccessToken: 3600,
    AuthorizationCode: 60,
    Grant: 86_400,
    Interaction: 600,
    RefreshToken: 86_400,
    Session: 600,
  },
});

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function decide(request, response) {
  const { params, prompt } = await provider.interactionDetails(request, response);
  const denied = { error: "access_denied", error_description: "The user said no." };
  const answer = prompt.name === "login" ? { login: { accountId: "maya" } } : { consent: {} };
  await provider.interactionFinished(request, response, params.login_hint === "deny" ? denied : answer);
}

const serve = provider.callback();
const server = createServer((request, response) => {
  // A request names no scopes: at Zoom the app's settings do, and so they do here.
  const url = (request.url ?? "").replace(
    /\/auth\?/u,
    (start) => `${start}scope=${encodeURIComponent(SCOPES.join(" "))}&`,
  );
  if (url.startsWith(`${path}/interaction/`)) {
    decide(request, response).catch((error) => {
      console.error(`No decision: ${error.name}`);
      response.writeHead(500).end();
    });
  } else if (url.startsWith(`${path}/`)) {
    Object.assign(request, { originalUrl: url, url: url.slice(path.length) }); // as a framework mounts it
    serve(request, response);
  } else response.writeHead(404).end();
});
server.listen(Number(port), "127.0.0.1", () => console.log(`Ready: ${provider.issuer}`));
