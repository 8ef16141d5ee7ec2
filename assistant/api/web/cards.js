/* Draws the cards of a reply from their data: previews, receipts, choices, hand-offs. The server decides what they hold and when they end. */
import { button, h, icon, isLocked, lock } from "./dom.js";
import * as format from "./format.js";
import { has, inLanguage, t } from "./strings.js";

const YES = { en: ["yes", "no"], "zh-Hans": ["确认", "不要"], "zh-Hant": ["確認", "不要"] };

/** `say(text)` sends the customer's words; a card speaks and answers in the language of its reply, in which it is drawn. */
export function cardOf(card, reply, ctx) {
  switch (card.kind) {
    case "confirm":
      return card.state === "open" ? confirm(card, reply, ctx) : gone(card);
    case "receipt":
      return receipt(card);
    case "choices":
      return card.state === "open" ? choices(card, ctx) : null;
    case "handoff":
      return handoff(card, ctx);
    default:
      return null;
  }
}

/** One sentence for a screen reader, in the language of the reply. */
export function spoken(card, language) {
  return inLanguage(language, () => told(card));
}

function told(card) {
  if (card.kind === "confirm") return `${t("confirm_label", { title: card.data.title })} ${changesOf(card.data.rows).map(sentence).join(" ")}`;
  if (card.kind === "receipt") return t("receipt_label", { title: titleOf(card.data) });
  return "";
}

function sentence({ field, name, old, now }) {
  const shown = format.value(field, now);
  return old === null || old === undefined ? `${name} ${shown}` : `${name} ${format.value(field, old)} → ${shown}`;
}

function changesOf(rows) {
  return (rows || []).map((row) => ({ field: row.field, name: row.label || format.fieldName(row.field), old: row.old, now: row.new }));
}

function confirm(card, reply, ctx) {
  const rows = changesOf(card.data.rows);
  const main = rows.filter(({ old }) => old !== null && old !== undefined);
  const rest = rows.filter((row) => !main.includes(row));
  const words = YES[reply.language] || YES.en;
  const buttons = [button(t("confirm_no"), () => answer(words[1])), button(t("confirm_yes"), () => answer(words[0]), { kind: "main" })];
  function answer(text) {
    if (buttons.some(isLocked)) return;
    for (const each of buttons) lock(each);
    const item = ctx.say(text);
    if (text === words[1]) card.declinedBy = item.id;
  }
  return h(
    "div",
    { class: "card confirm", role: "group", "aria-label": told(card) },
    top(card.data, h("span", { class: "tag warn end" }, t("confirm_waits"))),
    main.map(change),
    facts(rest.map(({ field, name, now }) => [name, format.value(field, now)])),
    h("div", { class: "two" }, buttons),
    card.data.expires ? h("p", { class: "after" }, t("confirm_until", { time: format.timeHere(card.data.expires) })) : null,
  );
}

function top(data, ...more) {
  const about = data.order ? `${t("order")} #${data.order}` : "";
  return h("div", { class: "top" }, h("h3", {}, data.title, more), about ? h("p", { class: "sub" }, h("span", { class: "nowrap" }, about)) : null);
}

function change({ field, name, old, now }) {
  return h("div", { class: "change" }, side(t("old", { name }), old, field, "old"), icon("to"), side(t("now", { name }), now, field));
}

function side(label, given, field, kind = "") {
  const day = format.isDay(given) ? format.splitDate(given) : null;
  return h("div", { class: kind }, h("span", { class: "tiny" }, label), h("b", {}, day ? day.day : format.value(field, given)), day ? h("span", { class: "tiny" }, day.rest) : null);
}

function facts(pairs) {
  if (!pairs.length) return null;
  return h("dl", { class: "facts" }, pairs.map(([name, shown]) => [h("dt", {}, name), h("dd", {}, shown)]));
}

const FOLDED = { confirmed: "ok", replaced: "close", declined: "close", expired: "clock", passed: "person", unsettled: "person" };

function gone(card) {
  const key = `confirm_${card.state}`;
  return h("p", { class: "gone", data: { state: card.state } }, icon(FOLDED[card.state] || "close"), `${card.data.title} · ${t(has(key) ? key : "confirm_ended")}`);
}

function titleOf(data) {
  if (data.title) return t("receipt_done", { title: data.title });
  if (!data.ticket) return t("receipt_change");
  const kind = format.ticketName(data.changes?.kind?.[1]);
  return kind ? t("receipt_kind", { kind }) : t("receipt_ticket");
}

function receipt(card) {
  const { order, ticket, changes, labels } = card.data;
  const rows = Object.entries(changes || {})
    .filter(([field]) => field !== "kind")
    .map(([field, [old, now]]) => [labels?.[field] || format.fieldName(field), was(field, old, now)]);
  if (ticket) rows.unshift([t("ticket"), h("span", { class: "mono" }, ticket)]);
  rows.push([t("receipt"), h("span", { class: "mono" }, card.id)]);
  return h(
    "div",
    { class: "card receipt", role: "group", "aria-label": told(card) },
    h("div", { class: "top" }, h("h3", {}, icon("ok"), titleOf(card.data)), order ? h("p", { class: "sub" }, `${t("order")} #${order}`) : null),
    facts(rows),
  );
}

function was(field, old, now) {
  const shown = format.value(field, now);
  return old === null || old === undefined ? shown : [h("s", {}, format.value(field, old)), " → ", h("b", {}, shown)];
}

const ORDER = /^\d{4,}$/;

function choices(card, ctx) {
  const options = (card.data.options || []).slice(0, 8);
  const chips = options.map((option) => {
    const given = typeof option === "object" && option !== null ? option.value : String(option);
    const label = typeof option === "object" && option !== null ? option.label : labelOf(given);
    const says = ORDER.test(given) ? `#${given}` : format.isDay(given) ? given : label;
    return h("button", { class: "chip", type: "button", on: { click: () => ctx.say(says) } }, label);
  });
  return h("div", { class: "choices", role: "group", "aria-label": t("choices") }, chips);
}

function labelOf(given) {
  if (ORDER.test(given)) return `#${given}`;
  return format.isDay(given) ? format.date(given) : format.word("option", given);
}

function handoff(card, ctx) {
  const { queue, place, opens } = card.data;
  const name = format.queueName(queue);
  const hours = ctx.company.hours;
  if (card.state === "assigned") return banner(t("handoff_assigned", { name: card.agent || t("colleague") }), t("handoff_assigned_note"));
  if (card.state === "closed") return banner(t("handoff_closed"), "");
  const when = opens
    ? t("handoff_opens", { time: format.dateTime(opens) })
    : t("handoff_hours", { days: format.days(hours.days), open: hours.open, close: hours.close, zone: format.zone() });
  return banner(place ? t("handoff_place", { place, queue: name }) : t("handoff_queued", { queue: name }), `${when}${t("gap")}${t("handoff_reads")}`);
}

function banner(title, text) {
  return h("div", { class: "handoff", role: "group", "aria-label": title }, h("h3", {}, icon("person"), title), text ? h("p", {}, text) : null);
}
