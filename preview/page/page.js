"use strict";

// The server sends the whole state after every change; this page draws the difference. Texts become DOM nodes, never
// markup. Entities count UTF-16 units, as strings do here.

const byId = (id) => document.getElementById(id);
const el = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};

let state = null;
const panes = [];

// ---- panes: the private chat of one person, and the group as one of its members sees it

class Pane {
  constructor(kind) {
    this.kind = kind;
    this.person = 0;
    this.chat = 0;
    this.replyTo = 0;
    this.follow = true; // the newest message is in sight
    this.drawn = new Map(); // message id -> {node, sign}
    this.noticed = new Map(); // person -> number of the last notice shown
    this.root = byId("pane").content.firstElementChild.cloneNode(true);
    this.log = this.find(".log");
    this.list = this.find("ol");
    this.input = this.find("textarea");
    this.select = this.find("select");
    this.wire();
  }

  find(selector) { return this.root.querySelector(selector); }

  wire() {
    this.select.addEventListener("change", () => this.choose(Number(this.select.value)));
    this.find("form").addEventListener("submit", (e) => { e.preventDefault(); this.say(); });
    this.input.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); this.say(); }
      if (e.key === "Escape") this.answer(0);
    });
    this.input.addEventListener("input", () => this.grow());
    this.find(".answering button").addEventListener("click", () => { this.answer(0); this.input.focus(); });
    this.find(".newest").addEventListener("click", () => this.toEnd());
    this.log.addEventListener("scroll", () => {
      this.follow = this.atEnd();
      if (this.follow) this.find(".newest").hidden = true;
    });
    // Pictures arrive and keyboards open after a message was drawn; whoever reads the newest stays there.
    const watch = new ResizeObserver(() => { if (this.follow) this.toEnd(); });
    watch.observe(this.log);
    watch.observe(this.list);
    const more = this.find(".more");
    this.find(".menu").append(...this.menu(more));
    more.addEventListener("keydown", (e) => {
      if (e.key === "Escape") { more.open = false; more.querySelector("summary").focus(); }
    });
    document.addEventListener("click", (e) => { if (!more.contains(e.target)) more.open = false; });
  }

  menu(more) {
    const item = (label, body) => {
      const b = el("button", { type: "button", textContent: label });
      b.addEventListener("click", () => { more.open = false; this.act(typeof body === "function" ? body() : body); });
      return b;
    };
    const items = [
      item("Photo", { do: "photo" }), item("Album of three", { do: "photo", count: 3 }),
      item("Voice message", { do: "voice" }), item("Sticker", { do: "sticker" }), item("Location", { do: "location" }),
      this.fileItem(more),
    ];
    if (this.kind === "private") {
      items.push(item("Share my number", { do: "contact" }));
      this.block = item("Block the bot", () => ({ do: this.me()?.blocked ? "unblock" : "block" }));
      items.push(this.block);
    }
    return items;
  }

  fileItem(more) {
    const input = el("input", { type: "file", accept: ".json,.txt,.csv,.md,.html" });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      more.open = false;
      if (file) await this.act({ do: "document", name: file.name, data: await file.text() });
      input.value = "";
    });
    return el("label", {}, "Text file…", input);
  }

  me() { return state?.people.find((p) => p.id === this.person); }
  view() { return state?.chats.find((c) => c.id === this.chat); }

  choose(id) {
    this.person = id;
    if (this.kind === "private") this.go(id);
    this.draw();
  }

  go(chat) {
    if (this.chat === chat) return;
    this.chat = chat;
    this.drawn.clear();
    this.list.replaceChildren();
    this.follow = true;
    this.answer(0);
  }

  // ---- doing

  async act(body) {
    try {
      const answer = await fetch("act", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ person: this.person, chat: this.chat, ...body }),
      });
      const done = await answer.json();
      if (done.error) this.notice(done.error);
      if (done.url && /^(https?|tg):\/\//.test(done.url)) window.open(done.url, "_blank", "noopener,noreferrer");
      return Boolean(done.ok);
    } catch {
      this.notice("The preview does not answer. Is it still running?");
      return false;
    }
  }

  async say() {
    const text = this.input.value;
    if (!text.trim()) return;
    const message = this.replyTo;
    this.input.value = "";
    this.grow();
    this.answer(0);
    if (await this.act({ do: "say", text, message })) this.toEnd();
    else if (!this.input.value) this.input.value = text;
    this.input.focus();
  }

  answer(id) {
    this.replyTo = id;
    const to = this.view()?.messages.find((m) => m.id === id);
    this.find(".answering").hidden = !to;
    if (to) this.find(".answering p").textContent = `${to.name}: ${glance(to)}`;
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight + 2}px`;
  }

  notice(text) {
    const p = el("p", { textContent: text, dir: "auto" });
    this.find(".notices").append(p);
    setTimeout(() => p.remove(), 3200 + 40 * text.length);
  }

  // ---- drawing

  atEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80; }
  toEnd() { this.follow = true; this.log.scrollTop = this.log.scrollHeight; this.find(".newest").hidden = true; }

  draw() {
    const chat = this.view();
    if (!chat) return;
    this.drawHead(chat);
    const grew = this.drawMessages(chat);
    this.drawKeys(chat.keyboards?.[this.person]);
    this.drawNotices();
    if (this.follow) this.toEnd();
    else if (grew) this.find(".newest").hidden = false;
    return grew;
  }

  drawHead(chat) {
    const group = this.kind === "group";
    this.find("h2").textContent = group ? chat.title : state.bot.name;
    this.find(".who p").textContent = group
      ? `${chat.members.length} ${chat.members.length === 1 ? "person" : "people"} and the bot`
      : this.me()?.blocked ? "blocked" : "bot";
    this.find(".face").textContent = [...this.find("h2").textContent][0] ?? "";
    this.root.setAttribute("aria-label", group ? `Group ${chat.title}` : `${this.me()?.name ?? ""} with the bot`);
    this.find(".as span").textContent = group ? "Write as" : "You are";
    const ids = group ? chat.members : state.people.map((p) => p.id);
    const sign = ids.join() + this.person;
    if (this.heads !== sign) {
      this.heads = sign;
      this.select.replaceChildren(...ids.map((id) =>
        el("option", { value: id, textContent: personName(id), selected: id === this.person })));
    }
    if (this.block) this.block.textContent = this.me()?.blocked ? "Unblock the bot" : "Block the bot";
  }

  drawMessages(chat) {
    const keep = new Set(chat.messages.map((m) => m.id));
    for (const [id, { node }] of this.drawn) {
      if (!keep.has(id)) { node.remove(); this.drawn.delete(id); }
    }
    let grew = false;
    let before = null;
    for (const m of chat.messages) {
      const sign = JSON.stringify(m) + (m.from === this.person) + quoteOf(chat, m);
      const old = this.drawn.get(m.id);
      let node = old?.node;
      if (old?.sign !== sign) {
        const focused = node?.contains(document.activeElement);
        const fresh = this.bubble(chat, m);
        if (node) node.replaceWith(fresh); else grew = true;
        node = fresh;
        this.drawn.set(m.id, { node, sign });
        if (focused) (node.querySelector("button") ?? this.input).focus();
      }
      const place = before ? before.nextSibling : this.list.firstChild;
      if (place !== node) this.list.insertBefore(node, place);
      before = node;
    }
    const empty = this.list.querySelector(".empty");
    if (chat.messages.length === 0 && !empty) {
      this.list.append(el("li", { className: "empty", textContent: this.kind === "group" ? "Nothing here yet." : "Write something to begin." }));
    } else if (chat.messages.length > 0) empty?.remove();
    return grew;
  }

  bubble(chat, m) {
    if (m.service) return el("li", { className: "service", textContent: m.bot ? `${m.name} ${m.service}` : m.service });
    const mine = m.from === this.person;
    const bubble = el("div", { className: "bubble" });
    if (this.kind === "group" && !mine) bubble.append(el("div", { className: "name", dir: "auto", textContent: m.name }));
    if (m.forwarded) bubble.append(el("div", { className: "forwarded", dir: "auto", textContent: `Forwarded from ${m.forwarded}` }));
    if (m.replyTo) bubble.append(this.quote(chat, m));
    if (m.media) bubble.append(media(m));
    if (m.text) bubble.append(el("div", { className: "text" + tall(m.text), dir: "auto" }, rich(m.text, m.entities ?? [])));
    bubble.append(this.foot(m));
    const item = el("li", { className: mine ? "mine" : "" }, bubble);
    if (m.buttons) item.append(this.buttons(m));
    return item;
  }

  quote(chat, m) {
    const b = el("button", { type: "button", className: "quote" + tall(quoteOf(chat, m)), dir: "auto", textContent: quoteOf(chat, m) });
    b.addEventListener("click", () => this.drawn.get(m.replyTo)?.node.scrollIntoView({ block: "center", behavior: "smooth" }));
    return b;
  }

  foot(m) {
    const time = new Date(m.time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const foot = el("div", { className: "foot" });
    if (m.reactions) foot.append(el("span", { className: "reactions", textContent: m.reactions.join(" ") }));
    const reply = el("button", { type: "button", className: "tool", textContent: "↩", title: "Reply" });
    reply.setAttribute("aria-label", `Reply to: ${glance(m)}`);
    reply.addEventListener("click", () => { this.answer(m.id); this.input.focus(); });
    foot.append(reply, el("time", { dateTime: new Date(m.time).toISOString(), textContent: (m.edited ? "edited " : "") + time }));
    return foot;
  }

  buttons(m) {
    return el("div", { className: "buttons" }, ...m.buttons.map((row, r) => el("div", {}, ...row.map((button, c) => {
      const b = el("button", { type: "button", dir: "auto", textContent: button.url ? `${button.text} ↗` : button.text, className: button.style ?? "" });
      b.addEventListener("click", async () => {
        b.setAttribute("aria-busy", "true");
        await this.act({ do: "tap", message: m.id, row: r, column: c });
        b.removeAttribute("aria-busy");
      });
      return b;
    }))));
  }

  drawKeys(rows) {
    const box = this.find(".keys");
    const sign = JSON.stringify(rows ?? []);
    if (box.dataset.sign === sign) return;
    box.dataset.sign = sign;
    box.hidden = !rows;
    box.replaceChildren(...(rows ?? []).map((row) => el("div", {}, ...row.map((key) => {
      const b = el("button", { type: "button", dir: "auto", textContent: key.contact ? `☎ ${key.text}` : key.text });
      b.addEventListener("click", () => this.act(key.contact ? { do: "contact" } : { do: "key", text: key.text }));
      return b;
    }))));
  }

  drawNotices() {
    const me = this.me();
    if (!me) return;
    const alerts = me.alerts ?? [];
    const last = alerts.at(-1)?.n ?? 0;
    const seen = this.noticed.get(me.id) ?? last; // those from before this page are old
    for (const a of alerts) {
      if (a.n <= seen || a.chat !== this.chat) continue;
      if (a.modal) modal(a.text); else this.notice(a.text);
    }
    this.noticed.set(me.id, last);
  }
}

// ---- words

function personName(id) { return state.people.find((p) => p.id === id)?.name ?? String(id); }

function glance(m) { return m.text || m.media || "message"; }

// tall marks what holds Urdu letters, whichever way it runs.
function tall(text) { return /\p{Script=Arabic}/u.test(text) ? " tall" : ""; }

function quoteOf(chat, m) {
  const to = m.replyTo && chat.messages.find((o) => o.id === m.replyTo);
  return to ? `${to.name}: ${glance(to)}` : m.replyTo ? "Earlier message" : "";
}

const icons = { document: "📄", voice: "🎤 0:03", sticker: "👍", video_note: "🎥", location: "📍 Location", contact: "☎", photo: "🖼" };

function media(m) {
  if (m.media === "photo") {
    return el("a", { className: "media", href: `media/${encodeURIComponent(m.file)}`, target: "_blank", rel: "noopener" },
      el("img", { src: `media/${encodeURIComponent(m.file)}`, alt: "Photo", loading: "lazy" }));
  }
  const label = `${icons[m.media] ?? m.media} ${m.fileName ?? ""}${m.phone ?? ""}`;
  if (m.media === "document") {
    return el("a", { className: "media", href: `media/${encodeURIComponent(m.file)}`, download: m.fileName ?? "", textContent: label });
  }
  return el("div", { className: "media", textContent: label });
}

const tags = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

// rich makes nodes of a text with nested entities, outer ones first.
function rich(text, entities) {
  const build = (from, to, inside) => {
    const part = document.createDocumentFragment();
    let at = from;
    for (let i = 0; i < inside.length; i++) {
      const e = inside[i];
      const end = Math.min(e.offset + e.length, to);
      if (e.offset < at || end <= e.offset) continue;
      const nested = inside.slice(i + 1).filter((o) => o.offset >= e.offset && o.offset + o.length <= end);
      part.append(text.slice(at, e.offset));
      const node = shell(e, text.slice(e.offset, end));
      node.append(build(e.offset, end, nested));
      part.append(node);
      at = end;
    }
    part.append(text.slice(at, to));
    return part;
  };
  return build(0, text.length, entities);
}

function shell(e, text) {
  if (tags[e.type]) return el(tags[e.type], tags[e.type] === "blockquote" ? { dir: "auto" } : {});
  if (e.type === "spoiler") return el("span", { className: "spoiler", tabIndex: 0 });
  const url = e.type === "text_link" ? e.url : e.type === "url" ? text : "";
  if (/^https?:\/\//i.test(url)) return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
  return el("span", { className: ["bot_command", "mention", "hashtag"].includes(e.type) ? "link" : "" });
}

function modal(text) {
  const box = byId("alert");
  if (box.open) box.close();
  box.querySelector("p").textContent = text;
  box.showModal();
}

// ---- the whole

function arrange() {
  const groups = state.chats.filter((c) => c.kind !== "private");
  const staff = new Set(groups.flatMap((g) => g.members));
  const first = state.people.find((p) => !staff.has(p.id)) ?? state.people[0];
  if (first && !panes.some((p) => p.kind === "private")) add("private", first.id, first.id);
  for (const g of groups) {
    if (!panes.some((p) => p.chat === g.id)) add("group", g.members[0] ?? 0, g.id);
  }
  drawTabs();
}

function add(kind, person, chat) {
  const pane = new Pane(kind);
  pane.person = person;
  pane.go(chat);
  panes.push(pane);
  byId("panes").append(pane.root);
  if (panes.length === 1) front(pane);
}

function front(pane) {
  for (const p of panes) p.root.classList.toggle("front", p === pane);
  pane.news = false;
  drawTabs();
  pane.toEnd();
}

let tabsDrawn = "";

function drawTabs() {
  const label = (pane) => (pane.kind === "group" ? pane.view()?.title ?? "Group" : pane.me()?.name ?? "Person");
  const isFront = (pane) => pane.root.classList.contains("front");
  const sign = JSON.stringify(panes.map((pane) => [label(pane), isFront(pane), pane.news]));
  if (sign === tabsDrawn) return; // whoever stands on a tab keeps standing there
  tabsDrawn = sign;
  const focused = [...byId("tabs").children].indexOf(document.activeElement);
  byId("tabs").replaceChildren(...panes.map((pane) => {
    const b = el("button", { type: "button", textContent: label(pane), className: pane.news && !isFront(pane) ? "news" : "" });
    b.setAttribute("aria-pressed", String(isFront(pane)));
    b.addEventListener("click", () => front(pane));
    return b;
  }));
  byId("tabs").children[focused]?.focus();
}

function show(next) {
  const firstTime = !state;
  state = next;
  byId("bot").textContent = state.bot.name;
  document.title = `${state.bot.name} · preview`;
  const before = panes.length;
  arrange();
  for (const pane of panes) {
    if (pane.draw() && !firstTime) pane.news = true;
  }
  if (!firstTime || before !== panes.length) drawTabs();
}

function line(text, live) {
  byId("line").textContent = text;
  byId("line").classList.toggle("live", live);
}

const events = new EventSource("events");
events.onopen = () => line("live", true);
events.onerror = () => line("reconnecting…", false);
events.onmessage = (e) => show(JSON.parse(e.data));
