// The control page: shows the simulator's state and sends its orders.
// Every text goes in as text, never as HTML.

const REFRESH_MILLISECONDS = 2000;
const byId = (id) => document.getElementById(id);

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

async function call(method, path, body) {
  const response = await fetch(`/_simulator${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `Status ${response.status}`);
  return answer;
}

async function order(done, method, path, body) {
  try {
    await call(method, path, body);
    byId("status").textContent = done;
  } catch (error) {
    byId("status").textContent = `Not done: ${error.message}`;
  }
  await refreshAll();
}

function makeButton(text, label, act) {
  const button = make("button", { type: "button", textContent: text });
  button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

function makeSelect(choices, value, label, act) {
  const select = make("select", {}, ...choices.map((choice) => make("option", { value: choice, textContent: choice })));
  select.value = value;
  if (label) select.setAttribute("aria-label", label);
  select.addEventListener("change", () => act(select.value));
  return select;
}

function showPerson(user, signedInAs) {
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

function showMeeting(meeting) {
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

function describeFault(fault) {
  const details = {
    respond: `answers ${fault.status}`,
    drop_before: "is cut off before the work",
    drop_after: "is cut off after the work",
    drop_reused: "is cut off after the work, and repeated by the browser",
    delay: `takes ${fault.seconds} s`,
    cors_off: "is hidden by the browser",
  };
  const times = fault.times > 1 ? ` (${fault.times} times)` : "";
  return `${fault.operation}: ${details[fault.kind]}${times}`;
}

function makeInput(setting, change) {
  if (setting.choices.length) {
    const numeric = setting.kind === "number";
    return makeSelect(setting.choices, setting.value, "", (value) => change(numeric ? Number(value) : value));
  }
  const input = make("input");
  if (setting.kind === "switch") {
    input.type = "checkbox";
    input.checked = setting.value;
    input.addEventListener("change", () => change(input.checked));
    return input;
  }
  input.type = setting.kind === "number" ? "number" : "text";
  input.step = "any";
  input.value = setting.kind === "list" ? setting.value.join(" ") : setting.value;
  const read = {
    number: () => Number(input.value),
    list: () => input.value.split(/\s+/).filter(Boolean),
    text: () => input.value,
  }[setting.kind];
  input.addEventListener("change", () => change(read()));
  return input;
}

function showSetting(setting) {
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

function showSettings(settings) {
  const shown = [];
  let group = "";
  for (const setting of settings) {
    if (setting.group !== group) {
      group = setting.group;
      shown.push(make("h3", { textContent: group }));
    }
    shown.push(showSetting(setting));
  }
  return shown;
}

function showRequest(entry) {
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

const shownTexts = new Map();

// Redraws a part only when it changed, and keeps the keyboard where it was.
function redraw(id, data, draw, empty) {
  const text = JSON.stringify(data);
  if (shownTexts.get(id) === text) return;
  shownTexts.set(id, text);
  const part = byId(id);
  const controls = () => [...part.querySelectorAll("button, input, select, summary")];
  const focused = controls().indexOf(document.activeElement);
  const nodes = draw(data);
  if (!nodes.length) nodes.push(make("p", { className: "quiet", textContent: empty }));
  part.replaceChildren(...nodes);
  if (focused >= 0)
    controls()
      .at(Math.min(focused, controls().length - 1))
      ?.focus();
}

async function refreshAll() {
  const [state, settings, requests] = await Promise.all([
    call("GET", "/state"),
    call("GET", "/settings"),
    call("GET", "/requests"),
  ]);
  const { users, meetings, faults } = state;
  const signedInAs = state.settings.sign_in_as;
  redraw("people", [users, signedInAs], () => users.map((user) => showPerson(user, signedInAs)));
  redraw("meetings", meetings, () => meetings.map(showMeeting), "No meetings yet.");
  redraw(
    "faults",
    faults,
    () => faults.map((fault) => make("li", { textContent: describeFault(fault) })),
    "Nothing is waiting to go wrong.",
  );
  redraw("settings", settings, showSettings);
  redraw("requests", requests, () => requests.slice(-100).reverse().map(showRequest), "None yet.");
  const demo = byId("demo");
  demo.hidden = !state.settings.demo_url;
  if (state.settings.demo_url) demo.href = state.settings.demo_url;
}

async function refreshForever() {
  try {
    if (!document.hidden) await refreshAll();
  } catch {
    byId("status").textContent = "The simulator does not answer.";
  }
  setTimeout(refreshForever, REFRESH_MILLISECONDS);
}

const onClick = (id, ...what) => byId(id).addEventListener("click", () => order(...what));
onClick("expire-access", "Access tokens have expired.", "POST", "/expire", {
  what: "access_tokens",
});
onClick("expire-refresh", "Refresh tokens have expired.", "POST", "/expire", {
  what: "refresh_tokens",
});
onClick("advance-hour", "The clock was moved.", "POST", "/clock", { advance_seconds: 3600 });
onClick("reset", "Everything is as it was at the start.", "POST", "/reset");
onClick("clear-faults", "Nothing will go wrong.", "DELETE", "/faults");
onClick("clear-requests", "The log was cleared.", "DELETE", "/requests");

byId("fault").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  order("Added.", "POST", "/faults", {
    operation: form.get("operation"),
    kind: form.get("kind"),
    status: Number(form.get("status")),
    seconds: Number(form.get("seconds")),
    times: Number(form.get("times")),
  });
});

refreshForever();
