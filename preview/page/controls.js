// The bar on top: the clock that can be moved, the network that can be spoilt, light or dark.

import { byId, el } from "./dom.js";
import { item, popup } from "./popup.js";
import { act, dateTime, moment, wall, world } from "./world.js";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let moving = false;
let tell = () => {};

// begin wires the bar. notice shows a text to the reader.
export function begin(notice) {
  tell = notice;
  byId("clock").addEventListener("click", (e) => clockPanel(e.currentTarget));
  byId("faults").addEventListener("click", (e) => faultPanel(e.currentTarget));
  byId("theme").addEventListener("click", nextTheme);
  setTheme(localStorage.getItem("theme") ?? "");
  setInterval(drawClock, 1000);
}

export function draw() {
  drawClock();
  const on = world.faults.filter((f) => f.on);
  const badge = byId("faults").querySelector("b");
  byId("faults").classList.toggle("warn", on.length > 0);
  byId("faults").querySelector(".label").textContent = on.length === 1 ? on[0].label : on.length ? `${on.length} faults` : "Network";
  badge.hidden = world.waiting === 0;
  badge.textContent = world.waiting;
  badge.title = "messages that the bot has not fetched yet";
  if (redraw) redraw();
}

// ---- the clock

function ahead(ms) {
  if (ms < minute) return "";
  const days = Math.floor(ms / day);
  const hours = Math.round((ms % day) / hour);
  if (days > 0) return `+${days} d${hours ? ` ${hours} h` : ""}`;
  return ms < hour ? `+${Math.round(ms / minute)} min` : `+${Math.round(ms / hour)} h`;
}

function drawClock() {
  if (!world.ready) return;
  const button = byId("clock");
  button.hidden = !world.clock.movable;
  button.querySelector("time").textContent = dateTime(world.now());
  const text = ahead(world.clock.ahead);
  button.querySelector("em").textContent = text;
  button.querySelector("em").hidden = !text;
  button.setAttribute("aria-busy", String(moving));
}

// next is the next time that the clock shows this hour.
function next(h) {
  const [y, m, d] = wall(world.now());
  const today = moment(y, m, d, h, 0);
  return today > world.now() + minute ? today : moment(y, m, d + 1, h, 0);
}

function clockPanel(button) {
  popup(button, { label: "Move the clock forward", role: "dialog", build: (box, close) => {
    const go = (text, to) => item(close, text, () => move(to()), { role: "button" });
    const now = () => world.now();
    box.append(
      el("h2", { textContent: "Move the clock forward" }),
      el("p", { textContent: "For the bot it gets later, too: reminders come at their time, one after the other." }),
      el("div", { className: "grid" },
        go("+ 15 minutes", () => now() + 15 * minute), go("+ 1 hour", () => now() + hour), go("+ 3 hours", () => now() + 3 * hour),
        go("Next 09:00", () => next(9)), go("Next 19:00", () => next(19)), go("+ 1 day", () => now() + day),
        go("+ 1 week", () => now() + 7 * day), go("+ 30 days", () => now() + 30 * day), go("+ 8 months", () => now() + 243 * day)),
      exactly(close));
  } });
}

function exactly(close) {
  const [y, m, d, h, min] = wall(world.now());
  const two = (n) => String(n).padStart(2, "0");
  const input = el("input", { type: "datetime-local", value: `${y}-${two(m)}-${two(d)}T${two(h)}:${two(min)}`, required: true, "aria-label": "Exactly to" });
  const form = el("form", { className: "exactly" }, input, el("button", { type: "submit", textContent: "Go there" }));
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    const to = moment(...input.value.split(/[-T:]/).map(Number));
    if (to <= world.now()) { tell("The clock only moves forward."); return; }
    close();
    move(to);
  });
  return form;
}

async function move(to) {
  moving = true;
  drawClock();
  const done = await act({ do: "clock", to: Math.ceil(to) });
  moving = false;
  drawClock();
  if (done.error) tell(done.error);
}

// ---- the network

let redraw = null;

function faultPanel(button) {
  popup(button, { label: "What goes wrong", role: "dialog", build: (box) => {
    const waiting = el("p", { className: "dim" });
    const lines = world.faults.map((f) => {
      const input = el("input", { type: "checkbox", role: "switch" });
      input.addEventListener("change", async () => {
        const done = await act({ do: "fault", name: f.key, on: input.checked });
        if (done.error) tell(done.error);
      });
      const count = el("small");
      return { key: f.key, input, count, node: el("label", { className: "switch" }, input, el("span", {}, el("b", { textContent: f.label }), el("small", { textContent: f.help }), count)) };
    });
    box.append(el("h2", { textContent: "What goes wrong" }), el("p", { textContent: "Watch the bot cope." }), ...lines.map((l) => l.node), waiting);
    redraw = () => {
      for (const l of lines) {
        const f = world.faults.find((o) => o.key === l.key);
        l.input.checked = Boolean(f.on);
        l.count.textContent = f.fired ? `met ${f.fired} ${f.fired === 1 ? "call" : "calls"}` : "";
      }
      waiting.textContent = world.waiting ? `${world.waiting} waiting for the bot` : "Nothing waits for the bot.";
    };
    redraw();
    box.addEventListener("toggle", (e) => { if (e.newState === "closed") redraw = null; });
  } });
}

// ---- light or dark

const themes = { "": "as the system", light: "light", dark: "dark" };

function nextTheme() {
  const names = Object.keys(themes);
  setTheme(names[(names.indexOf(document.documentElement.dataset.theme ?? "") + 1) % names.length]);
}

function setTheme(name) {
  if (!(name in themes)) name = "";
  document.documentElement.dataset.theme = name;
  byId("theme").setAttribute("aria-label", `Colours: ${themes[name]}`);
  byId("theme").title = `Colours: ${themes[name]}`;
  if (name) localStorage.setItem("theme", name); else localStorage.removeItem("theme");
}
