// A pane is somebody's phone with one chat open: the private chat of a person, or a group as one of its members sees it.

import { base64, byId, el, face, isTouch, tall } from "./dom.js";
import { act, dayKey, dayName, world } from "./world.js";
import { bubble, glance, quoteOf } from "./message.js";
import { confirm, item, modal, popup } from "./popup.js";

const reactions = ["👍", "❤", "🙏", "😢", "👎"];
const joinWithin = 5 * 60_000; // messages of one author so close together belong together
const tapPatience = 15_000;

export class Pane {
  // kind: "people" (one of several persons), "person" (one with a title) or "group".
  constructor(kind, person, chat) {
    this.kind = kind;
    this.person = person;
    this.chat = chat;
    this.replyTo = 0;
    this.editing = 0;
    this.anonymous = false;
    this.follow = true; // the newest message is in sight
    this.unseen = 0;
    this.drawn = new Map(); // message id -> {node, sign}
    this.days = new Map(); // day -> node
    this.noticed = new Map(); // person -> number of the last notice shown
    this.taps = new Map(); // query -> button
    this.read = new Map(); // chat -> id of the newest message that was seen
    this.root = byId("pane").content.firstElementChild.cloneNode(true);
    this.root.dataset.kind = kind;
    this.log = this.find(".log");
    this.list = this.find("ol");
    this.input = this.find("textarea");
    this.wire();
  }

  find(selector) { return this.root.querySelector(selector); }
  me() { return world.person(this.person); }
  view() { return world.chat(this.chat); }
  get title() { return this.kind === "group" ? this.view()?.title ?? "Group" : this.kind === "person" ? this.me().title : "Patients"; }

  wire() {
    this.find("form").addEventListener("submit", (e) => { e.preventDefault(); this.say(); });
    this.input.addEventListener("keydown", (e) => this.key(e));
    // Keyboards on a screen tell of Enter only by what it would insert.
    this.input.addEventListener("beforeinput", (e) => { if (e.inputType === "insertLineBreak" && !this.shift) { e.preventDefault(); this.say(); } });
    this.input.addEventListener("input", () => this.grow());
    this.input.addEventListener("paste", (e) => { if (e.clipboardData.files.length) { e.preventDefault(); this.send(e.clipboardData.files); } });
    this.root.addEventListener("dragover", (e) => { e.preventDefault(); this.root.classList.add("over"); });
    this.root.addEventListener("dragleave", () => this.root.classList.remove("over"));
    this.root.addEventListener("drop", (e) => { e.preventDefault(); this.root.classList.remove("over"); this.send(e.dataTransfer.files); });
    this.find(".answering button").addEventListener("click", () => { this.put(0, 0); this.input.focus(); });
    this.find(".newest").addEventListener("click", () => this.toEnd());
    this.find(".pin").addEventListener("click", () => this.onQuote(this.view().pinned));
    this.find(".begin").addEventListener("click", () => this.begin());
    this.find(".dots").addEventListener("click", (e) => this.chatMenu(e.currentTarget));
    this.find(".attach").addEventListener("click", (e) => this.attachMenu(e.currentTarget));
    this.find(".commands").addEventListener("click", (e) => this.commandMenu(e.currentTarget));
    this.find("select").addEventListener("change", (e) => this.writeAs(e.target.value));
    this.log.addEventListener("scroll", () => {
      this.follow = this.atEnd();
      if (this.follow) this.seenAll();
    });
    // Pictures arrive and keyboards open after a message was drawn; whoever reads the newest stays there.
    const watch = new ResizeObserver(() => { if (this.follow) this.toEnd(); });
    watch.observe(this.log);
    watch.observe(this.list);
  }

  choose(id) {
    this.person = id;
    this.go(id);
    this.draw();
    if (!isTouch()) this.input.focus();
  }

  writeAs(value) {
    this.anonymous = value === "anonymous";
    if (!this.anonymous) this.person = Number(value);
    this.drawn.clear();
    this.list.replaceChildren();
    this.draw();
  }

