/** What the widget tells the page, as it comes: for those who embed it or test it. */

const NAMES = [
  "connected",
  "created",
  "loaded",
  "updated",
  "removed",
  "cleaned",
  "notes-changed",
  "disconnected",
  "error",
];
const MOST = 200;

export function logEvents({ list, count }) {
  let seen = 0;
  const log = (event) => {
    seen += 1;
    count.textContent = `(${seen})`;
    list.prepend(line(event));
    while (list.children.length > MOST) list.lastElementChild.remove();
  };
  for (const name of NAMES) document.addEventListener(`zoom-meeting:${name}`, log);
}

function line(event) {
  const item = document.createElement("li");
  item.dataset.event = event.type;
  item.append(part("time", new Date().toLocaleTimeString("en-US", { hour12: false })), " ");
  item.append(part("strong", event.type), " ", part("code", asJson(event.detail)));
  return item;
}

function part(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function asJson(detail) {
  try {
    return JSON.stringify(detail) ?? String(detail);
  } catch {
    return String(detail);
  }
}
