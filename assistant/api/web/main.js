/* Puts the page together: who the customer is, which conversation is open, what is selected; every part draws itself. */
import { alarm, announce } from "./announce.js";
import * as api from "./api.js";
import { spoken } from "./cards.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { button, h } from "./dom.js";
import * as format from "./format.js";
import { Line } from "./live.js";
import { episodeText, errorText, Log } from "./log.js";
import { conversationOf, keepConversation, keepSetting, setting } from "./memory.js";
import { Side } from "./side.js";
import { inLanguage, language, languageOf, pick, t, useLanguage } from "./strings.js";

const STAGE_PATIENCE = 300;
const TICK = 1_000;
const HOPELESS = new Set(["too_long", "empty", "message_reused", "invalid_input", "attachment_type"]);

const page = { company: null, people: null, as: "", talk: null, line: null, log: null, composer: null, side: null, turn: "", follows: true, drift: 0 };

async function boot() {
  const wanted = new URLSearchParams(location.search);
  useLanguage(frame(wanted));
  useTheme(wanted.get("theme") || setting("theme"));
  try {
    page.company = await api.company();
    format.useCompany(page.company);
    page.people = page.company.demo ? await api.contacts() : null;
    page.company.titles = page.people?.titles || {};
  } catch {
    document.getElementById("panes").replaceChildren(h("p", { class: "nothing" }, t("not_ready")));
    return;
  }
  page.drift = new Date(page.company.now) - Date.now();
  const known = page.people?.contacts.map((contact) => contact.label) || [];
  page.as = [wanted.get("as"), setting("as"), page.people?.default, known[0]].find((label) => label && known.includes(label)) || "";
  useLanguage(frame(wanted));
  page.turn = location.hash.slice(1);
  page.follows = !page.turn;
  drawBar();
  if (!page.as) {
    document.getElementById("panes").replaceChildren(h("p", { class: "nothing" }, t("no_demo")));
    return;
  }
  setInterval(tick, TICK);
  addEventListener("keydown", movePane);
  await openConversation(wanted.get("conversation") || conversationOf(page.as));
}

/** The language around the conversation: what was chosen, else the customer's, else the browser's. */
function frame(wanted = new URLSearchParams(location.search)) {
  const customer = page.people?.contacts.find((contact) => contact.label === page.as);
  return wanted.get("lang") || setting("language") || customer?.language || (navigator.language.startsWith("zh") ? "zh" : "en");
}

function now() {
  return new Date(Date.now() + page.drift);
}

function tick() {
  const at = now().toISOString();
  const clock = document.getElementById("clock");
  if (clock) clock.textContent = `${format.shortDay(at)} ${format.time(at)}`;
  page.talk?.expire(now());
}

function useTheme(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}

function switchTheme() {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark" || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  useTheme(dark ? "light" : "dark");
  keepSetting("theme", document.documentElement.dataset.theme);
}

function switchLanguage() {
  useLanguage(language() === "zh" ? "en" : "zh");
  keepSetting("language", language());
  drawBar();
  if (page.talk) draw();
  document.getElementById("language").focus();
}

function drawBar() {
  const name = pick(page.company.name);
  document.title = `${pick(page.company.assistant)} · ${name}`;
  const contacts = page.people?.contacts || [];
  const choose = h("select", { class: "field", "aria-label": t("identity"), on: { change: (event) => become(event.target.value) } },
    contacts.map((each) => h("option", { value: each.label, selected: each.label === page.as }, `${each.company_name} · ${each.name}`)));
  const other = button(t("other_language"), switchLanguage, { kind: "bare", label: t("other_language_label") });
  other.id = "language";
  other.lang = language() === "zh" ? "en" : "zh-Hans";
  document.getElementById("bar").replaceChildren(
    h("h1", { title: name }, name),
    page.company.demo ? h("span", { class: "tag" }, t("demo")) : "",
    h("div", { class: "tools" },
      h("span", { class: "clock" }, h("span", { class: "label" }, `${t("clock")} `), h("b", { id: "clock" })),
      contacts.length ? h("label", {}, h("span", {}, t("identity")), choose) : "",
      h("div", { class: "icons" }, other, button("", switchTheme, { kind: "bare", label: t("theme"), name: "sun" }))),
  );
  tick();
}

/** Goes on as another customer, in the conversation that customer had here. */
async function become(label, afterwards) {
  page.as = label;
  keepSetting("as", label);
  useLanguage(frame());
  select("");
  drawBar();
  await openConversation(conversationOf(label));
  afterwards?.();
}

