/** Drives a Zoom simulator over its control API, and points pages to it. docs/simulator.md describes the orders. */

import { changeScriptTag } from "./script-tag.js";

const WAYS = ["data-relay", "data-tunnel", "data-tunnel-roots"];
const DIRECT = ["data-token-url", "data-revoke-url", "data-api-url"];

/** @typedef {Record<string, unknown>} Order */

export class Zoom {
  /** @param {string} url - such as `http://127.0.0.1:8001` */
  constructor(url) {
    this.url = url.replace(/\/$/, "");
  }

  /** @returns {Promise<Record<string, string>>} the attributes with which a page's script tag uses this simulator */
  async scriptAttributes() {
    const { settings } = await this.state();
    return {
      "data-client-id": settings.public_client_id,
      "data-authorize-url": `${this.url}/oauth/authorize`,
      "data-token-url": `${this.url}/oauth/token`,
      "data-revoke-url": `${this.url}/oauth/revoke`,
      "data-api-url": `${this.url}/v2`,
    };
  }

  /**
   * Have the pages that are opened in this context from now on use this simulator.
   *
   * @param {import("@playwright/test").BrowserContext} context
   * @param {Record<string, string | null>} [changes] - attributes to add or change; `null` takes one away
   */
  async attach(context, changes = {}) {
    /** @type {Record<string, string | null>} */
    const attributes = { ...without(WAYS), ...(await this.scriptAttributes()) };
    if (WAYS.some((name) => name in changes)) Object.assign(attributes, without(DIRECT)); // it decides where calls go
    await context.addInitScript(changeScriptTag, { ...attributes, ...changes });
  }

  reset = () => this.#order("POST", "/reset");
  state = () => this.#order("GET", "/state");
  changeSettings = (/** @type {Order} */ changes) => this.#order("PATCH", "/settings", changes);
  advance = (/** @type {number} */ seconds) => this.#order("POST", "/clock", { advance_seconds: seconds });
  putUser = (/** @type {string} */ email, /** @type {Order} */ changes) =>
    this.#order("PUT", `/users/${encodeURIComponent(email)}`, changes);
  signInAs = (/** @type {string} */ email) => this.#order("POST", "/sign-in-as", { email });
  uninstall = (/** @type {string} */ email) => this.#order("POST", "/uninstall", { email });
  expire = (/** @type {"codes" | "access_tokens" | "refresh_tokens"} */ what) =>
    this.#order("POST", "/expire", { what });
  listMeetings = () => this.#order("GET", "/meetings");
  addMeeting = (/** @type {Order} */ body) => this.#order("POST", "/meetings", body);
  changeMeeting = (/** @type {number} */ id, /** @type {Order} */ body) =>
    this.#order("PATCH", `/meetings/${id}`, body);
  deleteMeeting = (/** @type {number} */ id) => this.#order("DELETE", `/meetings/${id}`);
  addFault = (/** @type {Order} */ order) => this.#order("POST", "/faults", order);
  listFaults = () => this.#order("GET", "/faults");
  clearFaults = () => this.#order("DELETE", "/faults");
  listRequests = () => this.#order("GET", "/requests");
  clearRequests = () => this.#order("DELETE", "/requests");

  /**
   * @param {string} method
   * @param {string} path
   * @param {Order} [body]
   * @returns {Promise<any>} JSON
   */
  async #order(method, path, body) {
    const response = await fetch(`${this.url}/_simulator${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return answer;
  }
}

/** @param {string[]} names */
function without(names) {
  return Object.fromEntries(names.map((name) => [name, null]));
}
