// Menus and small panels that open beside a button and close by Escape, a click elsewhere, or a choice.

import { byId, el } from "./dom.js";

// popup opens a box beside a button. build gets the box and a function that closes it.
export function popup(button, { label, role = "menu", build }) {
  if (button.getAttribute("aria-expanded") === "true") return; // a click on the button has just closed it
  const box = el("div", { className: `pop ${role}`, popover: "auto", role, "aria-label": label });
  const close = () => box.hidePopover();
  build(box, close);
  document.body.append(box);
  box.addEventListener("toggle", (e) => {
    if (e.newState !== "closed") return;
    const inside = box.contains(document.activeElement) || document.activeElement === document.body;
    box.remove();
    setTimeout(() => button.removeAttribute("aria-expanded"), 120);
    if (inside && button.isConnected) button.focus();
  });
  box.addEventListener("keydown", (e) => arrows(box, e));
  button.setAttribute("aria-expanded", "true");
  box.showPopover();
  place(box, button);
  box.querySelector("button:not(:disabled), input, select")?.focus({ preventScroll: true });
}

function arrows(box, e) {
  if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(e.key) || e.target.matches("input, select")) return;
  const all = [...box.querySelectorAll("button:not(:disabled), a")];
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key];
  all.at(to % all.length)?.focus();
  e.preventDefault();
}

function place(box, button) {
  const b = button.getBoundingClientRect();
  const { offsetWidth: w, offsetHeight: h } = box;
  const room = 8;
  const below = b.bottom + 6;
  const top = below + h + room <= innerHeight ? below : Math.max(room, b.top - h - 6);
  const left = Math.min(Math.max(room, b.left + b.width / 2 < innerWidth / 2 ? b.left : b.right - w), innerWidth - w - room);
  box.style.top = `${Math.max(room, Math.min(top, innerHeight - h - room))}px`;
  box.style.left = `${Math.max(room, left)}px`;
}

// item is a line of a menu.
export function item(close, text, action, props = {}) {
  const b = el("button", { type: "button", role: "menuitem", textContent: text, ...props });
  b.addEventListener("click", () => { close(); action(); });
  return b;
}

// modal shows a notice that has to be closed by hand.
export function modal(text) {
  const box = byId("alert");
  if (box.open) box.close();
  box.querySelector("p").textContent = text;
  box.showModal();
}

export function confirm(text, yes = "OK") {
  const box = byId("confirm");
  if (box.open) return Promise.resolve(false);
  box.querySelector("p").textContent = text;
  box.querySelector(".main").textContent = yes;
  box.returnValue = "";
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => resolve(box.returnValue === "yes"), { once: true });
  });
}

// newcomer asks for a name and a language; null if nothing came of it.
export function newcomer() {
  const box = byId("newcomer");
  const form = box.querySelector("form");
  form.reset();
  box.returnValue = "";
  form.querySelector("button[type=button]").onclick = () => box.close("");
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      const name = form.elements.name.value.trim();
      resolve(box.returnValue === "yes" && name ? { name, language: form.elements.language.value } : null);
    }, { once: true });
  });
}
