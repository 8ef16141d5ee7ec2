/* One socket to a conversation that comes back by itself: it asks for what came after the last number it saw. */

const SILENCE = 40_000;
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
    // a socket does not notice by itself that the network has gone
    this.cut = () => this.socket && this.lost(0);
    addEventListener("online", this.wake);
    addEventListener("offline", this.cut);
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
      if (this.socket !== socket) return;
      this.heard();
      const frame = JSON.parse(event.data);
      if (frame.type !== "ping") this.on.frame(frame);
    };
    socket.onclose = (event) => {
      if (this.socket === socket) this.lost(event.code);
    };
  }

  /** Nothing at all, not even a ping: the line is dead although nobody said so. */
  heard() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.socket?.close(), SILENCE);
  }

  lost(code) {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
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
    removeEventListener("offline", this.cut);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }
}
