/* Makes elements. Text goes in as text nodes only, so nothing that anybody wrote can become markup. */

const SVG = "http://www.w3.org/2000/svg";

/** h("p", {class, on: {click}, data: {state}, style: {"--v": 3}, lang}, ...children); null, false and "" are left out. */
export function h(name, props = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props)) set(node, key, value);
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

function set(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  else if (key === "data") Object.assign(node.dataset, value);
  else if (key === "style") for (const [name, each] of Object.entries(value)) node.style.setProperty(name, each);
  else if (key === "class") node.className = value;
  else node.setAttribute(key, value === true ? "" : value);
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const KEEP = /#\d{3,}|\b[a-z]{2,4}-[0-9a-f]{6,}\b|\b[A-Z]{1,5}-?\d[\w-]*|\b\d{4}-\d{2}-\d{2}\b|\b[A-Z]{2,3}\$[\d,.]*\d|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日/g;

/** The text with order numbers, model names, dates and amounts kept on one line each. */
export function kept(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(KEEP)) {
    if (match[0].length > 24) continue;
    parts.push(text.slice(from, match.index), h("span", { class: "nowrap" }, match[0]));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** A button that is a real one, with a text or a label. */
export function button(text, onClick, { kind = "", label = "", name = "", type = "button" } = {}) {
  return h("button", { class: `btn ${kind}`.trim(), type, "aria-label": label || null, title: label || null, on: onClick ? { click: onClick } : {} }, name ? icon(name) : null, text);
}

/** Locks a button without taking the focus from it. */
export function lock(node, locked = true) {
  node.setAttribute("aria-disabled", String(locked));
}

export function isLocked(node) {
  return node.getAttribute("aria-disabled") === "true";
}