/** Opens a conversation: the log first and silently, then what comes. An id that is not known any more gives a new one. */
async function openConversation(id) {
  page.line?.close();
  try {
    const known = id || (await api.open(page.as));
    keepConversation(page.as, known);
    const talk = new Conversation(known, { add: () => {}, change: () => {} });
    for (let before = -1; before !== talk.last; ) {
      before = talk.last;
      const told = await api.read(known, before);
      for (const entry of told.entries) talk.apply(entry);
      talk.last = told.last;
    }
    page.talk = talk;
  } catch (error) {
    if (id && error.code === "not_found") return openConversation("");
    alarm(t("not_ready"));
    document.getElementById("panes").replaceChildren(h("p", { class: "nothing" }, t("not_ready")));
    return undefined;
  }
  draw();
  connect();
  return undefined;
}

function draw() {
  const { talk } = page;
  const ctx = {
    company: page.company,
    demo: page.company.demo,
    say,
    retry,
    isUp: () => page.line?.up ?? true,
    selectTurn: (turn, open) => select(turn, open),
    openSource: page.company.demo ? openSource : null,
    fileOf: (attachment) => api.file(talk.id, attachment.hash),
  };
  page.log = new Log(talk, ctx);
  page.composer = new Composer(talk.id, { send: say, limit: page.company.message_characters });
  page.side = page.company.demo ? new Side({ conversation: () => talk.id, agents: page.people.agents, close: () => page.composer.text.focus() }) : null;
  page.strip = h("p", { class: "strip", hidden: true }, t("offline"));
  const chat = h("section", { class: "pane chat", "aria-label": t("chat") }, header(), page.log.box, h("div", {}, page.strip, page.composer.root));
  document.getElementById("panes").replaceChildren(chat, page.side?.root || "");
  talk.on = { add, change };
  welcome();
  showOwner();
  talk.expire(now());
  page.log.shown();
  if (page.line && !page.line.up) page.strip.hidden = false;
  const last = talk.items.findLast((item) => item.kind === "reply");
  select(page.follows ? last?.turn || "" : page.turn);
}

function header() {
  const person = button(t("person"), () => say(page.talk.language === "en" || (!page.talk.language && language() === "en") ? "I would like to talk to a person" : "转人工"), { kind: "bare end", name: "person" });
  return h("header", {},
    h("span", { class: "face bot", "aria-hidden": "true" }, "AI"),
    h("div", {}, h("h2", {}, pick(page.company.assistant)), h("p", { class: "tiny muted", id: "owner" })),
    person,
    button("", () => restart(), { kind: "bare", label: t("new_chat"), name: "new" }));
}

function showOwner() {
  const { state, agent } = page.talk.owner;
  const told = { queued: t("owner_queue"), assigned: t("owner_person", { name: agent || t("colleague") }) }[state];
  const line = document.getElementById("owner");
  line.textContent = told || t("subtitle");
  line.classList.toggle("with-person", Boolean(told));
  page.composer.hint(page.talk.openCard("confirm") ? "composer_confirm" : "composer");
}

async function restart() {
  select("");
  keepConversation(page.as, "");
  await openConversation("");
  page.composer.text.focus();
}

/** The greeting and sentences to try, until something is said. */
function welcome() {
  page.welcome?.remove();
  page.welcome = null;
  if (!page.talk.isEmpty) return;
  const tries = (page.people?.examples || []).map((example) => {
    const who = page.people.contacts.find((each) => each.label === example.as);
    if (!who) return null;
    const tongue = languageOf(example.text);
    const as = inLanguage(tongue, () => t("try_as", { company: who.company_name, name: who.name }));
    return h("button", { class: "try", type: "button", lang: tongue, on: { click: () => tryOut(example) } }, h("b", {}, example.text), h("span", {}, as));
  });
  page.welcome = h("div", { class: "welcome" }, h("p", { class: "hello" }, t("hello")), tries.length ? h("h3", { class: "muted" }, t("tries")) : null, h("div", { class: "tries" }, tries));
  page.log.root.prepend(page.welcome);
}

function tryOut(example) {
  if (example.as === page.as) say(example.text);
  else become(example.as, () => say(example.text));
}

