/* The staff's pane: the trace of the selected turn, or the source of a citation, and the strip to speak as a person. */
import * as api from "./api.js";
import { errorText } from "./log.js";
import { button, h } from "./dom.js";
import { paperOf } from "./source.js";
import { t } from "./strings.js";
import { traceOf } from "./trace.js";

const PATIENCE = 300;

export class Side {
  /** ctx = {conversation(), agents, close()}. */
  constructor(ctx) {
    this.ctx = ctx;
    this.turn = "";
    this.asked = 0;
    this.title = h("h2", {}, t("trace"));
    this.sub = h("p", { class: "tiny muted" }, t("trace_sub"));
    this.back = button(t("back_to_trace"), () => this.show(this.turn), { kind: "bare end", name: "back" });
    this.back.hidden = true;
    const close = button("", () => this.close(), { kind: "bare back", label: t("back"), name: "back" });
    this.body = h("div", { class: "body", tabindex: "-1" });
    this.root = h(
      "section",
      { class: "pane side", "aria-label": t("trace") },
      h("header", {}, close, h("div", {}, this.title, this.sub), this.back),
      this.body,
      this.strip(),
    );
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.covers && this.close());
    // a window made wider shows both panes again
    matchMedia("(min-width: 820px)").addEventListener("change", () => this.root.isConnected && "open" in this.root.dataset && this.close());
    this.empty("trace_none");
  }

  empty(key) {
    this.body.replaceChildren(h("p", { class: "nothing" }, t(key)));
  }

  head(title, sub, source) {
    this.title.textContent = title;
    this.sub.textContent = sub;
    this.back.hidden = !source || !this.turn;
  }

  /** Fetches something and draws it, unless something else was asked for meanwhile. */
  async fill(fetching, draw, failure) {
    this.asked += 1;
    const mine = this.asked;
    const slow = setTimeout(() => mine === this.asked && this.empty("trace_loading"), PATIENCE);
    try {
      const told = await fetching;
      if (mine !== this.asked) return;
      this.body.replaceChildren(...[draw(told)].flat());
      this.body.scrollTop = 0;
    } catch (error) {
      if (!(error instanceof api.Failure)) throw error;
      if (mine === this.asked) this.empty(failure);
    } finally {
      clearTimeout(slow);
    }
  }

  async show(turn) {
    this.turn = turn;
    this.head(t("trace"), t("trace_sub"), false);
    if (!turn) {
      this.asked += 1;
      this.empty("trace_none");
      return;
    }
    await this.fill(api.trace(turn), traceOf, "trace_failed");
  }

  async source(citation, language) {
    const wanted = citation.section.split("/")[0];
    this.head(citation.title || citation.document, t("version", { n: citation.version }), true);
    const variant = ["zh", "en"].includes(wanted) ? wanted : language.slice(0, 2);
    await this.fill(api.source(citation.document, variant), (told) => paperOf(told, citation), "source_failed");
    (this.body.querySelector("[data-cited] mark") || this.body.querySelector("[data-cited]"))?.scrollIntoView({ block: "center" });
  }

  /** Brings the pane up; where it covers the chat, the chat can be neither seen nor reached until it is closed. */
  open() {
    if (!("open" in this.root.dataset)) this.opener = document.activeElement;
    this.root.dataset.open = "";
    if (!this.covers) return;
    for (const other of this.others()) other.inert = true;
    this.body.focus({ preventScroll: true });
  }

  close() {
    delete this.root.dataset.open;
    for (const other of this.others()) other.inert = false;
    if (this.opener?.isConnected) this.opener.focus();
    else this.ctx.close();
  }

  get covers() {
    return getComputedStyle(this.root).position === "fixed";
  }

  others() {
    return [document.getElementById("bar"), this.root.previousElementSibling].filter(Boolean);
  }

  /** A person's name, words and two buttons. */
  strip() {
    const name = h("select", { class: "field", "aria-label": t("agent_name") }, (this.ctx.agents.length ? this.ctx.agents : [t("colleague")]).map((each) => h("option", {}, each)));
    const say = h("input", { class: "field", type: "text", maxlength: "8000", placeholder: t("agent_say"), "aria-label": t("agent_say"), autocomplete: "off" });
    const told = h("p", { class: "tiny", role: "alert" });
    const act = async (body) => {
      told.textContent = "";
      try {
        await api.agent(this.ctx.conversation(), { name: name.value, ...body });
        say.value = "";
      } catch (error) {
        told.textContent = error.message || errorText(error);
      }
    };
    const send = button(t("agent_send"), null, { kind: "human", type: "submit" });
    const close = button(t("agent_close"), () => act({ close: true }));
    const who = h("div", { class: "who" }, h("b", { class: "small" }, t("agent")), name, close);
    const form = h("form", {}, who, h("div", { class: "says" }, say, send), told);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (say.value.trim()) act({ say: say.value });
    });
    return h("footer", { class: "agent" }, form);
  }
}
