/** The invented book of an invented salon. Days are counted from today, so that it never gets old. */

import { addDays, clockIn, dateIn, minutesOf, writeClockTime } from "./days.js";

export const TIME_ZONE = "America/New_York";
export const DEFAULT_APPOINTMENT = "812";

/**
 * @typedef {object} Appointment
 * @property {string} id
 * @property {string} date - `YYYY-MM-DD`
 * @property {string} time - `HH:MM`, the salon's wall clock
 * @property {number} duration - in minutes
 * @property {string} client
 * @property {string} service
 * @property {Staff} staff
 * @property {string | null} email
 * @property {string} phone
 * @property {string} notes - as they were at first
 * @property {"cancelled" | "no-show"} [status] - what has become of it, unless it is booked, or over
 * @property {true} [hasMeeting] - whether somebody has made its meeting in Zoom already
 * @property {true} [readOnly] - whether nobody at this desk may change its meeting
 * @property {true} [hasOtherKinds] - whether there is another kind of meeting to choose
 * @property {string} [zoomAccount] - the account that is to host its meeting
 * @property {string} [clientTimeZone]
 *
 * @typedef {{ name: string, color: string, room: string, email?: string }} Staff - with an address: hosts in Zoom
 * @typedef {{ date: string, appointments: Appointment[] }} Day
 */

const MIA = { name: "Mia Torres", color: "teal", room: "2" };
const JONAS = { name: "Jonas Berg", color: "amber", room: "4" };
const NOOR = { name: "Noor Haddad", color: "plum", room: "1" };
const KIM = { name: "Kim Sato", color: "amber", room: "3", email: "kim@lotus-spa.example" };

const HALF_HOUR = 30;
const JUST_BEGUN = 5; // minutes

const notes = (/** @type {string[]} */ ...lines) => lines.join("\n");

