/* Where the customer writes: text that survives a reload, images with their upload, and Enter that knows about input methods. */
import { Failure, upload } from "./api.js";
import { button, h, lock } from "./dom.js";
import { number } from "./format.js";
import { draftOf, keepDraft } from "./memory.js";
import { errorText } from "./log.js";
import { t } from "./strings.js";

const MOST_FILES = 10;
const KINDS = "image/jpeg,image/png,image/webp,image/gif,application/pdf";

export class Composer {
  /** `send(text, attachments)` takes what was written; `limit` is in characters. */
  constructor(conversation, { send, limit }) {
    this.conversation = conversation;
    this.send = send;
    this.limit = limit;
    this.files = [];
    this.composing = false;
    this.text = h("textarea", { rows: "1", "aria-label": t("composer"), placeholder: t("composer"), enterkeyhint: "send", autocomplete: "off" });
    this.text.value = draftOf(conversation);
    this.pick = h("input", { type: "file", accept: KINDS, multiple: true, hidden: true, tabindex: "-1" });
    this.go = button("", () => this.submit(), { kind: "main", label: t("send"), name: "up" });
    this.tray = h("div", { class: "tray", hidden: true });
    this.count = h("p", { class: "count", hidden: true });
    const clip = button("", () => this.pick.click(), { kind: "bare", label: t("attach"), name: "clip" });
    this.root = h("form", { class: "composer" }, this.tray, h("div", { class: "box" }, clip, this.pick, this.text, this.go), this.count);
    this.listen();
    this.measure();
  }

  listen() {
    this.root.addEventListener("submit", (event) => event.preventDefault());
    this.text.addEventListener("input", () => {
      keepDraft(this.conversation, this.text.value);
      this.measure();
    });
    this.text.addEventListener("compositionstart", () => (this.composing = true));
    // the Enter that ends a composition arrives after compositionend in some browsers
    this.text.addEventListener("compositionend", () => setTimeout(() => (this.composing = false), 0));
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || this.composing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    });
    this.pick.addEventListener("change", () => {
      this.take(this.pick.files);
      this.pick.value = "";
    });
    this.text.addEventListener("paste", (event) => {
      if (event.clipboardData?.files.length) this.take(event.clipboardData.files);
    });
  }

  measure() {
    this.text.style.setProperty("height", "auto");
    if (this.text.scrollHeight) this.text.style.setProperty("height", `${this.text.scrollHeight}px`);
    const length = Array.from(this.text.value).length;
    const over = length > this.limit;
    this.count.hidden = !over;
    this.count.textContent = over ? t("too_long", { count: number(length), limit: number(this.limit) }) : "";
    const ready = (this.text.value.trim() || this.files.length) && !over && this.files.every((file) => file.state === "done");
    lock(this.go, !ready);
  }

  /** What the box says it is for; a preview can be answered in words. */
  hint(key) {
    this.text.placeholder = t(key);
  }

  submit() {
    this.measure();
    if (this.go.getAttribute("aria-disabled") === "true") return;
    const text = this.text.value;
    this.text.value = "";
    keepDraft(this.conversation, "");
    const attachments = this.files.map((file) => file.kept);
    this.files = [];
    this.drawTray();
    this.send(text, attachments);
    this.text.focus();
  }

  put(text) {
    this.text.value = text;
    keepDraft(this.conversation, text);
    this.measure();
  }

  take(list) {
    for (const blob of Array.from(list).slice(0, MOST_FILES - this.files.length)) {
      const file = { blob, name: blob.name || t("image"), state: "uploading", url: blob.type.startsWith("image/") ? URL.createObjectURL(blob) : "" };
      this.files.push(file);
      this.upload(file);
    }
    this.drawTray();
  }

  async upload(file) {
    file.state = "uploading";
    this.drawTray();
    try {
      file.kept = await upload(this.conversation, file.blob, file.name);
      file.state = "done";
    } catch (error) {
      file.state = "failed";
      file.error = error instanceof Failure && error.code.startsWith("attachment") ? errorText(error) : t("image_failed");
    }
    this.drawTray();
  }

  drawTray() {
    this.tray.hidden = !this.files.length;
    this.tray.replaceChildren(...this.files.map((file) => this.thumb(file)));
    this.measure();
  }

  thumb(file) {
    const told = { uploading: t("image_uploading"), failed: file.error, done: file.name }[file.state];
    const text = file.state === "failed" ? h("button", { class: "link", type: "button", on: { click: () => this.upload(file) } }, told) : h("span", {}, told);
    const remove = button("", () => this.drop(file), { kind: "bare", label: t("remove_image", { name: file.name }), name: "close" });
    return h("div", { class: "thumb", data: { state: file.state } }, file.url ? h("img", { src: file.url, alt: "" }) : null, text, remove);
  }

  drop(file) {
    this.files = this.files.filter((each) => each !== file);
    if (file.url) URL.revokeObjectURL(file.url);
    this.drawTray();
    this.text.focus();
  }
}
