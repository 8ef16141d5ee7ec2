/* Draws the stored record of a turn for staff: in words what was understood, looked up, decided and checked; figures and versions are folded below. */
import { h } from "./dom.js";
import * as format from "./format.js";
import { has, t } from "./strings.js";

/** The steps of a record that have something to tell, then its figures and the raw record, folded. */
export function traceOf(record) {
  const steps = [
    ["step_understood", understood(record)],
    ["step_looked_up", lookedUp(record)],
    ["step_decision", decided(record)],
    ["step_done", written(record)],
    ["step_checks", checks(record)],
  ].filter(([, body]) => body);
  return [
    h("ol", { class: "steps" }, steps.map(([key, body], n) => h("li", { "data-n": String(n + 1) }, h("h3", {}, t(key)), body))),
    folded("trace_figures", figures(record)),
    folded("trace_raw", h("pre", { tabindex: "0" }, JSON.stringify(record, null, 2))),
  ];
}

const list = (value) => (Array.isArray(value) ? value : []);
const figure = (value) => (typeof value === "number" ? value.toFixed(2) : "–");
const percent = (share) => `${Math.round(Math.max(0, Math.min(1, share || 0)) * 100)}%`;

function folded(key, ...body) {
  return h("details", { class: "raw" }, h("summary", {}, t(key)), body);
}

function none(key) {
  return h("p", { class: "none" }, t(key));
}

function tag(text, kind = "") {
  return h("span", { class: `tag ${kind}`.trim() }, text);
}

function mono(text) {
  return h("span", { class: "mono" }, text);
}

/** The text of a key that is made of a value, else the value as it is written, with blanks. */
function word(key, value) {
  return has(key) ? t(key) : String(value).replaceAll("_", " ");
}

function grid(pairs) {
  const shown = pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return shown.length ? h("dl", { class: "grid" }, shown.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])) : null;
}

