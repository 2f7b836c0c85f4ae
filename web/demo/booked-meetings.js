/** Meetings that were made before the visit: in the simulated Zoom, and as a line for the notes. */

import { TIME_ZONE } from "./appointments.js";
import { writeNoteTime } from "./days.js";
import { orderFromZoom } from "./zoom-orders.js";

/** @import { Appointment } from "./appointments.js" */

/** @type {Map<string, Promise<string>>} By the appointments' ids. */
const asked = new Map();

/**
 * The line for the notes. Asked again meanwhile, it makes no second meeting.
 *
 * @param {Appointment} appointment
 */
export function bookMeeting(appointment) {
  const line = asked.get(appointment.id) ?? order(appointment).finally(() => asked.delete(appointment.id));
  asked.set(appointment.id, line);
  return line;
}

/** @param {Appointment} appointment */
async function order({ client, date, time, duration }) {
  const topic = `Appointment with ${client}`;
  const meeting = { topic, start_time: `${date}T${time}:00`, timezone: TIME_ZONE, duration };
  const { joinUrl } = await orderFromZoom({ order: "book", meeting });
  return `Zoom: [${topic}] ${writeNoteTime(date, time)} — ${joinUrl}`;
}
