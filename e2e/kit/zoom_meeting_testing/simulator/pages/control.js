/**
 * The control page: shows the simulator's state and sends its orders. Every text goes in as text, never as HTML.
 *
 * What the simulator sends (control_routes.py):
 * @typedef {{ email: string, display_name: string, plan: string, scopes: string[], allowed_to_host: boolean }} User
 * @typedef {{ id: number, topic: string, start_time: string, timezone: string, duration: number, host: string }} Meeting
 * @typedef {{ operation: string, kind: keyof typeof FAULTS, status: number, seconds: number, times: number }} Fault
 *
 * @typedef {object} Setting
 * @property {string} name
 * @property {string} group
 * @property {string} help
 * @property {"switch" | "number" | "list" | "text"} kind
 * @property {(string | number)[]} choices
 * @property {boolean | number | string | string[]} value
 *
 * @typedef {object} LoggedRequest
 * @property {string} at - a time of ISO 8601
 * @property {string} method
 * @property {string} path
 * @property {number | null} status - null if there was no answer
 * @property {string | null} fault
 * @property {object} headers
 * @property {object} query
 * @property {unknown} body
 *
 * @typedef {object} State
 * @property {User[]} users
 * @property {Meeting[]} meetings
 * @property {Fault[]} faults
 * @property {{ sign_in_as: string, demo_url: string }} settings
 */

const REFRESH_MILLISECONDS = 2000;
const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {object} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<unknown>} what the simulator answers, which the caller knows
 */
async function call(method, path, body) {
  const json = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`/_simulator${path}`, { method, ...json });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `Status ${response.status}`);
  return answer;
}

/**
 * Sends an order, then says that it is done.
 *
 * @param {string} done
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
function order(done, method, path, body) {
  call(method, path, body)
    .then(
      () => say(done),
      (error) => say(`Not done: ${error.message}`),
    )
    .then(refreshAll)
    .catch(sayUnreachable);
}

/** @param {string} text */
function say(text) {
  byId("status").textContent = text;
}

const sayUnreachable = () => say("The simulator does not answer.");

/**
 * @param {string} text
 * @param {string} label
 * @param {() => void} act
 */
