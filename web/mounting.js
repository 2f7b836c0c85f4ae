/** When elements are handed to Python: those that are seen, and a long list of appointments must not freeze the page. */
import { NEARNESS } from "./sight.js";

/** @import { Handlers } from "./contract.js" */
/** @import { ZoomMeeting } from "./element.js" */

/** How long elements may be mounted in one go: a page that answers within this time seems to answer at once. */
const SLICE_MS = 100;

let isMounting = false;

/**
 * Mounts what was seen, in slices; once for all that are seen in the same turn.
 *
 * @param {Set<ZoomMeeting>} waiting
 * @param {() => Handlers | null} findPython - it may have died before the next slice
 */
export function mountSoon(waiting, findPython) {
  if (isMounting) return;
  isMounting = true;
  const mountSeen = () => {
    isMounting = false;
    const python = findPython();
    if (!python) return;
    const end = performance.now() + SLICE_MS;
    for (const element of waiting) {
      if (!element.isSeen) continue;
      if (performance.now() > end) {
        isMounting = true;
        setTimeout(mountSeen);
        return;
      }
      element.mount(python);
    }
  };
  queueMicrotask(mountSeen);
}

/** Of elements that come in one go only the first is asked at once whether it is seen. */
let isFirst = true;

function comesAlone() {
  if (!isFirst) return false;
  isFirst = false;
  setTimeout(() => (isFirst = true));
  return true;
}

/**
 * Whether it is seen or near, asked at once, which costs a layout: an appointment that is opened later shows without
 * a wait.
 *
 * @param {Element} element
 */
export function isDue(element) {
  if (!comesAlone()) return false;
  const { top, bottom, width } = element.getBoundingClientRect();
  return width > 0 && top < (1 + NEARNESS) * innerHeight && bottom > -NEARNESS * innerHeight;
}