function shown(value) {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function valueTags(slots) {
  if (!slots.length) return "";
  const said = (slot) => (slot.text && !slot.text.includes(String(slot.value)) ? ` ← ${slot.text}` : "");
  return h("span", { class: "tags" }, slots.map((slot) => tag(`${format.fieldName(slot.name)}: ${shown(slot.value)}${said(slot)}`)));
}

const DOUBT = 0.1;
const MOOD = 0.3;

function understood(record) {
  const reading = record.reading;
  if (!reading) return none("trace_none");
  const requests = list(reading.requests);
  const inside = new Set(requests.flatMap((request) => list(request.slots).map((slot) => `${slot.name} ${shown(slot.value)}`)));
  const rest = list(reading.slots).filter((slot) => !inside.has(`${slot.name} ${shown(slot.value)}`));
  const mood = [
    reading.anger ? tag(t("trace_anger"), "danger") : null,
    !reading.anger && reading.sentiment <= -MOOD ? tag(t("trace_upset"), "warn") : null,
    reading.urgency ? tag(t("trace_urgent", { n: reading.urgency }), reading.urgency > 2 ? "danger" : "warn") : null,
    reading.injection ? tag(t("trace_injection"), "danger") : null,
  ].filter(Boolean);
  return [
    ...requests.map(request),
    h("div", { class: "block" }, grid([
      [t("trace_language"), word(`language_${String(reading.language).replace("-", "_")}`, reading.language)],
      [t("trace_rewrite"), reading.standalone && reading.standalone !== reading.text ? reading.standalone : ""],
      [t("trace_slots"), valueTags(rest)],
      [t("trace_verdict"), reading.verdict === "other" || record.before?.procedure?.stage !== "confirm" ? "" : word(`verdict_${reading.verdict}`, reading.verdict)],
      [t("trace_mood"), mood.length ? h("span", { class: "tags" }, mood) : ""],
    ])),
  ];
}

/** One wish of the message; the second guess only where it was near. */
function request(each) {
  const near = each.runner_up && each.runner_up_confidence >= DOUBT;
  return h(
    "div",
    { class: "block" },
    h("div", { class: "row" }, tag(format.title(each.intent) || "–", "accent"), h("span", { class: "small" }, t("trace_sure", { n: percent(each.confidence) })), each.accepted === false ? tag(t("rejected"), "warn") : null),
    grid([
      [t("trace_runner_up"), near ? `${format.title(each.runner_up)}, ${percent(each.runner_up_confidence)}` : ""],
      [t("trace_slots"), valueTags(list(each.slots))],
    ]),
  );
}

const OUTCOME = { ok: "ok", refused: "danger", failed: "danger", needs_confirmation: "warn" };

function lookedUp(record) {
  const calls = list(record.calls).length ? list(record.calls) : list(record.view?.tools);
  const cited = list(record.view?.citations);
  if (!calls.length && !cited.length) return none("trace_nothing_looked_up");
  const tools = calls.map((call) => h("div", { class: "row" }, mono(call.name), tag(word(`outcome_${call.outcome}`, call.outcome), OUTCOME[call.outcome] || ""), call.error ? h("span", { class: "small muted" }, word(`because_${call.error}`, call.error)) : null));
  const places = [...new Map(cited.map((each) => [`${each.document} ${each.section}`, each])).values()];
  const sources = places.map((each) => h("li", {}, each.title || each.document, h("span", { class: "muted" }, ` ${t("version", { n: each.version })}`)));
  return [
    tools.length ? h("div", { class: "block" }, tools) : null,
    sources.length ? h("div", { class: "block" }, h("p", { class: "small muted" }, t("trace_cited")), h("ul", { class: "small" }, sources)) : null,
  ].filter(Boolean);
}

const TONE = { execute: "ok", confirm: "warn", handoff: "human", decline: "danger" };

/** What was decided as it went out: the view has the last word over what was decided on the way. */
function outcomes(record) {
  const made = list(record.decisions);
  const last = list(record.view?.requests);
  if (!last.length) return made.length ? made : record.view ? [record.view] : [];
  return last.map((each, n) => (last.length === made.length ? { ...made[n], ...each, procedure: each.procedure || made[n].procedure } : each));
}

function decided(record) {
  const blocks = outcomes(record).map((each) =>
    h(
      "div",
      { class: "block" },
      h("div", { class: "row" }, tag(word(`action_${each.action}`, each.action), TONE[each.action] || "accent"), h("span", { class: "small" }, format.title(each.procedure) || (each.reason === "unclear" ? "" : format.title(each.intent)))),
      h("p", {}, because(each, record)),
      each.rule ? h("p", { class: "small muted" }, `${t("trace_rule")} `, mono(each.rule)) : null,
    ),
  );
  return blocks.length ? blocks : none("trace_nothing_decided");
}

function because(each, record) {
  if (each.reason === "unclear" && !each.procedure) return t("because_not_understood");
  const exact = `because_${each.reason}_${each.action}`;
  if (each.reason) return has(exact) ? t(exact) : word(`because_${each.reason}`, each.reason);
  if (list(record.view?.citations).length) return t("because_documents");
  return t(list(record.calls).length ? "because_looked_up" : "because_said");
}

/** What was written, by its receipts. */
function written(record) {
  const receipts = list(record.view?.receipts);
  if (!receipts.length) return null;
  return receipts.map((receipt) => {
    const changes = Object.entries(receipt.changes || {}).map(([field, [old, now]]) => [format.fieldName(field), old === null || old === undefined ? format.value(field, now) : `${format.value(field, old)} → ${format.value(field, now)}`]);
    return h("div", { class: "block" }, grid([[t("receipt"), mono(receipt.id)], [t("order"), receipt.order ? `#${receipt.order}` : ""], [t("ticket"), receipt.ticket || ""], ...changes]));
  });
}

function checks(record) {
  const blocked = list(record.blocked).map(([text, reason]) => h("div", { class: "block" }, tag(t("trace_blocked", { reason: word(`blocked_${reason}`, reason) }), "danger"), h("p", { class: "small" }, text)));
  const models = list(record.model_calls).length;
  const note = models ? t("trace_model_calls", { n: models }) : t("trace_no_model");
  const silent = !record.view?.text;
  return [...(blocked.length ? blocked : [h("p", {}, t(silent ? "trace_silent" : "trace_no_blocked"))]), h("p", { class: "none" }, note)];
}

/** All that is counted, for those who look for a reason behind the words. */
function figures(record) {
  const passages = list(record.passages);
  const signals = list(record.decisions).flatMap((each) => Object.entries(each.signals || {}));
  return [
    passages.length ? h("div", { class: "block scroll" }, scores(passages)) : null,
    signals.length ? h("div", { class: "block" }, h("p", { class: "small muted" }, t("trace_signals")), h("p", { class: "tags" }, signals.filter(([, value]) => value).map(([name, value]) => tag(`${name} ${typeof value === "number" ? figure(value) : shown(value)}`)))) : null,
    h("div", { class: "block" }, h("p", { class: "small muted" }, t("step_times")), times(record)),
    h("div", { class: "block" }, h("p", { class: "small muted" }, t("step_versions")), versions(record)),
  ].filter(Boolean);
}

function scores(passages) {
  const head = [h("th", {}, t("trace_section")), ...["trace_dense", "trace_lexical", "trace_fused"].map((key) => h("th", { class: "num" }, t(key)))];
  const rows = passages.map((each) => h("tr", {}, h("td", {}, each.title || each.id), ["dense", "lexical", "fused"].map((name) => h("td", { class: "num" }, figure(each[name])))));
  return h("table", { class: "scores" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows));
}

function times(record) {
  const pairs = Object.entries(record.timings_ms || {});
  const total = pairs.reduce((sum, [, value]) => sum + value, 0);
  return grid([...pairs.map(([name, value]) => [name, `${value.toFixed(1)} ms`]), [t("trace_total"), pairs.length ? `${total.toFixed(1)} ms` : "–"]]);
}

function versions(record) {
  const stamps = Object.entries(record.stamps || {}).map(([name, value]) => [name, mono(String(value).slice(0, 16))]);
  const orders = Object.entries(record.orders || {}).map(([name, version]) => tag(`#${name} v${version ?? "–"}`));
  const at = record.business_time ? format.dateTime(record.business_time) : "";
  return grid([[t("trace_business_time"), at], ...stamps, [t("order"), orders.length ? h("span", { class: "tags" }, orders) : ""]]);
}
