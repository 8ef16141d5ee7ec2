/* Draws a document section by section, with the cited characters marked; its Markdown becomes elements, never markup. */
import { h } from "./dom.js";

/** The document as nodes; the cited section carries data-cited. */
export function paperOf(document, citation) {
  const place = document.sections.find((section) => section.id === citation.section) || document.sections.find((section) => section.text.includes(citation.quote));
  let before = "";
  const nodes = document.sections.flatMap((section) => {
    const heading = section.heading.at(-1) || "";
    const span = section === place ? spanOf(section.text, citation) : null;
    const body = h("section", { data: span ? { cited: "" } : {} }, blocksOf(section.text, span));
    const shown = heading && heading !== before ? [h("h3", {}, heading)] : [];
    before = heading;
    return [...shown, body];
  });
  return h("div", { class: "paper", lang: document.language === "zh" ? "zh-Hans" : document.language }, nodes);
}

/** The cited characters; a section that was edited since is searched for the quote. */
function spanOf(text, { start, end, quote }) {
  if (quote && text.slice(start, end) === quote) return [start, end];
  const found = quote ? text.indexOf(quote) : -1;
  return found < 0 ? [0, text.length] : [found, found + quote.length];
}

/** Paragraphs, lists and tables of a Markdown text; `span` holds the characters to mark. */
function blocksOf(text, span) {
  const found = [];
  let from = 0;
  let group = null;
  for (const line of text.split("\n")) {
    const start = from;
    from += line.length + 1;
    const kind = kindOf(line);
    if (kind === "blank" || kind === "rule") {
      group = kind === "rule" ? group : null;
      continue;
    }
    if (!group || group.kind !== kind) found.push((group = { kind, rows: [] }));
    group.rows.push({ line, start });
  }
  return found.map((each) => blockOf(each, span));
}

function kindOf(line) {
  if (!line.trim()) return "blank";
  if (/^\s*\|?\s*:?-{2,}[-|:\s]*$/.test(line)) return "rule";
  if (line.trimStart().startsWith("|")) return "table";
  if (/^\s*(?:[-*+]|\d+[.)])\s/.test(line)) return "list";
  return "text";
}

function blockOf({ kind, rows }, span) {
  if (kind === "list") return h("ul", {}, rows.map(({ line, start }) => h("li", {}, runs(line, start, span, line.match(/^\s*(?:[-*+]|\d+[.)])\s+/)[0].length))));
  if (kind === "table") return h("table", {}, h("tbody", {}, rows.map((row) => h("tr", {}, cells(row, span)))));
  return h("p", {}, rows.map(({ line, start }, n) => [n ? "\n" : "", runs(line, start, span)]));
}

function cells({ line, start }, span) {
  const found = [];
  let from = line.indexOf("|") + 1;
  while (from > 0 && from < line.length) {
    const end = line.indexOf("|", from);
    const to = end < 0 ? line.length : end;
    if (end >= 0 || line.slice(from).trim()) found.push(h("td", {}, runs(line.slice(from, to).trimEnd(), start + from, span)));
    from = end < 0 ? -1 : end + 1;
  }
  return found;
}

/** A line's text from `skip` on, cut where the mark begins and ends; bold signs are left out. */
function runs(line, start, span, skip = 0) {
  const cuts = span ? [span[0] - start, span[1] - start] : [];
  const edges = [skip, ...cuts.filter((cut) => cut > skip && cut < line.length), line.length];
  const nodes = [];
  for (let n = 0; n + 1 < edges.length; n += 1) {
    const text = line.slice(edges[n], edges[n + 1]).replaceAll("**", "").replaceAll("`", "");
    const inside = span && edges[n] + start >= span[0] && edges[n + 1] + start <= span[1];
    nodes.push(inside ? h("mark", {}, text) : text);
  }
  return nodes;
}