// The names are the kind that break software: apostrophes, brackets, emoji, right-to-left, very long.
// biome-ignore format: what belongs together stands in one line
/** @type {Record<string, Omit<Appointment, "date">[]>} */
const DAYS = {
  [-1]: [
    {
      id: "791", time: "10:30", duration: 45, client: "Ana Castillo", service: "Express facial", staff: MIA,
      email: "ana.castillo@example.com", phone: "+12125550119",
      notes: notes("First visit, came with a voucher.", "Sensitive around the eyes."),
    },
    {
      id: "792", time: "12:00", duration: 60, client: "Dana Lee", service: "Deep tissue massage", staff: JONAS,
      email: "dana@example.com", phone: "+15550100",
      notes: notes("Worked on neck and left shoulder.", "Wants to talk about home care, booked a video consultation."),
    },
    {
      id: "793", time: "14:15", duration: 30, client: "Ravi Menon", service: "Brow shaping", staff: NOOR,
      email: "ravi.menon@example.com", phone: "+16465550172",
      status: "no-show", hasMeeting: true,
      notes: notes("Did not join. Call tomorrow.", "Keep the arch as it is."),
    },
    {
      id: "794", time: "17:00", duration: 60, client: "Grace Whitfield", service: "Skin consultation", staff: MIA,
      email: "grace@example.com", phone: "+19175550138",
      notes: notes("Retinol since spring, some redness.", "Asked for a written routine."),
    },
  ],
  0: [
    {
      id: "801", time: "09:30", duration: 60, client: "Helena Brandão", service: "Hot stone massage", staff: JONAS,
      email: "helena.brandao@example.com", phone: "+12125550161",
      notes: notes("Firm pressure, warm room.", "Gate code for parking: ask at the desk."),
    },
    {
      id: "802", time: "11:00", duration: 45, client: "Marcus Bell", service: "Signature facial", staff: MIA,
      email: "marcus.bell@example.com", phone: "+13475550126",
      notes: notes("Shaved this morning, no exfoliant."),
    },
    {
      id: "803", time: "13:30", duration: 30, client: "Yuki Tanaka", service: "Manicure", staff: NOOR,
      email: "yuki@example.com", phone: "+16465550104",
      notes: notes("Short, clear polish."),
    },
    {
      id: "804", time: "16:00", duration: 60, client: "Ingrid Solberg", service: "Prenatal massage", staff: JONAS,
      email: "ingrid.solberg@example.com", phone: "+19175550183",
      notes: notes("Week 27. Side-lying only.", "Water, no tea."),
    },
    {
      id: "805", time: "18:30", duration: 30, client: "Leon Fischer", service: "Skin consultation", staff: MIA,
      email: "leon.fischer@example.com", phone: "+12125550190",
      notes: notes("Video preferred, works late."),
    },
  ],
  1: [
    {
      id: "807", time: "10:00", duration: 45, client: "Siobhán O'Malley", service: "Signature facial", staff: MIA,
      email: "siobhan.omalley@example.com", phone: "+12125550143",
      notes: notes("Rosacea: cool towels, no steam.", "Likes the lavender mist at the end."),
    },
    {
      id: "808", time: "11:15", duration: 60, client: "نورة الحربي", service: "Aromatherapy massage", staff: NOOR,
      email: "noura@example.com", phone: "+16465550155",
      notes: notes("Female therapist only.", "تفضّل زيت الورد", "Quiet room at the back."),
    },
    {
      id: "809", time: "13:00", duration: 30, client: "Marguerite-Anne Delacroix-Fontaine 🌸", service: "Wedding skin plan",
      staff: MIA, email: "marguerite.anne@example.com", phone: "+13475550177",
      notes: notes(
        "Wedding on the 28th, six weeks of treatments planned.",
        "Talks to us through her planner:",
        "Google Meet: https://meet.google.com/abc-defg-hij",
        "Patch test done, all fine.",
      ),
    },
    {
      id: "810", time: "14:30", duration: 60, client: "Tom Adeyemi", service: "Sports massage", staff: JONAS,
      email: null, phone: "+19175550112",
      notes: notes("No email, text him.", "Right hamstring, marathon in three weeks."),
    },
    {
      id: "811", time: "16:15", duration: 45, client: "Sam Okafor [VIP]", service: "Scalp ritual", staff: NOOR,
      email: "sam.okafor@example.com", phone: "+12125550168",
      notes: notes("Package 3 of 5.", "Sandalwood, never rosemary."),
    },
    {
      id: "812", time: "18:00", duration: 60, client: "Dana Lee", service: "Skin consultation", staff: MIA,
      email: "dana@example.com", phone: "+15550100",
      notes: notes(
        "Prefers low light. Allergic to almond oil.",
        "Would like to do this one from home, has photos of the reaction in March.",
        "",
        "Last visit: neck and left shoulder, Jonas.",
      ),
    },
  ],
  2: [
    {
      id: "821", time: "10:00", duration: 60, client: "Beatriz Nogueira", service: "Deep tissue massage", staff: JONAS,
      email: "beatriz@example.com", phone: "+16465550131",
      notes: notes("Lower back, desk job.", "Bring the wedge pillow."),
    },
    {
      id: "822", time: "11:30", duration: 60, client: "Chloé & Pat", service: "Couples consultation", staff: NOOR,
      email: "chloe.pat@example.com", phone: "+12125550109",
      hasOtherKinds: true,
      notes: notes("Two people, one call: Pat joins from work.", "Gift from Chloé's sister."),
    },
    {
      id: "823", time: "13:15", duration: 30, client: "דנה לוי", service: "Brow shaping", staff: NOOR,
      email: "dana.levi@example.com", phone: "+13475550120",
      notes: notes("Sensitive to wax, thread instead."),
    },
    {
      id: "827", time: "14:00", duration: 30, client: "Peter Novak", service: "Skin consultation", staff: MIA,
      email: "peter.novak@example.com", phone: "+12125550147",
      status: "cancelled", hasMeeting: true,
      notes: notes("Has a cold, called it off this morning."),
    },
    {
      id: "824", time: "15:00", duration: 45, client: "Walter Price", service: "Hand care", staff: MIA,
      email: null, phone: "+19175550146",
      notes: notes("Hard of hearing, call his daughter first."),
    },
    {
      id: "828", time: "16:00", duration: 45, client: "Elise Moreau", service: "Home care lesson", staff: KIM,
      email: "elise.moreau@example.com", phone: "+13475550118",
      notes: notes("Kim hosts this one herself."),
    },
    {
      id: "825", time: "17:30", duration: 60, client: "Amara Nwosu", service: "Signature facial", staff: MIA,
      email: "amara.nwosu@example.com", phone: "+16465550198",
      notes: "",
    },
    {
      id: "826", time: "17:30", duration: 30, client: "Rosa Lindqvist", service: "Scar consultation", staff: JONAS,
      email: "rosa.lindqvist@example.com", phone: "+19175550164",
      notes: notes("Knee, eight weeks after surgery.", "Evenings only."),
    },
  ],
  3: [
    {
      id: "831", time: "09:30", duration: 45, client: "Lucía Ferrer", service: "Express facial", staff: MIA,
      email: "lucia.ferrer@example.com", phone: "+12125550137",
      notes: notes("Flight at one, please be on time."),
    },
    {
      id: "832", time: "11:00", duration: 90, client: "Kenji Mori", service: "Lotus ritual", staff: JONAS,
      email: "kenji.mori@example.com", phone: "+13475550165",
      hasMeeting: true, readOnly: true,
      notes: notes("Booked by his hotel, which changes the appointment.", "Green tea on arrival."),
    },
    {
      id: "833", time: "13:45", duration: 30, client: "Olivia Hart", service: "Manicure", staff: NOOR,
      email: "olivia@example.com", phone: "+19175550181",
      notes: notes("Matches a dress, brings a sample."),
    },
    {
      id: "834", time: "16:00", duration: 60, client: "Farid Rahimi", service: "Sports massage", staff: JONAS,
      email: "farid.rahimi@example.com", phone: "+16465550114",
      zoomAccount: "front-desk@lotus-spa.example",
      notes: notes("Ankle taped until next week.", "The front desk hosts the call."),
    },
    {
      id: "835", time: "18:15", duration: 30, client: "Nell Brooks", service: "Skin consultation", staff: MIA,
      email: "nell.brooks@example.com", phone: "+12125550152",
      clientTimeZone: "America/Denver",
      notes: notes("Video call, joins from Denver (two hours behind us)."),
    },
  ],
};

