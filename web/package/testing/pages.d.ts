/** Page objects: they find controls by the names that users read, and make no assertions. */
export type Locator = import("@playwright/test").Locator;
export type Page = import("@playwright/test").Page;
export type State = "loading" | "idle" | "signing-in" | "creating" | "ready" | "updating" | "removing" | "gone" | "error";
/** @typedef {import("@playwright/test").Locator} Locator */
/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {"loading" | "idle" | "signing-in" | "creating" | "ready" | "updating" | "removing" | "gone" | "error"} State */
/** Zoom's consent page, as the simulator shows it in the popup. */
export declare class ConsentPage {
    #private;
    page: import("@playwright/test").Page;
    /** @param {Page} page */
    constructor(page: Page);
    /** @param {string} email - of another Zoom user */
    chooseUser(email: string): Promise<void>;
    allow: () => Promise<void>;
    deny: () => Promise<void>;
}
/** One `<zoom-meeting>` element; locators find the controls in its open shadow root. */
export declare class MeetingWidget {
    root: import("@playwright/test").Locator;
    addButton: import("@playwright/test").Locator;
    menu: import("@playwright/test").Locator;
    connectButton: import("@playwright/test").Locator;
    cancelButton: import("@playwright/test").Locator;
    panel: import("@playwright/test").Locator;
    clientLink: import("@playwright/test").Locator;
    copyButton: import("@playwright/test").Locator;
    start: import("@playwright/test").Locator;
    startButton: import("@playwright/test").Locator;
    detailsSummary: import("@playwright/test").Locator;
    sendButton: import("@playwright/test").Locator;
    sendMenu: import("@playwright/test").Locator;
    emailLink: import("@playwright/test").Locator;
    removeButton: import("@playwright/test").Locator;
    removeMenu: import("@playwright/test").Locator;
    drift: import("@playwright/test").Locator;
    updateZoomButton: import("@playwright/test").Locator;
    updateNoteButton: import("@playwright/test").Locator;
    accountButton: import("@playwright/test").Locator;
    notice: import("@playwright/test").Locator;
    message: import("@playwright/test").Locator;
    heard: import("@playwright/test").Locator;
    alarm: import("@playwright/test").Locator;
    /** @param {Locator} root */
    constructor(root: Locator);
    /**
     * @param {Page} page
     * @param {string} [selector] - if the page has several
     */
    static find(page: Page, selector?: string): MeetingWidget;
    /** @param {string} name */
    button(name: string): import("@playwright/test").Locator;
    /** @param {State} state */
    waitForState(state: State): Promise<void>;
    /** Press the camera button, then *Add Zoom Meeting*; return the popup that opens. */
    startSignIn(): Promise<ConsentPage>;
    /** Press *Add Zoom Meeting* or another button, and return the popup that opens. */
    connect(button?: import("@playwright/test").Locator): Promise<ConsentPage>;
    /** Sign in as the user whom Zoom preselects, and wait until the meeting is shown. */
    createMeeting(): Promise<void>;
    /** Press *Remove meeting*, and then this button of the question. */
    confirmRemoval(name?: string): Promise<void>;
}
