// A message's words: Telegram's entities as elements. Entities count UTF-16 units, as strings do here.

import { el } from "./dom.js";

const tags = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

// rich makes nodes of a text with nested entities, outer ones first.
export function rich(text, entities, onLink) {
  const build = (from, to, inside) => {
    const part = document.createDocumentFragment();
    let at = from;
    for (let i = 0; i < inside.length; i++) {
      const e = inside[i];
      const end = Math.min(e.offset + e.length, to);
      if (e.offset < at || end <= e.offset) continue;
      const nested = inside.slice(i + 1).filter((o) => o.offset >= e.offset && o.offset + o.length <= end);
      part.append(text.slice(at, e.offset));
      const node = shell(e, text.slice(e.offset, end), onLink);
      node.append(build(e.offset, end, nested));
      part.append(node);
      at = end;
      if (["PRE", "BLOCKQUOTE"].includes(node.tagName) && text[at] === "\n") at++; // a block ends its line by itself
    }
    part.append(text.slice(at, to));
    return part;
  };
  return build(0, text.length, entities);
}

function shell(e, text, onLink) {
  if (tags[e.type]) return el(tags[e.type], tags[e.type] === "blockquote" ? { dir: "auto" } : {});
  if (e.type === "spoiler") return el("span", { className: "spoiler", tabIndex: 0 });
  const url = e.type === "text_link" ? e.url : e.type === "url" ? text : "";
  if (/^https?:\/\//i.test(url)) {
    const a = el("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
    a.addEventListener("click", (event) => { if (onLink(url)) event.preventDefault(); });
    return a;
  }
  if (e.type === "bot_command") {
    const b = el("button", { type: "button", className: "link" });
    b.addEventListener("click", () => onLink(text));
    return b;
  }
  return el("span", { className: ["mention", "hashtag"].includes(e.type) ? "link" : "" });
}
