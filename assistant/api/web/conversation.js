/* A conversation as the page knows it: entries in the log's order, then what is not stored yet. It draws nothing; `on` is told what changed. */
import { keepUnsent, newId, unsentOf } from "./memory.js";

const ENDED_BY = { execute: "confirmed", handoff: "passed" };

/** `on` = {add(item), change(item)}. Items: me, person, reply, episode; what became of an open preview is told by the server, of an open choice by what follows. */
export class Conversation {
  constructor(id, on) {
    this.id = id;
    this.on = on;
    this.last = 0;
    this.items = [];
    this.cards = new Map();
    this.owner = { state: "closed", agent: "", queue: "" };
    this.language = "";
    this.pending = unsentOf(id).map((kept) => ({ kind: "me", state: "sending", at: "", ...kept }));
  }

  get isEmpty() {
    return !this.items.length && !this.pending.length;
  }

  /** A message of ours that is not stored yet. */
  say(text, attachments = []) {
    const item = { kind: "me", id: newId(), text, attachments, state: "sending", at: "" };
    this.pending.push(item);
    this.keep();
    this.closeChoices();
    this.on.add(item);
    return item;
  }

  keep() {
    keepUnsent(this.id, this.pending.map(({ id, text, attachments }) => ({ id, text, attachments })));
  }

  /** A stored entry; one that was seen before is left out. True when it is new. */
  apply(entry) {
    if (entry.seq <= this.last) return false;
    this.last = entry.seq;
    if (entry.type === "message") this.message(entry);
    else if (entry.type === "reply") this.reply(entry);
    else if (entry.type === "handoff") this.handoff(entry);
    return true;
  }

  message(entry) {
    if (entry.role !== "customer") {
      this.add({ kind: "person", name: entry.name, text: entry.text, at: entry.sent_at, seq: entry.seq });
      return;
    }
    this.closeChoices();
    const mine = this.pending.find((item) => item.id === entry.id);
    if (!mine) {
      this.add({ kind: "me", id: entry.id, text: entry.text, attachments: entry.attachments, state: "sent", at: entry.sent_at, seq: entry.seq });
      return;
    }
    this.pending = this.pending.filter((item) => item !== mine);
    this.keep();
    Object.assign(mine, { state: "sent", at: entry.sent_at, seq: entry.seq });
    this.items.push(mine);
    this.on.change(mine);
  }

  reply(entry) {
    this.language = entry.language;
    const shown = entry.cards.filter((card) => !this.update(card));
    this.fold(entry, shown);
    for (const card of shown) this.cards.set(card.id, card);
    this.add({ kind: "reply", ...entry, cards: shown });
  }

  /** A card that is shown already takes the new state where it stands. */
  update(card) {
    const known = this.cards.get(card.id);
    if (!known || known.kind !== card.kind || card.kind === "choices") return false;
    Object.assign(known, { state: card.state, data: { ...known.data, ...card.data } });
    this.redraw(known);
    return true;
  }

  /** What becomes of the open preview when a reply comes that does not tell it. */
  fold(entry, shown) {
    const open = this.openCard("confirm");
    if (!open) return;
    const asked = this.items.findLast((item) => item.kind === "me");
    if (shown.some((card) => card.kind === "confirm")) open.state = "replaced";
    else if (ENDED_BY[entry.action]) open.state = ENDED_BY[entry.action];
    else if (asked?.id === open.declinedBy) open.state = "declined";
    else return;
    this.redraw(open);
  }

  openCard(kind) {
    return [...this.cards.values()].findLast((card) => card.kind === kind && card.state === "open");
  }

  closeChoices() {
    for (const card of this.cards.values()) {
      if (card.kind !== "choices" || card.state !== "open") continue;
      card.state = "answered";
      this.redraw(card);
    }
  }

  /** Folds previews whose time is over by the business clock. */
  expire(now) {
    const open = this.openCard("confirm");
    if (!open || !open.data.expires || new Date(open.data.expires) > now) return;
    open.state = "expired";
    this.redraw(open);
  }

  redraw(card) {
    const item = this.items.find((each) => each.cards?.includes(card));
    if (item) this.on.change(item);
  }

  handoff(entry) {
    this.owner = entry;
    const banner = [...this.cards.values()].findLast((card) => card.kind === "handoff" && card.state !== "closed");
    if (banner) {
      banner.state = entry.state;
      banner.agent = entry.agent;
      this.redraw(banner);
    }
    if (!(banner && entry.state === "queued")) this.add({ kind: "episode", ...entry });
  }

  add(item) {
    this.items.push(item);
    this.on.add(item);
  }

  /** A message that was not answered, stored or not; sending it again under its id is safe. */
  failed(id, error) {
    const item = this.mine(id);
    if (!item) return null;
    Object.assign(item, { state: "failed", error });
    this.on.change(item);
    return item;
  }

  answered(id) {
    const item = this.mine(id);
    if (!item?.seq || item.state === "sent") return;
    item.state = "sent";
    this.on.change(item);
  }

  mine(id) {
    return this.pending.find((each) => each.id === id) || this.items.findLast((each) => each.kind === "me" && each.id === id) || null;
  }

  drop(item) {
    this.pending = this.pending.filter((each) => each !== item);
    this.keep();
  }
}
