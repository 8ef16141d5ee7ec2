/* Dates, times, money and the values of cards, on Intl. Business dates carry no zone; instants are told in the company's. */
import { has, language, pick, t, tag } from "./strings.js";

let company = { timezone: "UTC", currency: "USD", names: {}, queues: {} };

export function useCompany(told) {
  company = told;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

const chinese = () => (tag() === "zh-Hant" ? "zh-TW" : "zh-CN");

function parts(locale, options, instant) {
  const found = {};
  for (const { type, value } of new Intl.DateTimeFormat(locale, options).formatToParts(instant)) found[type] = value;
  return found;
}

/** 2026年6月5日（周五） / Fri 5 Jun 2026. */
export function date(value, zone = "UTC") {
  const instant = new Date(DAY.test(value) ? `${value}T00:00:00Z` : value);
  const at = { timeZone: DAY.test(value) ? "UTC" : zone };
  if (language() === "zh") {
    const p = parts(chinese(), { ...at, year: "numeric", month: "numeric", day: "numeric", weekday: "short" }, instant);
    return `${p.year}年${p.month}月${p.day}日（${p.weekday}）`;
  }
  const p = parts("en-GB", { ...at, year: "numeric", month: "short", day: "numeric", weekday: "short" }, instant);
  return `${p.weekday} ${p.day} ${p.month} ${p.year}`;
}

/** A date on two lines for a preview: {day: "6月5日", rest: "2026 · 周五"}. */
export function splitDate(value) {
  const instant = new Date(`${value}T00:00:00Z`);
  const zh = language() === "zh";
  const p = parts(zh ? chinese() : "en-GB", { timeZone: "UTC", year: "numeric", month: zh ? "numeric" : "short", day: "numeric", weekday: "short" }, instant);
  return { day: zh ? `${p.month}月${p.day}日` : `${p.day} ${p.month}`, rest: `${p.year} · ${p.weekday}` };
}

export function isDay(value) {
  return typeof value === "string" && DAY.test(value);
}

/** 24 hours, in the company's zone. */
export function time(value) {
  const p = parts("en-GB", { timeZone: company.timezone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, new Date(value));
  return `${p.hour}:${p.minute}`;
}

/** What the company's zone is called: 中国时间 / China Time. */
export function zone() {
  const locale = language() === "zh" ? chinese() : "en-GB";
  return parts(locale, { timeZone: company.timezone, timeZoneName: "shortGeneric" }, new Date()).timeZoneName || company.timezone;
}

/** The time, with its zone where the viewer lives in another one. */
export function timeHere(value) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone === company.timezone;
  if (own) return time(value);
  return language() === "zh" ? `${time(value)}（${zone()}）` : `${time(value)} ${zone()}`;
}

export function dateTime(value) {
  return `${date(value, company.timezone)} ${timeHere(value)}`;
}

/** 6月1日 周一 / Mon 1 Jun, for the bar. */
export function shortDay(value) {
  const zh = language() === "zh";
  const p = parts(zh ? chinese() : "en-GB", { timeZone: company.timezone, month: zh ? "numeric" : "short", day: "numeric", weekday: "short" }, new Date(value));
  return zh ? `${p.month}月${p.day}日 ${p.weekday}` : `${p.weekday} ${p.day} ${p.month}`;
}

/** Minor units to US$1,600.00. */
export function money(minor) {
  const format = new Intl.NumberFormat(language() === "zh" ? chinese() : "en-CA", { style: "currency", currency: company.currency });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

export function number(value) {
  return new Intl.NumberFormat("en-US").format(value);
}

const MONEY = new Set(["amount", "fee", "price", "difference", "total"]);

export function fieldName(field) {
  const own = pick(company.names?.field?.[field]);
  if (own) return own;
  const key = `field_${field}`;
  return has(key) ? t(key) : field.replaceAll("_", " ");
}

/** A value of a card as its field and shape ask for. */
export function value(field, given) {
  if (given === null || given === undefined || given === "") return "—";
  if (MONEY.has(field) && typeof given === "number") return given === 0 && field === "fee" ? t("free") : money(given);
  if (field === "photos" && Array.isArray(given)) return t("photos", { n: given.length });
  if (Array.isArray(given)) return given.map((each) => value(field, each)).join(language() === "zh" ? "，" : ", ");
  if (typeof given === "object") return "sku" in given ? `${number(given.quantity ?? 1)} × ${given.sku}` : Object.values(given).join(" ");
  if (typeof given === "number") return number(given);
  if (typeof given === "boolean") return given ? "✓" : "✗";
  if (isDay(given)) return date(given);
  if (INSTANT.test(given)) return dateTime(given);
  return word(field, given);
}

/** The company's word for a value (a status, an option), else the value. */
export function word(field, given) {
  const names = company.names || {};
  const table = names[field]?.[given] || names.option?.[given] || names.option?.[`${field}.${given}`];
  return pick(table, String(given));
}

/** What a procedure or an intent is called by the company; its id with blanks where it has no name. */
export function title(name) {
  const key = `intent_${String(name).replaceAll(".", "_")}`;
  return pick(company.titles?.[name], has(key) ? t(key) : (name || "").replace(/[._]/g, " "));
}

export function queueName(queue) {
  return pick(company.queues[queue], queue || t("colleague"));
}

export function ticketName(kind) {
  return pick(company.names.ticket?.[kind], "");
}

/** "周一 – 周五" for ISO weekdays in a row, else the list. */
export function days(list) {
  const names = t("days_short").split(" ");
  const sorted = [...list].sort((a, b) => a - b);
  const row = sorted.every((day, n) => n === 0 || day === sorted[n - 1] + 1);
  if (row && sorted.length > 2) return `${names[sorted[0] - 1]}–${names[sorted.at(-1) - 1]}`;
  return sorted.map((day) => names[day - 1]).join(language() === "zh" ? "、" : ", ");
}
