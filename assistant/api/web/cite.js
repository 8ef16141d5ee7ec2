/* Citations: which sentence a source belongs to, the numbered mark behind it, and the quote that opens in the flow below. */
import { h, kept } from "./dom.js";
import { languageOf, t } from "./strings.js";

const SENTENCE = /[^。！？；!?;.\n]*(?:[.](?!\s|$)[^。！？；!?;.\n]*)*(?:[。！？；!?;]+|[.]+|\n+|$)/g;
const TOKEN = /\d+(?:[.,]\d+)*|[A-Za-z][A-Za-z0-9-]*|[\u3400-\u9fff]/g;
const COMMON = new Set("the a an of to is are be and or in on for you your it its with at by we our can this that will not no which they have has from been if when who what as but so one".split(" "));

/** Words, numbers and pairs of Chinese characters. */
function tokens(text) {
  const found = new Set();
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    const chinese = /[\u3400-\u9fff]/.test(token);
    if (chinese && before) found.add(before + token);
    else if (!chinese && !COMMON.has(token.toLowerCase())) found.add(token.toLowerCase());
    before = chinese ? token : "";
  }
  return found;
}

/** The sentences of a reply, in order and without loss. */
export function sentences(text) {
  return Array.from(text.matchAll(SENTENCE), ([sentence]) => sentence).filter(Boolean);
}

function likeness(sentence, quote) {
  let score = 0;
  for (const token of tokens(sentence)) if (quote.has(token)) score += /\d/.test(token) ? 3 : 1;
  return score;
}

/** For each citation the sentence it shares most with, by its quote and by what its section is called; the last one where nothing is shared. */
export function places(parts, citations) {
  return citations.map((citation) => {
    const quote = tokens(`${citation.title || ""} ${citation.quote}`);
    const scores = parts.map((part) => likeness(part, quote));
    const best = Math.max(0, ...scores);
    return best ? scores.indexOf(best) : parts.length - 1;
  });
}

/** The reply's text with its marks, and the quotes that the marks open right behind it. */
export function cited(reply, openSource) {
  const parts = sentences(reply.text);
  const at = places(parts, reply.citations);
  const quotes = [];
  const says = h("p", { class: "says", lang: reply.language });
  parts.forEach((part, n) => {
    const words = part.trimEnd();
    const marks = [];
    for (const citation of reply.citations.filter((_, index) => at[index] === n)) {
      const quote = quoteOf(citation, reply, openSource);
      quotes.push(quote);
      marks.push(markOf(citation, quotes.length, quote));
    }
    const tail = marks.length ? tailOf(words) : "";
    says.append(...kept(words.slice(0, words.length - tail.length)));
    if (marks.length) says.append(h("span", { class: "nowrap" }, tail, marks));
    says.append(part.slice(words.length));
  });
  return [says, ...quotes];
}

/** The end of a sentence that a mark stays with on one line: a character and its stop, or a short word. */
function tailOf(words) {
  return (words.match(/[\u3400-\u9fff][^\sA-Za-z0-9\u3400-\u9fff]{0,2}$/) || words.match(/\S{1,16}$/) || [""])[0];
}

let serial = 0;

function markOf(citation, n, quote) {
  serial += 1;
  quote.id = `quote-${serial}`;
  const label = t("source_mark", { n, title: citation.title || citation.document });
  quote.setAttribute("aria-label", label);
  const mark = h("button", { class: "cite", type: "button", "aria-expanded": "false", "aria-controls": quote.id, "aria-label": label }, String(n));
  mark.addEventListener("click", () => {
    quote.hidden = !quote.hidden;
    mark.setAttribute("aria-expanded", String(!quote.hidden));
    if (!quote.hidden) quote.scrollIntoView({ block: "nearest" });
  });
  return mark;
}

function quoteOf(citation, reply, openSource) {
  const open = openSource ? h("button", { class: "link accent", type: "button", on: { click: () => openSource(citation, reply.language) } }, t("open_source")) : null;
  return h(
    "aside",
    { class: "quote", hidden: true },
    h("p", {}, h("b", {}, citation.title || citation.document), " ", h("span", { class: "muted" }, t("version", { n: citation.version }))),
    h("blockquote", { lang: languageOf(citation.quote, reply.language) }, marked(citation.quote, tokens(reply.text))),
    open ? h("p", { class: "tiny" }, open) : null,
  );
}

/** The quote with the words that the reply took from it marked. */
function marked(quote, said) {
  const found = [];
  for (const match of quote.matchAll(TOKEN)) {
    const chinese = /[\u3400-\u9fff]/.test(match[0]);
    const next = quote[match.index + 1] || "";
    const end = match.index + match[0].length;
    if (chinese ? said.has(match[0] + next) : said.has(match[0].toLowerCase())) join(found, quote, match.index, chinese ? end + 1 : end);
  }
  const nodes = [];
  let from = 0;
  for (const [start, end] of found) {
    nodes.push(quote.slice(from, start), h("mark", {}, quote.slice(start, end)));
    from = end;
  }
  nodes.push(quote.slice(from));
  return nodes;
}

/** Adds a stretch, joined with the one before when only blanks lie between. */
function join(found, text, start, end) {
  const last = found.at(-1);
  if (last && !text.slice(last[1], start).trim()) last[1] = Math.max(last[1], end);
  else found.push([start, end]);
}
