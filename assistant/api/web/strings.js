/* The interface's words in the viewer's language; what the assistant says has a language of its own. */
import en from "./strings/en.js";
import zh from "./strings/zh.js";

const tables = { zh, en };
let table = zh;

export function useLanguage(language) {
  table = tables[language] || zh;
  document.documentElement.lang = table.language;
}

/** "zh" or "en". */
export function language() {
  return table === en ? "en" : "zh";
}

export function has(key) {
  return Object.hasOwn(table, key);
}

/** The text for a key with its {names} filled in. */
export function t(key, values = {}) {
  const text = has(key) ? table[key] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A word of the company's own ({zh, en}), in the viewer's language where it exists. */
export function pick(words, fallback = "") {
  if (!words) return fallback;
  return words[language()] || Object.values(words)[0] || fallback;
}
