/**
 * Settings from a page's own code, for pages that import `embed.js` themselves. It needs no document, so that a server
 * can import it, too.
 */
import { findConfigured, keepConfigured } from "./configured.js";

/**
 * Sets what the script's tag would: `clientId` is its `data-client-id`. What is set here counts more than the tag. It
 * has to be called before the widget starts, so best beside the import of `embed.js`, in either order.
 *
 * @param {Record<string, string | null | undefined>} settings - one that is `null` or `undefined` is left as it is
 */
export function configure(settings) {
  const known = findConfigured();
  const named = Object.entries(settings).map(([name, value]) => [
    `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value,
  ]);
  const given = Object.fromEntries(named.filter(([, value]) => value !== null && value !== undefined));
  if (!Object.isFrozen(known)) keepConfigured({ ...known, ...given });
  else if (Object.keys(given).some((name) => known[name] !== given[name]))
    console.error("zoom-meeting: configure() came too late: the widget has started with other settings");
}