function connect() {
  const { talk } = page;
  page.line = new Line(talk.id, () => talk.last, {
    frame: (frame) => talk === page.talk && receive(frame),
    open: () => {
      if (talk !== page.talk) return;
      page.strip.hidden = true;
      for (const item of talk.pending) if (item.state === "sending") deliver(item);
      askAgain(talk);
    },
    lost: () => {
      if (talk !== page.talk) return;
      page.strip.hidden = false;
      waitFor("");
      for (const item of talk.pending) page.log.change(item);
    },
    unknown: () => talk === page.talk && openConversation(""),
  });
}

function say(text, attachments = []) {
  const item = page.talk.say(text, attachments);
  welcome();
  deliver(item);
  // what was pressed is about to fold; on a touch screen the keyboard stays down
  if (matchMedia("(pointer: fine)").matches) page.composer.text.focus();
  return item;
}

function deliver(item) {
  item.state = "sending";
  const sent = page.line.send({ id: item.id, text: item.text, attachments: item.attachments.map((each) => each.hash) });
  page.log.change(item);
  if (sent) waitFor("working");
}

/** A stored message without its reply, found after a reload: asked for under its id, which does nothing twice. */
function askAgain(talk) {
  const last = talk.items.at(-1);
  if (talk.pending.length || last?.kind !== "me" || last.state !== "sent") return;
  if (page.line.send({ id: last.id, text: last.text, attachments: last.attachments.map((each) => each.hash) })) waitFor("working");
}

function retry(item) {
  if (!HOPELESS.has(item.error?.code)) {
    deliver(item);
    return;
  }
  if (!item.seq) {
    page.talk.drop(item);
    page.log.remove(item);
  }
  page.composer.put(item.text);
  page.composer.text.focus();
}

function receive(frame) {
  switch (frame.type) {
    case "stage":
      waitFor(frame.stage || "working");
      return;
    case "sentence":
      page.log.showSentence(frame);
      return;
    case "answered":
      waitFor("");
      page.talk.answered(frame.id);
      return;
    case "error": {
      waitFor("");
      const item = page.talk.failed(frame.id, frame.error);
      if (item) alarm(inLanguage(page.log.languageOf(item), () => errorText(frame.error)));
      return;
    }
    default:
      if (frame.type === "reply") waitFor("");
      page.talk.apply(frame);
  }
}

/** Shows what is being done, once it takes long enough to be noticed. */
function waitFor(stage) {
  page.stage = stage;
  clearTimeout(page.stageTimer);
  if (!stage) page.log.showStage("");
  else if (!page.log.stage.hidden) page.log.showStage(stage);
  else page.stageTimer = setTimeout(() => page.log.showStage(page.stage), STAGE_PATIENCE);
}

/** Something new in the open conversation: drawn, spoken, and followed by the trace. */
function add(item) {
  page.log.add(item);
  if (item.kind === "me") return;
  if (item.kind === "reply") {
    const said = item.text && `${inLanguage(item.language, () => t("said_assistant"))} ${item.text}`;
    announce([said, ...item.cards.map((card) => spoken(card, item.language))].filter(Boolean).join(" "), item.language);
    if (page.follows) select(item.turn);
  }
  if (item.kind === "reply") return showOwner();
  const tongue = page.log.languageOf(item);
  if (item.kind === "episode") announce(inLanguage(tongue, () => episodeText(item)), tongue);
  if (item.kind === "person") announce(`${inLanguage(tongue, () => t("said_person", { name: item.name }))} ${item.text}`, tongue);
  showOwner();
}

function change(item) {
  page.log.change(item);
  showOwner();
}

/** Selects a turn; the newest one goes on being followed. */
function select(turn, open = false) {
  page.turn = turn;
  page.follows = !turn || turn === page.talk?.items.findLast((item) => item.kind === "reply")?.turn;
  history.replaceState(null, "", turn && !page.follows ? `#${turn}` : location.pathname + location.search);
  page.log?.select(turn);
  page.side?.show(turn);
  if (open) {
    page.side?.open();
    page.side?.body.focus({ preventScroll: true });
  }
}

function openSource(citation, said) {
  page.side.open();
  page.side.source(citation, said);
}

/** F6 goes from pane to pane. */
function movePane(event) {
  if (event.key !== "F6") return;
  event.preventDefault();
  const stops = [page.log?.root, page.composer?.text, page.side?.body].filter((node) => node?.offsetParent);
  const at = stops.findIndex((node) => node.contains(document.activeElement));
  stops[(at + (event.shiftKey ? stops.length - 1 : 1)) % stops.length]?.focus();
}

boot();
