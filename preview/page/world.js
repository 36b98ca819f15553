// What the server tells: the whole state after every change, of the chats only those that have changed.

let state = null;
let heard = 0; // when, by this machine's clock
const chats = new Map();
const watchers = [];

export const world = {
  get ready() { return state !== null; },
  get bot() { return state.bot; },
  get people() { return state.people; },
  get faults() { return state.faults; },
  get clock() { return state.clock; },
  get waiting() { return state.waiting; },
  get zone() { return state.zone || undefined; },
  get groups() { return state.order.map((id) => chats.get(id)).filter((c) => c && c.kind !== "private"); },
  person: (id) => state?.people.find((p) => p.id === id),
  chat: (id) => chats.get(id),
  now: () => (state ? state.clock.now + (Date.now() - heard) : Date.now()),
  name: (id) => state.people.find((p) => p.id === id)?.name ?? String(id),
};

export function watch(onState, onLine) {
  watchers.push(onState);
  const events = new EventSource("events");
  events.onopen = () => onLine("live", true);
  events.onerror = () => onLine("reconnecting…", false);
  events.onmessage = (e) => {
    state = JSON.parse(e.data);
    heard = Date.now();
    for (const c of state.chats) chats.set(c.id, c);
    for (const id of chats.keys()) if (!state.order.includes(id)) chats.delete(id);
    for (const w of watchers) w();
  };
}

// act asks the server for something. It returns what came of it, with "error" if nothing did.
export async function act(body) {
  try {
    const answer = await fetch("act", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return await answer.json();
  } catch {
    return { error: "The preview does not answer. Is it still running?" };
  }
}

// ---- times, in the zone that the server names

const formats = new Map();

function format(time, options) {
  const key = JSON.stringify(options) + world.zone;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: world.zone, hourCycle: "h23", ...options }));
  return formats.get(key).format(time);
}

export const clockTime = (t) => format(t, { hour: "2-digit", minute: "2-digit" });
export const dayName = (t) => format(t, { weekday: "long", day: "numeric", month: "long" });
export const dayKey = (t) => format(t, { year: "numeric", month: "2-digit", day: "2-digit" });
export const dateTime = (t) => `${format(t, { weekday: "short", day: "numeric", month: "short" })}, ${clockTime(t)}`;

// wall gives the clock's figures at a moment: year, month, day, hour, minute.
export function wall(t) {
  const [date, time] = format(t, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).split(", ");
  const [d, m, y] = date.split("/").map(Number);
  const [h, min] = time.split(":").map(Number);
  return [y, m, d, h, min];
}

// moment is the other way round. Where clocks are put forward it is the nearest there is.
export function moment(y, m, d, h, min) {
  const wanted = Date.UTC(y, m - 1, d, h, min);
  let t = wanted;
  for (let i = 0; i < 2; i++) {
    const [y1, m1, d1, h1, min1] = wall(t);
    t += wanted - Date.UTC(y1, m1 - 1, d1, h1, min1);
  }
  return t;
}