  go(chat) {
    if (this.chat === chat) return;
    this.chat = chat;
    this.drawn.clear();
    this.days.clear();
    this.list.replaceChildren();
    this.follow = true;
    this.put(0, 0);
  }

  // ---- doing

  async act(body) {
    const done = await act({ person: this.person, chat: this.chat, anonymous: this.anonymous, ...body });
    if (done.error) this.notice(done.error);
    if (done.url) this.onLink(done.url) || (/^(https?|tg):\/\//.test(done.url) && window.open(done.url, "_blank", "noopener,noreferrer"));
    return done;
  }

  async say() {
    const text = this.input.value;
    if (!text.trim()) return;
    const [message, edited] = [this.replyTo, this.editing];
    this.input.value = "";
    this.grow();
    this.put(0, 0);
    this.toEnd();
    const done = await this.act(edited ? { do: "edit", text, message: edited } : { do: "say", text, message });
    if (done.error && !this.input.value) this.input.value = text;
    this.input.focus();
  }

  async begin() {
    await this.act({ do: this.me().blocked ? "unblock" : "start" });
    this.input.focus();
  }

  key(e) {
    this.shift = e.shiftKey;
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); this.say(); }
    if (e.key === "Escape") this.put(0, 0);
    if (e.key === "ArrowUp" && !this.input.value) {
      const own = this.view().messages.findLast((m) => m.from === this.person && m.text && !m.service);
      if (own) { e.preventDefault(); this.change(own); }
    }
  }

  async send(files) {
    for (const f of files) {
      if (f.size > 8e6) { this.notice(`${f.name} is too big for this page: 8 MB at most.`); continue; }
      await this.act({ do: /^image\/(png|jpeg|gif)$/.test(f.type) ? "photo" : "document", name: f.name, bytes: await base64(f) });
    }
  }

  // put says which message the next text answers or replaces.
  put(replyTo, editing) {
    if (this.editing && !editing) this.input.value = "";
    this.replyTo = replyTo;
    this.editing = editing;
    const to = this.view()?.messages.find((m) => m.id === (replyTo || editing));
    this.find(".answering").hidden = !to;
    if (to) this.find(".answering p").replaceChildren(el("b", { textContent: editing ? "Edit" : to.name }), el("span", { className: tall(glance(to)), textContent: glance(to) }));
    this.grow();
  }

  change(m) {
    this.put(0, m.id);
    this.input.value = m.text;
    this.grow();
    this.input.focus();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.max(this.input.scrollHeight, 40)}px`;
  }

  notice(text) {
    const p = el("p", { textContent: text, dir: "auto", className: tall(text) });
    this.find(".notices").append(p);
    setTimeout(() => p.remove(), 3500 + 45 * text.length);
  }

  // ---- what messages ask of their pane

  onQuote(id) {
    const node = this.drawn.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    flash(node);
  }

  // onLink follows links that lead back to the bot, as the app does, and commands in a text.
  onLink(url) {
    if (url.startsWith("/")) { this.act({ do: "say", text: url }); return true; }
    const to = new URL(url);
    if (!/^(t|telegram)\.me$/.test(to.hostname) || to.pathname.slice(1).toLowerCase() !== (world.bot.username ?? "").toLowerCase()) return false;
    this.act({ do: "start", text: to.searchParams.get("start") ?? "" });
    this.notice(`${this.me().name} opens the chat with the bot`);
    return true;
  }

  async onTap(m, row, column, button) {
    button.setAttribute("aria-busy", "true");
    const done = await this.act({ do: "tap", message: m.id, row, column });
    if (!done.query) { button.removeAttribute("aria-busy"); return; }
    this.taps.set(done.query, button);
    setTimeout(() => this.drop(done.query), tapPatience);
    this.drawTaps();
  }

  drop(query) {
    this.taps.get(query)?.removeAttribute("aria-busy");
    this.taps.delete(query);
  }

  onMenu(m, button) {
    popup(button, { label: "Message", build: (box, close) => {
      box.append(el("div", { className: "row" }, ...reactions.map((r) => {
        const set = m.reactions?.includes(r);
        return item(close, r, () => this.act({ do: "react", message: m.id, text: set ? "" : r }), { "aria-label": `${set ? "Take back" : "React with"} ${r}` });
      })));
      box.append(item(close, "Reply", () => { this.put(m.id, 0); this.input.focus(); }));
      if (m.text) box.append(item(close, "Copy text", () => navigator.clipboard?.writeText(m.text)));
      if (m.from === this.person && m.text) box.append(item(close, "Edit", () => this.change(m)));
      box.append(item(close, "Delete for everyone", () => this.act({ do: "delete", message: m.id }), { className: "danger" }));
    } });
  }

  // ---- menus

  attachMenu(button) {
    popup(button, { label: "Send something else", build: (box, close) => {
      const pick = (accept) => {
        const input = el("input", { type: "file", accept, multiple: true });
        input.addEventListener("change", () => this.send(input.files));
        input.click();
      };
      box.append(item(close, "Picture or file from this computer…", () => pick("")));
      box.append(item(close, "Photo", () => this.act({ do: "photo", text: this.takeText() })));
      box.append(item(close, "Album of three photos", () => this.act({ do: "photo", count: 3, text: this.takeText() })));
      box.append(item(close, "Voice message", () => this.act({ do: "voice" })));
      box.append(item(close, "Video message", () => this.act({ do: "video note" })));
      box.append(item(close, "Sticker", () => this.act({ do: "sticker" })));
      box.append(item(close, "Location", () => this.act({ do: "location" })));
      if (this.kind !== "group") {
        box.append(item(close, "My phone number", () => this.shareContact()));
        box.append(item(close, "Somebody else's number", () => this.act({ do: "other contact", name: "Mum", text: "+923007654321" })));
      }
    } });
  }

  // takeText makes what stands in the message field a caption.
  takeText() {
    const text = this.input.value;
    this.input.value = "";
    this.grow();
    return text;
  }

  async shareContact() {
    if (await confirm(`${world.bot.name} will get the phone number ${this.me().phone}.`, "Share")) this.act({ do: "contact" });
  }

  commandMenu(button) {
    popup(button, { label: "Commands", build: (box, close) => {
      for (const c of this.view().commands?.[this.person] ?? []) {
        const line = item(close, "", () => this.act({ do: "say", text: `/${c.command}` }), { className: "command" });
        line.append(el("span", { textContent: c.description, dir: "auto", className: tall(c.description) }), el("code", { textContent: `/${c.command}` }));
        box.append(line);
      }
    } });
  }

  chatMenu(button) {
    popup(button, { label: "More about this chat", build: (box, close) => {
      const line = (text, body, props) => box.append(item(close, text, () => this.act(body), props));
      if (this.kind === "group") this.groupMenu(box, line);
      else {
        const me = this.me();
        if (me.begun) line(me.blocked ? "Unblock the bot" : "Block the bot", { do: me.blocked ? "unblock" : "block" });
        for (const g of world.groups) {
          const inside = g.members.includes(me.id);
          line(`${inside ? "Leave" : "Join"} “${g.title}”`, { do: inside ? "leave" : "join", chat: g.id, who: me.id });
        }
        line("Delete the account", { do: "delete account" }, { className: "danger" });
      }
    } });
  }

  groupMenu(box, line) {
    const chat = this.view();
    const here = chat.bot !== "left" && chat.bot !== "kicked";
    for (const p of world.people) {
      if (!p.gone && chat.members.includes(p.id) && chat.members.length > 1) line(`${p.name} leaves`, { do: "leave", who: p.id });
    }
    box.append(el("hr"));
    if (here) line(chat.bot === "administrator" ? "Bot: no administrator any more" : "Bot: make it an administrator", { do: chat.bot === "administrator" ? "demote bot" : "promote bot" });
    line(here ? "Throw the bot out" : "Bring the bot back", { do: here ? "remove bot" : "add bot" }, { className: here ? "danger" : "" });
    if (chat.kind === "group") line("Make it a supergroup", { do: "upgrade" });
  }

  // ---- drawing

  atEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60; }

  toEnd() {
    this.follow = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.seenAll();
  }

  seenAll() {
    this.unseen = 0;
    this.find(".newest").hidden = true;
  }

  // draw shows the chat as it is. It returns whether something new has come from others.
  draw() {
    const chat = this.view();
    if (!chat || !this.me()) return false;
    if (this.kind === "group" && !chat.members.includes(this.person)) this.person = chat.members[0] ?? this.person;
    this.drawHead(chat);
    const news = this.drawMessages(chat);
    this.drawPin(chat);
    this.drawDock(chat);
    this.drawNotices();
    this.drawTaps();
    if (this.follow) this.toEnd();
    else if (news > 0) {
      this.unseen += news;
      this.find(".newest").hidden = false;
      this.find(".newest .label").textContent = `${this.unseen} new`;
    }
    if (this.isOpen()) this.read.set(this.chat, chat.messages.at(-1)?.id ?? 0);
    return news > 0;
  }

  isOpen() { return this.root.checkVisibility?.() ?? true; }

  unreadIn(chat) {
    const last = chat?.messages.at(-1);
    return last && !last.service && last.from !== chat.members[0] && last.id > (this.read.get(chat.id) ?? 0);
  }

  drawHead(chat) {
    const group = this.kind === "group";
    const me = this.me();
    this.find("h2").textContent = group ? chat.title : world.bot.name;
    const typing = chat.typing > world.now();
    this.find(".who p").textContent = typing ? "typing…" : group
      ? `${chat.members.length} ${chat.members.length === 1 ? "person" : "people"}${chat.bot === "left" || chat.bot === "kicked" ? ", the bot is not in it" : " and the bot"}`
      : me.blocked ? "blocked" : this.kind === "person" ? `${me.name}, ${me.title.toLowerCase()} · private chat` : `bot · ${me.name}’s phone`;
    face(this.find(".head .face"), group ? chat.id : world.bot.id, this.find("h2").textContent);
    this.root.setAttribute("aria-label", group ? `Group ${chat.title}` : `${me.name}’s chat with the bot`);
    if (group) this.drawAs(chat);
  }

  drawAs(chat) {
    const select = this.find("select");
    const sign = chat.members.map(world.name).join() + this.person + this.anonymous;
    this.find(".as").hidden = false;
    if (select.dataset.sign === sign) return;
    select.dataset.sign = sign;
    select.replaceChildren(...chat.members.map((id) => {
      const p = world.person(id);
      return el("option", { value: id, textContent: p?.title ? `${p.name} (${p.title.toLowerCase()})` : world.name(id), selected: !this.anonymous && id === this.person });
    }), el("option", { value: "anonymous", textContent: "the group itself", selected: this.anonymous }));
  }

  drawMessages(chat) {
    const keep = new Set(chat.messages.map((m) => m.id));
    for (const [id, { node }] of this.drawn) {
      if (!keep.has(id)) { node.remove(); this.drawn.delete(id); }
    }
    const first = this.drawn.size === 0;
    let news = 0;
    let before = null;
    const days = new Set();
    chat.messages.forEach((m, i) => {
      const day = dayKey(m.time);
      if (!days.has(day)) {
        days.add(day);
        before = this.settle(this.dayLine(day, m.time), before);
      }
      const old = this.drawn.get(m.id);
      const node = this.drawMessage(chat, i, old);
      if (!old && !first && m.from !== this.person) news++;
      before = this.settle(node, before);
    });
    for (const [day, node] of this.days) if (!days.has(day)) { node.remove(); this.days.delete(day); }
    this.drawEmpty(chat);
    return news;
  }

  dayLine(day, time) {
    if (!this.days.has(day)) this.days.set(day, el("li", { className: "day" }, el("span", { textContent: dayName(time) })));
    return this.days.get(day);
  }

  // settle puts a node after another, unless it stands there.
  settle(node, before) {
    const place = before ? before.nextSibling : this.list.firstChild;
    if (place !== node) this.list.insertBefore(node, place);
    return node;
  }

  drawMessage(chat, i, old) {
    const m = chat.messages[i];
    const close = (a, b) => a && b && !a.service && !b.service && !a.buttons && a.from === b.from && a.name === b.name && b.time - a.time < joinWithin && dayKey(a.time) === dayKey(b.time);
    const how = {
      mine: m.from === this.person && !this.anonymous, inGroup: this.kind === "group",
      joined: close(chat.messages[i - 1], m), ends: !close(m, chat.messages[i + 1]),
    };
    const sign = JSON.stringify([m, how, quoteOf(chat, m)]);
    if (old?.sign === sign) return old.node;
    const node = bubble(this, chat, m, how);
    if (old) {
      const focused = old.node.contains(document.activeElement);
      const changed = JSON.stringify([old.words]) !== JSON.stringify([[m.text, m.buttons]]);
      old.node.replaceWith(node);
      if (changed) flash(node);
      if (focused) (node.querySelector(".buttons button") ?? this.input).focus({ preventScroll: true });
    } else if (this.drawn.size && !matchMedia("(prefers-reduced-motion: reduce)").matches) node.classList.add("fresh");
    this.drawn.set(m.id, { node, sign, words: [m.text, m.buttons] });
    return node;
  }

  drawEmpty(chat) {
    const empty = this.list.querySelector(".empty");
    if (chat.messages.length > 0) { empty?.remove(); return; }
    if (empty) return;
    const text = this.kind === "group" ? "What the bot passes on to the team will stand here."
      : "This person has not written to the bot yet.";
    this.list.append(el("li", { className: "empty", textContent: text }));
  }

  drawPin(chat) {
    const m = chat.pinned && chat.messages.find((o) => o.id === chat.pinned);
    this.find(".pin").hidden = !m;
    if (m) this.find(".pin span").textContent = glance(m);
  }

  drawDock(chat) {
    const me = this.me();
    const shut = this.kind !== "group" && (!me.begun || me.blocked || me.gone);
    this.find(".say").hidden = shut;
    const begin = this.find(".begin");
    begin.hidden = !shut;
    begin.disabled = Boolean(me.gone);
    begin.textContent = me.gone ? "This account was deleted" : me.blocked ? "UNBLOCK" : "START";
    this.find(".commands").hidden = !chat.commands?.[this.person];
    this.drawKeys(shut ? null : chat.keyboards?.[this.person]);
  }

  drawKeys(rows) {
    const box = this.find(".keys");
    const sign = JSON.stringify(rows ?? []);
    if (box.dataset.sign === sign) return;
    box.dataset.sign = sign;
    box.hidden = !rows;
    box.replaceChildren(...(rows ?? []).map((row) => el("div", {}, ...row.map((key) => {
      const b = el("button", { type: "button", dir: "auto", className: tall(key.text), textContent: key.contact ? `📱 ${key.text}` : key.text });
      b.addEventListener("click", () => (key.contact ? this.shareContact() : this.act({ do: "key", text: key.text })));
      return b;
    }))));
  }

  drawTaps() {
    const waiting = new Set(this.me()?.tapping ?? []);
    for (const query of [...this.taps.keys()]) if (!waiting.has(query)) this.drop(query);
  }

  drawNotices() {
    const me = this.me();
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

function flash(node) {
  node.classList.remove("flash");
  requestAnimationFrame(() => node.classList.add("flash"));
  setTimeout(() => node.classList.remove("flash"), 1600);
}
