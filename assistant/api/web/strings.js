/* The interface's words. The frame speaks the viewer's language; what is drawn around a message speaks that message's, by `inLanguage`. */
import en from "./strings/en.js";
import zh from "./strings/zh.js";
import hant from "./strings/zh-Hant.js";

const tables = { zh, "zh-Hans": zh, "zh-Hant": hant, en };
let table = zh;

export function useLanguage(language) {
  table = tables[language] || zh;
  document.documentElement.lang = table.language;
}

/** What `draw` gives in another language; the frame's own is back afterwards. An unknown language changes nothing. */
export function inLanguage(language, draw) {
  const before = table;
  table = tables[language] || before;
  try {
    return draw();
  } finally {
    table = before;
  }
}

/** "zh" or "en". */
export function language() {
  return table === en ? "en" : "zh";
}

/** zh-Hans, zh-Hant or en. */
export function tag() {
  return table.language;
}

/** The language that a text is written in, as far as its script tells; `otherwise` for figures and signs. */
export function languageOf(text, otherwise = tag()) {
  if (/[\u3400-\u9fff]/.test(text)) return otherwise === "en" ? "zh-Hans" : otherwise;
  return /[A-Za-z]{2,}/.test(text.replace(/\b[A-Z]+-?\d[\w-]*/g, "")) ? "en" : otherwise;
}

export function has(key) {
  return Object.hasOwn(table, key);
}

/** The text for a key with its {names} filled in. */
export function t(key, values = {}) {
  const text = has(key) ? table[key] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A word of the company's own ({zh, en}) in the language spoken now, where it exists. */
export function pick(words, fallback = "") {
  if (!words) return fallback;
  return words[tag()] || words[language()] || Object.values(words)[0] || fallback;
}
