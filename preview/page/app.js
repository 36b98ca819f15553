// The page: several people with a phone each, the groups, and whoever has a title of his own, side by side.

import { byId, el, face, icon } from "./dom.js";
import * as controls from "./controls.js";
import { Pane } from "./pane.js";
import { newcomer } from "./popup.js";
import { act, watch, world } from "./world.js";

const panes = [];
let people = null; // the pane that several share

// others are the people without a title, who share a pane: those of the groups come last.
function others() {
  const inGroup = new Set(world.groups.flatMap((g) => g.members));
  const list = world.people.filter((p) => !p.title);
  return [...list.filter((p) => !inGroup.has(p.id)), ...list.filter((p) => inGroup.has(p.id))];
}

// arrange gives everybody a place who has none yet.
function arrange() {
  const first = others()[0];
  if (first && !people) people = add("people", first.id, first.id);
  for (const g of world.groups) {
    const moved = panes.find((p) => p.kind === "group" && !p.view());
    if (panes.some((p) => p.chat === g.id)) continue;
    if (moved) moved.go(g.id); // it has become a supergroup
    else add("group", g.members[0] ?? 0, g.id);
  }
  for (const p of world.people) {
    if (p.title && !panes.some((o) => o.kind === "person" && o.chat === p.id) && titled(p)) add("person", p.id, p.id);
  }
}

// titled: of several with the same title the first has the place.
const titled = (p) => world.people.find((o) => o.title === p.title) === p;

function add(kind, person, chat) {
  const pane = new Pane(kind, person, chat);
  panes.push(pane);
  byId("panes").append(pane.root);
  if (panes.length === 1) front(pane);
  return pane;
}

function front(pane) {
  for (const p of panes) p.root.classList.toggle("front", p === pane);
  pane.news = false;
  pane.draw();
  pane.toEnd();
  drawTabs();
  drawPeople();
}

// ---- whose phone

let peopleDrawn = "";

function drawPeople() {
  if (!people) return;
  const box = people.find(".people");
  const list = others();
  const sign = JSON.stringify(list.map((p) => [p.id, p.name, p.language, p.id === people.person, unread(p)]));
  box.hidden = false;
  if (sign === peopleDrawn) return;
  peopleDrawn = sign;
  const focused = [...box.children].indexOf(document.activeElement);
  box.replaceChildren(...list.map(chip), adder());
  if (focused >= 0) box.children[focused]?.focus();
  const current = box.querySelector("[aria-pressed=true]");
  if (current) box.scrollLeft = current.offsetLeft - box.clientWidth / 2 + current.offsetWidth / 2;
}

const unread = (p) => p.id !== people.person && Boolean(people.unreadIn(world.chat(p.id)));

function chip(p) {
  const letter = el("span", { className: "face", "aria-hidden": "true" });
  face(letter, p.id, p.name);
  const b = el("button", { type: "button", className: "chip" + (unread(p) ? " news" : ""), "aria-pressed": String(p.id === people.person) },
    letter, el("span", { textContent: p.name, dir: "auto" }), el("small", { textContent: p.language === "en" ? "" : p.language, title: "language of the phone" }));
  if (unread(p)) b.append(el("span", { className: "sr", textContent: "something new" }));
  b.addEventListener("click", () => { people.choose(p.id); drawPeople(); drawTabs(); });
  return b;
}

function adder() {
  const b = el("button", { type: "button", className: "chip add", "aria-haspopup": "dialog", textContent: "＋ Add" , title: "Somebody new" });
  b.addEventListener("click", async () => {
    const who = await newcomer();
    if (!who) return;
    const done = await act({ do: "new person", ...who });
    if (done.error) people.notice(done.error); else wanted = done.person;
    choseWanted();
  });
  return b;
}

let wanted = 0; // somebody new, shown as soon as the server tells of them

function choseWanted() {
  if (!wanted || !world.person(wanted)) return;
  people.choose(wanted);
  wanted = 0;
  drawPeople();
}

// ---- one pane at a time, on a phone

let tabsDrawn = "";

const icons = {
  people: "M3 5.5A2.5 2.5 0 0 1 5.5 3h9A2.5 2.5 0 0 1 17 5.5v5a2.5 2.5 0 0 1-2.5 2.5H9l-4 3.5V13A2.5 2.5 0 0 1 3 10.5z",
  group: "M7.2 9.3a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2 16.5c.4-3 2.3-4.6 5.2-4.6s4.8 1.6 5.2 4.6M13.2 4.2a2.5 2.5 0 0 1 0 4.9M14.6 12c2 .5 3.1 2 3.4 4.5",
  person: "M10 3.2 16 5.5v4.2c0 3.6-2.4 6-6 7.3-3.6-1.3-6-3.7-6-7.3V5.5zM7.3 9.8l2 2 3.5-3.6",
};

function drawTabs() {
  const isFront = (pane) => pane.root.classList.contains("front");
  const news = (pane) => !isFront(pane) && pane.news || pane === people && others().some(unread);
  const label = (pane) => (pane === people ? people.me()?.name ?? "" : pane.title);
  const sign = JSON.stringify(panes.map((pane) => [label(pane), isFront(pane), news(pane)]));
  if (sign === tabsDrawn) return; // whoever stands on a tab keeps standing there
  tabsDrawn = sign;
  const focused = [...byId("tabs").children].indexOf(document.activeElement);
  byId("tabs").replaceChildren(...panes.map((pane) => {
    const b = el("button", { type: "button", className: news(pane) ? "news" : "", "aria-pressed": String(isFront(pane)) },
      icon(icons[pane.kind]), el("span", { textContent: label(pane), dir: "auto" }));
    if (news(pane)) b.append(el("span", { className: "sr", textContent: "something new" }));
    b.addEventListener("click", () => front(pane));
    return b;
  }));
  byId("tabs").children[focused]?.focus();
}

// ---- the whole

let begun = false;

function show() {
  byId("bot").textContent = world.bot.name;
  document.title = `${world.bot.name} · preview`;
  arrange();
  for (const pane of panes) {
    if (pane.draw() && begun) pane.news = true;
  }
  begun = true;
  choseWanted();
  controls.draw();
  drawPeople();
  drawTabs();
}

controls.begin((text) => (panes.find((p) => p.root.classList.contains("front")) ?? panes[0])?.notice(text));
watch(show, (text, live) => {
  byId("line").textContent = text;
  byId("line").classList.toggle("live", live);
});
