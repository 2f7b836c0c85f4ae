/** Drives a Zoom simulator over its control API, and points pages to it. docs/simulator.md describes the orders. */
export type Order = Record<string, unknown>;
/** @typedef {Record<string, unknown>} Order */
export declare class Zoom {
    #private;
    url: string;
    /** @param {string} url - such as `http://127.0.0.1:8001` */
    constructor(url: string);
    /** @returns {Promise<Record<string, string>>} the attributes with which a page's script tag uses this simulator */
    scriptAttributes(): Promise<Record<string, string>>;
    /**
     * Have the pages that are opened in this context from now on use this simulator.
     *
     * @param {import("@playwright/test").BrowserContext} context
     * @param {Record<string, string | null>} [changes] - attributes to add or change; `null` takes one away
     */
    attach(context: import("@playwright/test").BrowserContext, changes?: Record<string, string | null>): Promise<void>;
    reset: () => Promise<any>;
    state: () => Promise<any>;
    changeSettings: (/** @type {Order} */ changes: Order) => Promise<any>;
    advance: (/** @type {number} */ seconds: number) => Promise<any>;
    putUser: (/** @type {string} */ email: string, /** @type {Order} */ changes: Order) => Promise<any>;
    signInAs: (/** @type {string} */ email: string) => Promise<any>;
    uninstall: (/** @type {string} */ email: string) => Promise<any>;
    expire: (/** @type {"codes" | "access_tokens" | "refresh_tokens"} */ what: "codes" | "access_tokens" | "refresh_tokens") => Promise<any>;
    listMeetings: () => Promise<any>;
    addMeeting: (/** @type {Order} */ body: Order) => Promise<any>;
    changeMeeting: (/** @type {number} */ id: number, /** @type {Order} */ body: Order) => Promise<any>;
    deleteMeeting: (/** @type {number} */ id: number) => Promise<any>;
    addFault: (/** @type {Order} */ order: Order) => Promise<any>;
    listFaults: () => Promise<any>;
    clearFaults: () => Promise<any>;
    listRequests: () => Promise<any>;
    clearRequests: () => Promise<any>;
}
