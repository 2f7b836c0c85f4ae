/** Page objects: they find controls by the names that users read, and make no assertions. */

/** @typedef {import("@playwright/test").Locator} Locator */
/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {"loading" | "idle" | "signing-in" | "creating" | "ready" | "updating" | "removing" | "gone" | "error"} State */

/** Zoom's consent page, as the simulator shows it in the popup. */
export class ConsentPage {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {string} email - of another Zoom user */
  async chooseUser(email) {
    await this.page.getByLabel("Signed in as").selectOption(email);
  }

  allow = () => this.#press("Allow");
  deny = () => this.#press("Deny");

  /** @param {string} name */
  async #press(name) {
    // The popup may close before the browser reports the navigation that the click causes.
    await this.page.getByRole("button", { name, exact: true }).click({ noWaitAfter: true });
  }
}

/** One `<zoom-meeting>` element; locators find the controls in its open shadow root. */
export class MeetingWidget {
  /** @param {Locator} root */
  constructor(root) {
    this.root = root;
    this.addButton = this.button("Add Meeting");
    this.menu = root.getByRole("group", { name: "Add Meeting", exact: true });
    this.connectButton = this.menu.getByRole("button", { name: "Add Zoom Meeting", exact: true });
    this.cancelButton = this.button("Cancel");
    this.panel = root.getByRole("region", { name: /^Zoom meeting/ });
    this.clientLink = this.panel.locator("[part~=link]");
    this.copyButton = this.panel.locator("[part~=link-row] [part~=copy-button]");
    this.start = this.panel.locator("[part~=start]");
    this.startButton = this.button("Start meeting");
    this.detailsSummary = this.panel.locator("summary");
    this.sendButton = this.panel.getByRole("button", { name: "Send to client", exact: true });
    this.sendMenu = this.panel.getByRole("group", { name: "Send to client", exact: true });
    this.emailLink = this.sendMenu.getByRole("link", { name: "Email", exact: true });
    this.removeButton = this.panel.getByRole("button", { name: "Remove meeting", exact: true });
    this.removeMenu = this.panel.getByRole("group", { name: "Remove meeting", exact: true });
    this.drift = this.panel.locator("[data-code=drift]");
    this.updateZoomButton = this.drift.getByRole("button", { name: "Update Zoom to" });
    this.updateNoteButton = this.drift.getByRole("button", { name: "Update note to" });
    this.accountButton = this.button("Zoom account");
    this.notice = root.locator(
      "[part~=notice]:not([data-code=drift], [data-code=appointment-cancelled], [data-code=other-host])",
    );
    this.message = this.notice.locator("[part~=message]");
    this.heard = root.getByRole("status");
    this.alarm = root.getByRole("alert");
  }

  /**
   * @param {Page} page
   * @param {string} [selector] - if the page has several
   */
  static find(page, selector = "zoom-meeting") {
    return new MeetingWidget(page.locator(selector));
  }

  /** @param {string} name */
  button(name) {
    return this.root.getByRole("button", { name, exact: true });
  }

  /** @param {State} state */
  async waitForState(state) {
    const { root } = this;
    await root.and(root.page().locator(`[data-state="${state}"]`)).waitFor({ state: "attached" });
  }

  /** Press the camera button, then *Add Zoom Meeting*; return the popup that opens. */
  async startSignIn() {
    await this.waitForState("idle");
    await this.addButton.click();
    return this.connect();
  }

  /** Press *Add Zoom Meeting* or another button, and return the popup that opens. */
  async connect(button = this.connectButton) {
    const popup = this.root.page().waitForEvent("popup");
    await button.click();
    return new ConsentPage(await popup);
  }

  /** Sign in as the user whom Zoom preselects, and wait until the meeting is shown. */
  async createMeeting() {
    await (await this.startSignIn()).allow();
    await this.waitForState("ready");
  }

  /** Press *Remove meeting*, and then this button of the question. */
  async confirmRemoval(name = "Remove") {
    await this.removeButton.click();
    await this.removeMenu.getByRole("button", { name, exact: true }).click();
  }
}
