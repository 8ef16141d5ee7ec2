/* Draws the stored record of a turn for staff: understood, passages, decision, tools, checks, timings, versions. */
import { h } from "./dom.js";
import * as format from "./format.js";
import { has, t } from "./strings.js";

/** The steps of a record, as a numbered list with the raw record below. */
export function traceOf(record) {
  const steps = [
    ["step_understood", understood(record)],
    ["step_passages", passages(record)],
    ["step_decision", decisions(record)],
    ["step_tools", tools(record)],
    ["step_checks", checks(record)],
    ["step_times", times(record)],
    ["step_versions", versions(record)],
  ];
  const raw = h("pre", { tabindex: "0" }, JSON.stringify(record, null, 2));
  return [
    h("ol", { class: "steps" }, steps.map(([key, body], n) => h("li", { "data-n": String(n + 1) }, h("h3", {}, t(key)), body))),
    h("details", { class: "raw" }, h("summary", {}, t("trace_raw")), raw),
  ];
}

const list = (value) => (Array.isArray(value) ? value : []);
const figure = (value) => (typeof value === "number" ? value.toFixed(2) : "–");

function none(key) {
  return h("p", { class: "none" }, t(key));
}

function tag(text, kind = "") {
  return h("span", { class: `tag ${kind}`.trim() }, text);
}

function grid(pairs) {
  const shown = pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return shown.length ? h("dl", { class: "grid" }, shown.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])) : null;
}

function meter(share) {
  const percent = Math.max(0, Math.min(100, share * 100));
  return h("span", { class: "meter" }, h("i", { style: { "--v": percent }, "aria-hidden": "true" }), h("b", {}, figure(share)));
}

