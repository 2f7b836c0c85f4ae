/**
 * Hasty hands: a key that is held repeats itself, and a double click is two clicks. What they set
 * off first may bring another control under the same finger, and nobody has read that one yet.
 * So a control is only pressed by a key that went down on it, and by the first of two quick clicks.
 */

/** Systems end a double click after about this time, if nobody has changed it. */
const QUICK_MS = 500;
/** A finger does not hit the same point twice. Less than half a button is high. */
const SAME_PLACE_PX = 14;

const PRESSING = new Set(["Enter", " "]);

const findControl = (event) => event.composedPath().find((node) => node.matches?.("button, a, summary"));

/** The page's last two clicks with a mouse or a finger, wherever they went. */
let before = null;
let last = null;

addEventListener(
  "click",
  (event) => {
    if (event.detail === 0) return; // pressed by a key, or by a script
    before = last;
    last = { control: findControl(event), x: event.clientX, y: event.clientY, at: event.timeStamp };
  },
  { capture: true },
);

/** Whether this click is the second half of a double click, or was meant for what stood there a moment ago. */
function isHasty(event) {
  if (event.detail === 2) return true;
  if (event.detail === 0 || !before || findControl(event) === before.control) return false;
  // Some engines count anew where another element has come.
  const isQuick = event.timeStamp - before.at < QUICK_MS;
  return isQuick && Math.hypot(event.clientX - before.x, event.clientY - before.y) < SAME_PLACE_PX;
}

/** Keeps a shadow root's controls from being pressed by what was not meant for them. */
export function guard(root) {
  /** Where the key went down that is down now. */
  let pressed = null;
  const prevent = (name, isWrong) => {
    const judge = (event) => {
      if (!root.contains(event.target) || !isWrong(event)) return;
      event.preventDefault();
      if (name === "click") event.stopPropagation();
    };
    root.addEventListener(name, judge, { capture: true });
  };
  prevent("keydown", (event) => {
    if (!PRESSING.has(event.key)) return false;
    if (!event.repeat) pressed = event.target;
    return event.repeat;
  });
  // Enter presses at its keypress, the space bar at its keyup: whatever has the focus by then.
  for (const name of ["keypress", "keyup"]) {
    prevent(name, (event) => PRESSING.has(event.key) && event.target !== pressed);
  }
  prevent("click", isHasty);
}