function makeButton(text, label, act) {
  const button = make("button", { type: "button", textContent: text });
  button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

/**
 * @param {(string | number)[]} choices
 * @param {string} value
 * @param {string} label
 * @param {(choice: string) => void} act
 */
function makeSelect(choices, value, label, act) {
  const select = make("select", {}, ...choices.map((choice) => make("option", { value: choice, textContent: choice })));
  select.value = value;
  if (label) select.setAttribute("aria-label", label);
  select.addEventListener("change", () => act(select.value));
  return select;
}

/**
 * @param {User} user
 * @param {string} signedInAs
 */
function renderPerson(user, signedInAs) {
  const preselected = user.email === signedInAs;
  const path = `/users/${encodeURIComponent(user.email)}`;
  const scopes = `${user.scopes.length} ${user.scopes.length === 1 ? "scope" : "scopes"}`;
  const host = make("input", { type: "checkbox", checked: user.allowed_to_host });
  host.addEventListener("change", () =>
    order(`${user.display_name} was changed.`, "PUT", path, { allowed_to_host: host.checked }),
  );
  return make(
    "div",
    { className: "row" },
    make(
      "div",
      { className: "about" },
      make("strong", { textContent: user.display_name }),
      make("span", {
        textContent: `${user.email} · ${scopes}${preselected ? " · preselected at sign-in" : ""}`,
      }),
    ),
    makeSelect(["basic", "licensed", "unassigned", "none"], user.plan, `Plan of ${user.display_name}`, (plan) =>
      order(`${user.display_name} is ${plan} now.`, "PUT", path, { plan }),
    ),
    make("label", { className: "check" }, host, "May host"),
    makeButton("Sign in as", `Sign in as ${user.display_name}`, () =>
      order(`${user.display_name} is preselected.`, "POST", "/sign-in-as", { email: user.email }),
    ),
    makeButton("Uninstall", `Uninstall the app for ${user.display_name}`, () =>
      order(`Uninstalled for ${user.display_name}.`, "POST", "/uninstall", { email: user.email }),
    ),
  );
}

/** @param {Meeting} meeting */
function renderMeeting(meeting) {
  const path = `/meetings/${meeting.id}`;
  const starts = new Date(meeting.start_time);
  const time = starts.toLocaleString([], {
    dateStyle: "full",
    timeStyle: "short",
    timeZone: meeting.timezone,
  });
  const later = new Date(starts.getTime() + 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
  return make(
    "div",
    { className: "row" },
    make(
      "div",
      { className: "about" },
      make("strong", { textContent: meeting.topic }),
      make("span", { textContent: `${time} (${meeting.timezone}), ${meeting.duration} minutes` }),
      make("span", { textContent: `${meeting.id} · ${meeting.host}` }),
    ),
    makeButton("Move 1 hour later", `Move ${meeting.topic} 1 hour later`, () =>
      order(`${meeting.topic} was moved.`, "PATCH", path, { start_time: later }),
    ),
    makeButton("Delete", `Delete ${meeting.topic}`, () => order(`${meeting.topic} was deleted.`, "DELETE", path)),
  );
}

const FAULTS = {
  respond: (/** @type {Fault} */ { status }) => `answers ${status}`,
  drop_before: () => "is cut off before the work",
  drop_after: () => "is cut off after the work",
  drop_reused: () => "is cut off after the work, and repeated by the browser",
  delay: (/** @type {Fault} */ { seconds }) => `takes ${seconds} s`,
  cors_off: () => "is hidden by the browser",
};

/** @param {Fault} fault */
function describeFault(fault) {
  const times = fault.times > 1 ? ` (${fault.times} times)` : "";
  return `${fault.operation}: ${FAULTS[fault.kind](fault)}${times}`;
}

/**
 * @param {Setting} setting
 * @param {(value: Setting["value"]) => void} change
 */
function makeInput({ kind, choices, value }, change) {
  if (choices.length) {
    const numeric = kind === "number";
    return makeSelect(choices, String(value), "", (choice) => change(numeric ? Number(choice) : choice));
  }
  const input = make("input");
  if (kind === "switch") {
    input.type = "checkbox";
    input.checked = value === true;
    input.addEventListener("change", () => change(input.checked));
    return input;
  }
  input.type = kind === "number" ? "number" : "text";
  input.step = "any";
  input.value = Array.isArray(value) ? value.join(" ") : String(value);
  const readings = {
    number: () => Number(input.value),
    list: () => input.value.split(/\s+/).filter(Boolean),
    text: () => input.value,
  };
  input.addEventListener("change", () => change(readings[kind]()));
  return input;
}

/** @param {Setting} setting */
function renderSetting(setting) {
  const input = makeInput(setting, (value) =>
    order(`${setting.name} was changed.`, "PATCH", "/settings", { [setting.name]: value }),
  );
  input.id = `setting-${setting.name}`;
  return make(
    "div",
    { className: setting.kind === "switch" ? "setting switch" : "setting" },
    make("label", { htmlFor: input.id }, setting.help, make("code", { textContent: setting.name })),
    input,
  );
}

/** @param {Setting[]} settings */
function renderSettings(settings) {
  const shown = [];
  let group = "";
  for (const setting of settings) {
    if (setting.group !== group) {
      ({ group } = setting);
      shown.push(make("h3", { textContent: group }));
    }
    shown.push(renderSetting(setting));
  }
  return shown;
}

/** @param {LoggedRequest} entry */
function renderRequest(entry) {
  const failed = entry.status === null || entry.status >= 400;
  const outcome = entry.status ?? "no answer";
  const fault = entry.fault ? ` · ${entry.fault}` : "";
  const summary = make("summary", {
    className: failed ? "failed" : "",
    textContent: `${entry.at.slice(11, 19)} ${entry.method} ${entry.path} → ${outcome}${fault}`,
  });
  const { headers, query, body } = entry;
  const details = make("pre", { textContent: JSON.stringify({ query, body, headers }, null, 2) });
  return make("li", {}, make("details", {}, summary, details));
}

/** @type {Map<string, string>} What each part shows, in JSON. */
const shownTexts = new Map();

/**
 * Redraws a part only when it changed, and keeps the keyboard where it was.
 *
 * @template Data
 * @param {string} id
 * @param {Data} data
 * @param {(data: Data) => HTMLElement[]} draw
 * @param {string} [empty] - what is said where there is nothing
 */
function redraw(id, data, draw, empty) {
  const text = JSON.stringify(data);
  if (shownTexts.get(id) === text) return;
  shownTexts.set(id, text);
  const part = byId(id);
  const controls = () => /** @type {HTMLElement[]} */ ([...part.querySelectorAll("button, input, select, summary")]);
  const focused = controls().indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const nodes = draw(data);
  if (!nodes.length) nodes.push(make("p", { className: "quiet", textContent: empty }));
  part.replaceChildren(...nodes);
  if (focused >= 0)
    controls()
      .at(Math.min(focused, controls().length - 1))
      ?.focus();
}

async function refreshAll() {
  const answers = await Promise.all([call("GET", "/state"), call("GET", "/settings"), call("GET", "/requests")]);
  const [state, settings, requests] = /** @type {[State, Setting[], LoggedRequest[]]} */ (answers);
  const { users, meetings, faults } = state;
  const signedInAs = state.settings.sign_in_as;
  redraw("people", [users, signedInAs], () => users.map((user) => renderPerson(user, signedInAs)));
  redraw("meetings", meetings, () => meetings.map(renderMeeting), "No meetings yet.");
  redraw(
    "faults",
    faults,
    () => faults.map((fault) => make("li", { textContent: describeFault(fault) })),
    "No faults are waiting.",
  );
  redraw("settings", settings, renderSettings);
  redraw("requests", requests, () => requests.slice(-100).reverse().map(renderRequest), "None yet.");
  const demo = /** @type {HTMLAnchorElement} */ (byId("demo"));
  demo.hidden = !state.settings.demo_url;
  if (state.settings.demo_url) demo.href = state.settings.demo_url;
}

function refreshForever() {
  const refreshed = document.hidden ? Promise.resolve() : refreshAll();
  refreshed.catch(sayUnreachable).finally(() => setTimeout(refreshForever, REFRESH_MILLISECONDS));
}

/**
 * @param {string} id
 * @param {Parameters<typeof order>} what
 */
const onClick = (id, ...what) => byId(id).addEventListener("click", () => order(...what));
onClick("expire-access", "Access tokens have expired.", "POST", "/expire", {
  what: "access_tokens",
});
onClick("expire-refresh", "Refresh tokens have expired.", "POST", "/expire", {
  what: "refresh_tokens",
});
onClick("advance-hour", "The clock was moved.", "POST", "/clock", { advance_seconds: 3600 });
onClick("reset", "Everything was reset.", "POST", "/reset");
onClick("clear-faults", "Faults were cleared.", "DELETE", "/faults");
onClick("clear-requests", "The log was cleared.", "DELETE", "/requests");

const faultForm = /** @type {HTMLFormElement} */ (byId("fault"));
faultForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(faultForm);
  order("Added.", "POST", "/faults", {
    operation: form.get("operation"),
    kind: form.get("kind"),
    status: Number(form.get("status")),
    seconds: Number(form.get("seconds")),
    times: Number(form.get("times")),
  });
});

refreshForever();