function shown(value) {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function slotTags(slots) {
  if (!slots.length) return "";
  return h("span", { class: "tags" }, slots.map((slot) => tag(`${slot.name} = ${shown(slot.value)}${slot.text && !slot.text.includes(String(slot.value)) ? ` ← ${slot.text}` : ""}`)));
}

function understood(record) {
  const reading = record.reading;
  if (!reading) return none("trace_none");
  const requests = list(reading.requests).map((request) =>
    h(
      "div",
      { class: "block" },
      h("div", { class: "row" }, tag(request.intent || "–", "accent"), meter(request.confidence ?? 0), request.accepted === false ? tag(t("rejected"), "warn") : null),
      grid([
        [t("trace_runner_up"), request.runner_up ? `${request.runner_up} ${figure(request.runner_up_confidence)}` : ""],
        [t("trace_slots"), slotTags(list(request.slots))],
      ]),
    ),
  );
  const flags = [reading.anger ? tag(t("trace_anger"), "danger") : null, reading.injection ? tag(t("trace_injection"), "danger") : null].filter(Boolean);
  return [
    ...requests,
    h("div", { class: "block" }, grid([
      [t("trace_language"), reading.language],
      [t("trace_rewrite"), reading.standalone && reading.standalone !== reading.text ? reading.standalone : ""],
      [t("trace_slots"), slotTags(list(reading.slots))],
      [t("trace_verdict"), reading.verdict === "other" ? "" : reading.verdict],
      [t("trace_sentiment"), typeof reading.sentiment === "number" ? figure(reading.sentiment) : ""],
      [t("trace_urgency"), reading.urgency ? `${reading.urgency} / 3` : ""],
      ["", flags.length ? h("span", { class: "tags" }, flags) : ""],
    ])),
  ];
}

function passages(record) {
  const found = list(record.passages);
  if (!found.length) return none("trace_no_passages");
  const head = [h("th", {}, t("trace_section")), ...["trace_dense", "trace_lexical"].map((key) => h("th", { class: "num" }, t(key))), h("th", {}, t("trace_fused"))];
  const rows = found.map((each) =>
    h("tr", {}, h("td", { class: "mono" }, each.title || each.id), h("td", { class: "num" }, figure(each.dense)), h("td", { class: "num" }, figure(each.lexical)), h("td", {}, meter(each.fused ?? 0))),
  );
  return h("div", { class: "scroll" }, h("table", { class: "scores" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows)));
}

const TONE = { execute: "ok", confirm: "warn", handoff: "human", decline: "danger" };

export function actionTag(action) {
  return tag(has(`action_${action}`) ? t(`action_${action}`) : action, TONE[action] || "accent");
}

function decisions(record) {
  const found = list(record.decisions);
  const made = found.length ? found : record.view ? [record.view] : [];
  const procedure = record.view?.procedure;
  const blocks = made.map((each) =>
    h(
      "div",
      { class: "block" },
      h("div", { class: "row" }, actionTag(each.action), each.intent ? tag(each.intent) : null, typeof each.confidence === "number" ? meter(each.confidence) : null),
      grid([
        [t("trace_reason"), each.reason],
        [t("trace_procedure"), typeof each.procedure === "string" ? each.procedure : ""],
        [t("trace_rule"), each.rule ? h("span", { class: "mono" }, each.rule) : ""],
        [t("trace_signals"), signals(each.signals)],
      ]),
    ),
  );
  if (!procedure) return blocks;
  const slots = Object.entries(procedure.slots || {}).map(([name, value]) => tag(`${name} = ${shown(value)}`));
  return [...blocks, h("div", { class: "block" }, h("div", { class: "row" }, tag(procedure.name), tag(procedure.stage, procedure.stage === "confirm" ? "warn" : "")), slots.length ? h("p", { class: "tags" }, slots) : null)];
}

function signals(given) {
  const pairs = Object.entries(given || {});
  return pairs.length ? h("span", { class: "tags" }, pairs.map(([name, value]) => tag(`${name} ${typeof value === "number" ? figure(value) : shown(value)}`))) : "";
}

const OUTCOME = { ok: "ok", refused: "danger", failed: "danger", needs_confirmation: "warn" };

function tools(record) {
  const calls = list(record.calls).length ? list(record.calls) : list(record.view?.tools);
  if (!calls.length) return none("trace_no_tools");
  return calls.map((call) => {
    const receipt = call.receipt;
    const changes = Object.entries(receipt?.changes || {}).map(([field, [old, now]]) => [format.fieldName(field), `${format.value(field, old)} → ${format.value(field, now)}`]);
    return h(
      "div",
      { class: "block" },
      h("div", { class: "row" }, h("b", { class: "mono" }, call.name), tag(call.outcome, OUTCOME[call.outcome] || ""), call.error ? tag(call.error, "danger") : null),
      receipt ? grid([[t("receipt"), h("span", { class: "mono" }, receipt.id)], ...changes]) : null,
    );
  });
}

function checks(record) {
  const blocked = list(record.blocked).map(([text, reason]) => h("div", { class: "block" }, tag(t("trace_blocked", { reason }), "danger"), h("p", { class: "small" }, text)));
  const models = list(record.model_calls).length;
  const notes = [t("trace_citations", { n: list(record.view?.citations).length }), models ? t("trace_model_calls", { n: models }) : t("trace_no_model")];
  return [...(blocked.length ? blocked : [h("p", { class: "small" }, t("trace_no_blocked"))]), h("p", { class: "none" }, notes.join(" · "))];
}

function times(record) {
  const pairs = Object.entries(record.timings_ms || {});
  const total = pairs.reduce((sum, [, value]) => sum + value, 0);
  const rows = pairs.map(([name, value]) => [name, h("span", { class: "meter" }, h("i", { style: { "--v": total ? (value / total) * 100 : 0 }, "aria-hidden": "true" }), h("b", {}, `${value.toFixed(1)} ms`))]);
  return grid([...rows, [t("trace_total"), pairs.length ? `${total.toFixed(1)} ms` : "–"]]);
}

function versions(record) {
  const stamps = Object.entries(record.stamps || {}).map(([name, value]) => [name, h("span", { class: "mono" }, String(value).slice(0, 16))]);
  const orders = Object.entries(record.orders || {}).map(([name, version]) => tag(`#${name} v${version ?? "–"}`));
  const at = record.business_time ? format.dateTime(record.business_time) : "";
  return grid([[t("trace_business_time"), at], ...stamps, [t("order"), orders.length ? h("span", { class: "tags" }, orders) : ""]]);
}
