/* Draws a conversation: stored items in order, then what waits to be sent, then the stage line. New content never moves what is being read. */
import { cardOf } from "./cards.js";
import { cited } from "./cite.js";
import { button, h, icon, kept } from "./dom.js";
import * as format from "./format.js";
import { has, inLanguage, languageOf, tag, t } from "./strings.js";

const NEAR = 80;
const LINES = 12;

export class Log {
  /** ctx = {company, say, retry, selectTurn, openSource, fileOf, demo}; `conversation` is drawn whole at once. */
  constructor(conversation, ctx) {
    this.conversation = conversation;
    this.ctx = ctx;
    this.nodes = new Map();
    this.unseen = 0;
    this.day = "";
    this.stage = h("p", { class: "stage", hidden: true, "aria-hidden": "true" });
    this.root = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": t("chat"), tabindex: "0", on: { scroll: () => this.scrolled() } }, this.stage);
    this.pill = button("", () => this.toEnd(), { kind: "pill" });
    this.pill.hidden = true;
    this.box = h("div", { class: "logbox" }, this.root, this.pill);
    for (const item of [...conversation.items, ...conversation.pending]) this.add(item);
  }

  /** Draws an item: stored ones go before those that wait. */
  add(item) {
    const atEnd = this.atEnd;
    const read = item.kind === "reply" && Boolean(this.growing);
    if (item.kind === "reply") this.grown();
    const node = this.nodeOf(item);
    if (read) node.classList.add("read");
    this.nodes.set(item, node);
    const waiting = this.conversation.pending.map((each) => this.nodes.get(each)).find(Boolean);
    const before = item.seq && waiting ? waiting : this.stage;
    this.root.insertBefore(node, before);
    this.date(item, node);
    this.settle(node, atEnd || item.kind === "me", item);
  }

  /** The day and time above the first item of each day. */
  date(item, node) {
    const day = item.at ? format.shortDay(item.at) : "";
    if (!day || day === this.day) return;
    this.day = day;
    node.before(h("time", { datetime: item.at }, `${day} ${format.time(item.at)}`));
  }

  change(item) {
    const old = this.nodes.get(item);
    if (!old) return;
    const atEnd = this.atEnd;
    const node = this.nodeOf(item);
    if (old.dataset.selected !== undefined) node.dataset.selected = "";
    old.replaceWith(node);
    this.nodes.set(item, node);
    // a message that was just stored goes before those that still wait
    if (item.kind === "me" && item === this.conversation.items.at(-1)) {
      this.root.insertBefore(node, this.nodes.get(this.conversation.pending[0]) || this.stage);
      this.date(item, node);
    }
    this.settle(node, atEnd, null);
  }

  /** Folds long texts and goes to the end, once the log is on the page. */
  shown() {
    for (const node of this.nodes.values()) fold(node);
    this.toEnd();
  }

  remove(item) {
    this.nodes.get(item)?.remove();
    this.nodes.delete(item);
  }

  settle(node, follow, item) {
    fold(node);
    if (follow) this.toEnd();
    else if (item && item.kind !== "episode") {
      this.unseen += 1;
      this.pill.textContent = t("new_messages", { n: this.unseen });
      this.pill.hidden = false;
    }
  }

