/** What the page asks of the simulated Zoom, through its own server: e2e/demo_orders.py. */

const ADDRESS = "/zoom-orders";

/** @typedef {{ plan: string, meetings: string, joinUrl?: string }} ZoomSide - `joinUrl` after "book" */

/** @returns {Promise<ZoomSide>} */
export const readZoomSide = () => call();

/**
 * @param {{ order: string, plan?: string, meetings?: string, meeting?: string | Record<string, string | number> }} order
 * @returns {Promise<ZoomSide>}
 */
export const orderFromZoom = (order) =>
  call({ method: "POST", body: JSON.stringify(order), headers: { "content-type": "application/json" } });

/** @param {RequestInit} [options] */
async function call(options) {
  const answer = await fetch(ADDRESS, options);
  if (!answer.ok) throw new Error(`The simulator says ${answer.status}.`);
  return answer.json();
}
