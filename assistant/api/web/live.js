/* One socket to a conversation that comes back by itself: it asks for what came after the last number it saw. */

const SILENCE = 60_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 8_000;
const UNKNOWN = 4404;

/** `after()` tells the last number seen; `on` = {frame, open, lost, unknown}. */
export class Line {
  constructor(conversation, after, on) {
    this.conversation = conversation;
    this.after = after;
    this.on = on;
    this.wait = FIRST_WAIT;
    this.closed = false;
    this.wake = () => this.soon(0);
    addEventListener("online", this.wake);
    this.connect();
  }

  connect() {
    if (this.closed) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/v1/conversations/${encodeURIComponent(this.conversation)}/live?after=${this.after()}`);
    this.socket = socket;
    socket.onopen = () => {
      this.wait = FIRST_WAIT;
      this.heard();
      this.on.open();
    };
    socket.onmessage = (event) => {
      this.heard();
      const frame = JSON.parse(event.data);
      if (frame.type !== "ping") this.on.frame(frame);
    };
    socket.onclose = (event) => {
      if (this.socket === socket) this.lost(event.code);
    };
  }

  /** Nothing at all for a minute, not even a ping: the line is dead although nobody said so. */
  heard() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.socket?.close(), SILENCE);
  }

  lost(code) {
    this.socket = null;
    clearTimeout(this.silence);
    if (this.closed) return;
    if (code === UNKNOWN) {
      this.close();
      this.on.unknown();
      return;
    }
    this.on.lost();
    this.soon(this.wait + Math.random() * this.wait * 0.3);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.socket || this.connect(), delay);
  }

  get up() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  send(message) {
    if (!this.up) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    removeEventListener("online", this.wake);
    this.socket?.close();
    this.socket = null;
  }
}