  get atEnd() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < NEAR;
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
    this.scrolled();
  }

  scrolled() {
    if (!this.atEnd) return;
    this.unseen = 0;
    this.pill.hidden = true;
  }

  /** What is being done now ("" = nothing), in the language it was asked in. */
  showStage(stage) {
    const atEnd = this.atEnd;
    const { items, pending } = this.conversation;
    const asked = [...items, ...pending].findLast((item) => item.kind === "me");
    const key = stage && has(`stage_${stage}`) ? `stage_${stage}` : "working";
    this.stage.hidden = stage === "";
    this.stage.lang = asked ? this.languageOf(asked) : tag();
    this.stage.textContent = inLanguage(this.stage.lang, () => t(key));
    if (atEnd) this.root.scrollTop = this.root.scrollHeight;
  }

  /** A checked sentence of a reply that is still being put together; the stored reply takes its place. */
  showSentence(frame) {
    const atEnd = this.atEnd;
    if (!this.growing) {
      this.growing = h("article", { class: "bot growing", "aria-hidden": "true", lang: languageOf(frame.text, this.conversation.language || tag()) }, h("p", { class: "says" }));
      this.root.insertBefore(this.growing, this.stage);
    }
    const says = this.growing.firstChild;
    says.textContent += (says.textContent && /[a-z.!?)]$/i.test(says.textContent) ? " " : "") + frame.text;
    if (atEnd) this.root.scrollTop = this.root.scrollHeight;
  }

  /** Takes the growing reply away. */
  grown() {
    this.growing?.remove();
    this.growing = null;
  }

  select(turn) {
    for (const [item, node] of this.nodes) {
      if (item.kind !== "reply") continue;
      if (item.turn === turn) node.dataset.selected = "";
      else delete node.dataset.selected;
      node.querySelector(".why .link")?.setAttribute("aria-pressed", String(item.turn === turn));
    }
  }

  /** The language an item is in: its own words decide, the conversation's where they do not tell. */
  languageOf(item) {
    if (item.kind === "reply") return item.language;
    return languageOf(item.text || "", this.conversation.language || tag());
  }

  nodeOf(item) {
    const language = this.languageOf(item);
    const node = inLanguage(language, () => this.drawn(item));
    node.lang = language;
    return node;
  }

  drawn(item) {
    switch (item.kind) {
      case "me":
        return this.mine(item);
      case "person":
        return person(item);
      case "episode":
        return episode(item);
      default:
        return this.reply(item);
    }
  }

  mine(item) {
    const photos = item.attachments.map((each) => this.photo(each));
    return h(
      "div",
      { class: "me", data: { state: item.state } },
      h("span", { class: "sr" }, t("said_you")),
      photos.length ? h("div", { class: "photos" }, photos) : null,
      item.text ? h("p", { class: "bubble" }, kept(item.text)) : null,
      this.stateOf(item),
    );
  }

  stateOf(item) {
    if (item.state === "sent") return null;
    if (item.state !== "failed") return h("p", { class: "state" }, icon("clock"), this.ctx.isUp() ? t("sending") : t("waiting_for_line"));
    const again = h("button", { class: "link", type: "button", on: { click: () => this.ctx.retry(item) } }, t("retry"));
    return h("p", { class: "state" }, icon("alert"), errorText(item.error), again);
  }

  photo(attachment) {
    const url = this.ctx.fileOf(attachment);
    const image = (attachment.media_type || "image/").startsWith("image/");
    if (!image) return h("span", { class: "tag" }, attachment.name || attachment.media_type);
    return h("a", { href: url, target: "_blank", rel: "noopener" }, h("img", { src: url, alt: attachment.name || t("image"), width: "128", height: "96" }));
  }

  reply(item) {
    if (!item.text && !item.cards.length) return h("div", { hidden: true });
    const select = this.ctx.demo
      ? h("p", { class: "why" }, h("button", { class: "link", type: "button", "aria-pressed": "false", on: { click: () => this.ctx.selectTurn(item.turn, true) } }, t("why")))
      : null;
    return h(
      "article",
      { class: "bot", data: { turn: item.turn } },
      h("span", { class: "sr" }, t("said_assistant")),
      item.text ? cited(item, this.ctx.openSource) : null,
      item.cards.map((card) => cardOf(card, item, this.ctx)),
      select,
    );
  }
}

function person(item) {
  const name = item.name || t("colleague");
  return h(
    "article",
    { class: "person" },
    h("span", { class: "face small", "aria-hidden": "true" }, Array.from(name)[0]),
    h("b", {}, name),
    h("p", {}, kept(item.text)),
  );
}

function episode(item) {
  return h("p", { class: "episode" }, episodeText(item));
}

/** Who speaks from here on. */
export function episodeText(item) {
  return t(`episode_${item.state}`, { name: item.agent || t("colleague"), queue: format.queueName(item.queue) });
}

/** The words for a failed send. */
export function errorText(error) {
  const key = `error_${error?.code}`;
  return has(key) ? t(key, { reference: error.reference || "" }) : t("error_other");
}

/** Folds a text of more than twelve lines behind "show all". */
function fold(node) {
  if (!node.isConnected) return;
  const says = node.querySelector(".says, .bubble");
  if (!says) return;
  if (says.offsetHeight <= LINES * parseFloat(getComputedStyle(says).lineHeight) + 20) return;
  says.classList.add("clamp");
  const open = h("button", { class: "link small", type: "button", "aria-expanded": "false" }, inLanguage(node.lang, () => t("show_all")));
  open.addEventListener("click", () => {
    says.classList.remove("clamp");
    open.remove();
  });
  says.after(open);
}