/** @type {Omit<Appointment, "date" | "time">} */
const UNDER_WAY = {
  id: "806",
  duration: 60,
  client: "Zoë Marsh",
  service: "Skin consultation",
  staff: NOOR,
  email: "zoe.marsh@example.com",
  phone: "+12125550175",
  notes: notes("Walked in by phone: wants a look at a rash."),
};

/**
 * The days around today, each with its date and its appointments in the order of the clock. One of today's began at the
 * last full or half hour, five minutes ago or more.
 *
 * @param {Date} [now]
 * @returns {Day[]}
 */
export function bookFor(now = new Date()) {
  const today = dateIn(TIME_ZONE, now);
  const minutes = Math.max(0, minutesOf(clockIn(TIME_ZONE, now)) - JUST_BEGUN);
  const underWay = { ...UNDER_WAY, time: writeClockTime(minutes - (minutes % HALF_HOUR)) };
  return Object.entries({ ...DAYS, 0: [...(DAYS[0] ?? []), underWay] })
    .map(([offset, entries]) => {
      const date = addDays(today, Number(offset));
      const appointments = entries.map((entry) => ({ ...entry, date }));
      return { date, appointments: appointments.sort((one, other) => one.time.localeCompare(other.time)) };
    })
    .sort((one, other) => one.date.localeCompare(other.date));
}
