/* What a screen reader is told: at most one sentence a second, politely; alarms at once. History stays silent. */

const EVERY = 1_000;
const waiting = [];
let timer = 0;

/** `language` is the one of the text; what is told at once is told in the last one's. */
export function announce(text, language = "") {
  if (!text) return;
  waiting.push(text);
  if (language) document.getElementById("polite").lang = language;
  if (!timer) next();
}

function next() {
  const node = document.getElementById("polite");
  if (!waiting.length) {
    timer = 0;
    return;
  }
  node.textContent = waiting.splice(0).join(" ");
  timer = setTimeout(next, EVERY);
}

export function alarm(text) {
  document.getElementById("urgent").textContent = text;
}
