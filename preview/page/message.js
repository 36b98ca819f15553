// One message as a bubble with what belongs to it.

import { byId, bytes, el, hue, icon, tall } from "./dom.js";
import { clockTime, dateTime, world } from "./world.js";
import { rich } from "./text.js";

export const glance = (m) => m.text || mediaName(m);

function mediaName(m) {
  const names = { photo: "Photo", document: m.fileName || "File", voice: "Voice message", sticker: "Sticker", video_note: "Video message", location: "Location", contact: "Contact" };
  return names[m.media] ?? m.service ?? "Message";
}

export function quoteOf(chat, m) {
  const to = m.replyTo && chat.messages.find((o) => o.id === m.replyTo);
  return to ? { name: to.name, text: glance(to) } : m.replyTo ? { name: "", text: "Earlier message" } : null;
}

// bubble makes the element of a message. The pane does what is asked of it: onLink, onTap, onMenu, onQuote.
export function bubble(pane, chat, m, { mine, joined, ends, inGroup }) {
  if (m.service) return el("li", { className: "service" }, el("span", { dir: "auto", textContent: `${m.name} ${m.service}` }));
  const box = el("div", { className: "bubble" });
  box.append(el("span", { className: "sr", textContent: mine ? "You: " : `${m.name}: ` }));
  if (inGroup && !mine && !joined) {
    const name = el("div", { className: "name", dir: "auto", textContent: m.name, "aria-hidden": "true" });
    name.style.setProperty("--hue", hue(m.from));
    box.append(name);
  }
  if (m.forwarded) box.append(el("div", { className: "forwarded", dir: "auto", textContent: `Forwarded from ${m.forwarded}` }));
  const quote = quoteOf(chat, m);
  if (quote) box.append(quoted(pane, m, quote));
  if (m.media) box.append(media(m));
  if (m.text) box.append(el("div", { className: "text" + tall(m.text), dir: "auto" }, rich(m.text, m.entities ?? [], (url) => pane.onLink(url))));
  box.append(foot(m));
  box.append(more(pane, m));
  const item = el("li", { className: `${mine ? "mine" : "theirs"}${joined ? " joined" : ""}${ends ? " ends" : ""}${m.media === "sticker" ? " bare" : ""}` }, box);
  item.dataset.id = m.id;
  if (m.buttons) item.append(buttons(pane, m));
  if (m.reactions) item.append(el("div", { className: "reactions", "aria-label": "Reactions" }, ...m.reactions.map((r) => el("span", { textContent: r }))));
  return item;
}

function quoted(pane, m, quote) {
  const b = el("button", { type: "button", className: "quote", "aria-label": `In reply to ${quote.name}: ${quote.text}` },
    quote.name ? el("b", { textContent: quote.name, dir: "auto" }) : null,
    el("span", { className: tall(quote.text), textContent: quote.text, dir: "auto" }));
  b.addEventListener("click", () => pane.onQuote(m.replyTo));
  return b;
}

function foot(m) {
  return el("div", { className: "foot" }, m.edited ? el("span", { textContent: "edited" }) : null,
    el("time", { dateTime: new Date(m.time).toISOString(), title: dateTime(m.time), textContent: clockTime(m.time) }));
}

function more(pane, m) {
  const b = el("button", { type: "button", className: "more", "aria-haspopup": "menu", title: "Reply, react …", "aria-label": `Do something with: ${glance(m).slice(0, 60)}` }, icon("M5 10h.01M10 10h.01M15 10h.01"));
  b.addEventListener("click", () => pane.onMenu(m, b));
  return b;
}

function buttons(pane, m) {
  return el("div", { className: "buttons", role: "group", "aria-label": "Buttons" }, ...m.buttons.map((row, r) => el("div", {}, ...row.map((button, c) => {
    const b = el("button", { type: "button", dir: "auto", className: (button.style ?? "") + tall(button.text), textContent: button.text });
    if (button.url) b.append(el("span", { className: "out", textContent: "↗", "aria-label": "opens a page" }));
    b.addEventListener("click", () => pane.onTap(m, r, c, b));
    return b;
  }))));
}

// ---- what a message carries besides words

const source = (m, show) => `media/${encodeURIComponent(m.file)}${show ? "?show" : ""}`;

function media(m) {
  switch (m.media) {
    case "photo": return picture(m, false);
    case "document": return m.picture ? el("div", {}, picture(m, true), file(m)) : file(m);
    case "voice": return el("div", { className: "voice", role: "img", "aria-label": "Voice message, 3 seconds" }, el("i", { textContent: "▶" }), wave(), el("span", { textContent: "0:03" }));
    case "video_note": return el("div", { className: "note", role: "img", "aria-label": "Video message", textContent: "▶" });
    case "sticker": return el("div", { className: "sticker", role: "img", "aria-label": "Sticker, thumbs up", textContent: "👍" });
    case "location": return el("div", { className: "map", role: "img", "aria-label": "A place on the map" }, el("span", { textContent: "📍" }));
    case "contact": return el("div", { className: "file" }, el("span", { className: "kind", textContent: "☎" }), el("span", {}, el("b", { textContent: "Contact" }), el("small", { textContent: m.phone ?? "", dir: "ltr" })));
    default: return el("div", { textContent: m.media });
  }
}

function picture(m, show) {
  const img = el("img", { src: source(m, show), alt: m.text ? "Photo" : m.fileName || "Photo", loading: "lazy" });
  const b = el("button", { type: "button", className: "photo", "aria-label": "Show the picture" }, img);
  b.addEventListener("click", () => {
    const box = byId("picture");
    box.querySelector("img").src = img.src;
    box.showModal();
  });
  return b;
}

function file(m) {
  const ending = (m.fileName ?? "").split(".").pop().slice(0, 4).toUpperCase() || "FILE";
  return el("a", { className: "file", href: source(m, false), download: m.fileName ?? "" },
    el("span", { className: "kind", textContent: ending, "aria-hidden": "true" }),
    el("span", {}, el("b", { textContent: m.fileName || "File", dir: "auto" }), el("small", { textContent: `${bytes(m.size ?? 0)} · download` })));
}

function wave() {
  const bars = el("span", { className: "wave", "aria-hidden": "true" });
  for (let i = 0; i < 24; i++) {
    const bar = el("i");
    bar.style.blockSize = `${20 + ((i * 37) % 80)}%`;
    bars.append(bar);
  }
  return bars;
}

export const authorName = (m) => (m.bot ? world.bot.name : m.name);
