// Small things about the document.

export const byId = (id) => document.getElementById(id);

// el makes an element. Texts become nodes, never markup.
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((c) => c !== null && c !== undefined));
  return node;
}

// icon draws a line in a field of 20 by 20.
export function icon(line) {
  const make = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const svg = make("svg");
  const path = make("path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", line);
  svg.append(path);
  return svg;
}

export const isTouch = () => matchMedia("(hover: none)").matches;

// hue gives everybody a colour that stays.
export function hue(id) { return (Math.abs(Number(id)) * 137) % 360; }


export function face(node, id, name) {
  node.textContent = [...name.trim()][0]?.toUpperCase() ?? "?";
  node.style.setProperty("--hue", hue(id));
}

// tall marks what holds Urdu letters, whichever way it runs: Nastaliq needs high lines.
export const tall = (text) => (/\p{Script=Arabic}/u.test(text ?? "") ? " tall" : "");

export function bytes(n) {
  if (n < 1000) return `${n} B`;
  return n < 1e6 ? `${Math.round(n / 1000)} kB` : `${(n / 1e6).toFixed(1)} MB`;
}

// base64 of a file, as the server takes it.
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
