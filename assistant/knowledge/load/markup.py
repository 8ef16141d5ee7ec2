"""HTML to Markdown: main text with headings, lists and tables; hidden text, scripts, comments and boilerplate are dropped and counted. It fetches nothing."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from assistant.knowledge.load.hidden import hides, style_rules
from assistant.knowledge.load.model import Draft, UnreadableDocument, Work, raise_it, shorten
from assistant.knowledge.load.pipes import block, squeeze, table
from assistant.knowledge.load.raised import raised

_DROPPED = frozenset(
    ["script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map", "select", "option", "datalist", "button"]
    + ["input", "textarea", "math", "head"]
)
_CHROME = frozenset(["nav", "footer", "aside"])
_CHROME_ROLE = frozenset(["navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar", "dialog", "alertdialog"])
_CHROME_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|side-bar|footer|cookie(?:s|-?banner|-?consent|-?notice)?|share|sharing|social|advert(?:isement)?|ads?|banner|pagination"
    r"|pager|related(?:-posts|-articles)?|recommend(?:ed|ations)?|comments?|newsletter|subscribe|popup|modal|toc|skip-link|copyright)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCK = frozenset(
    ["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"]
    + ["form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td"]
    + ["tfoot", "th", "thead", "tr", "ul", "caption"]
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINE_MARK = re.compile(r"^(?:#{1,6}\s|>|[-+*]\s|\d{1,3}[.)]\s|```|~~~)")
_MAX_SPAN = 100
_MOST_CELLS = 2_000_000


def read(text: str, draft: Draft, work: Work) -> None:
    """Reads an HTML page or fragment. Raises UnreadableDocument(damaged) when no element can be made of it."""
    etree, lxml_html = import_module("lxml.etree"), import_module("lxml.html")
    parser = lxml_html.HTMLParser(remove_comments=False, remove_pis=True, no_network=True, huge_tree=False, encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableDocument(f"is no readable HTML ({shorten(str(error), 80)}); open it in a browser and save it again", code="damaged") from error
    work.check("parsing HTML")
    page = _Page(draft, work, root)
    page.drop_hidden()
    body = page.main()
    draft.title = page.title()
    if draft.title and not any(True for _ in body.iter("h1")):
        draft.block(f"# {draft.title}", line=1)
    page.blocks(body)


class _Page:
    """A tree on its way to Markdown."""

    def __init__(self, draft: Draft, work: Work, root: Any) -> None:
        self.draft, self.work, self.root = draft, work, root
        self._steps = 0

    def title(self) -> str:
        first = list(self.root.iter("h1"))
        named = self.root.findtext(".//title") or ""
        text = _SPACE.sub(" ", first[0].text_content() if len(first) == 1 else named).strip()
        return text or _SPACE.sub(" ", named).strip()

    def _tick(self) -> None:
        self._steps += 1
        if self._steps % 2000 == 0:
            self.work.check("reading HTML")

    def drop_hidden(self) -> None:
        """Takes out what a reader of the page does not see; its text is counted, and quoted where it is text."""
        rules = style_rules("\n".join(each.text or "" for each in self.root.iter("style")))
        for element in list(self.root.iter()):
            self._tick()
            if not isinstance(element.tag, str):
                self.draft.repairs["comment"] += 1
                _remove(element)
            elif element.tag in ("script", "style"):
                self.draft.repairs["script"] += 1
                if element.getparent() is not None and element.tag == "script":
                    _remove(element)
            elif element.tag in _DROPPED and element.tag != "head":
                _remove(element)
            elif element.tag not in ("html", "body", "head") and hides(element, rules):
                said = _SPACE.sub(" ", element.text_content()).strip()
                if said:
                    self.draft.find("hidden_text", said)
                _remove(element)

    def main(self) -> Any:
        """The element that holds the text, without navigation, banners and asides."""
        body = next(iter(self.root.iter("body")), self.root)
        whole = _size(body)
        for tag in ("main", "article"):
            found = list(body.iter(tag)) or (body.xpath('.//*[@role="main"]') if tag == "main" else [])
            if len(found) == 1 and _size(found[0]) > 0.3 * whole:
                if found[0] is not body:
                    self.draft.repairs["boilerplate"] += 1
                body = found[0]
                break
        for element in list(body.iter()):
            if element is not body and isinstance(element.tag, str) and self._is_chrome(element, whole):
                if _SPACE.sub("", element.text_content()):
                    self.draft.repairs["boilerplate"] += 1
                _remove(element)
        if whole > 1000 and _link_share(body) > 0.3:
            return self._by_density(body)
        return body

    def _is_chrome(self, element: Any, whole: int) -> bool:
        if element.tag in _CHROME or element.get("role", "") in _CHROME_ROLE:
            return True
        if element.tag == "header":
            return not any(True for _ in element.iter("h1")) or (
                element.getparent() is not None and element.getparent().tag == "body" and any(True for _ in element.iter("nav"))
            )
        name = f"{element.get('class', '')} {element.get('id', '')}"
        if not name.strip() or element.tag in ("p", "span", "table", "td", "h1", "h2", "h3") or not _CHROME_NAME.search(name):
            return False
        # a name alone is weak: such a block must be small or mostly links
        return _size(element) < 0.2 * whole or _link_share(element) > 0.5

    def _by_density(self, body: Any) -> Any:
        """What trafilatura takes for the main text decides which blocks of a page full of links stay."""
        if len(body.text_content()) > 2_000_000:
            return body
        import trafilatura

        found = trafilatura.bare_extraction(import_module("copy").deepcopy(body), include_comments=False, include_tables=True)
        text = _SPACE.sub("", (found.text or "") if found is not None and not isinstance(found, dict) else "")
        if len(text) < 200:
            return body
        for element in list(body.iter("ul", "ol", "div", "section", "table", "p")):
            self.work.check("reading HTML")
            if element.getparent() is None or element is body:
                continue
            own = _SPACE.sub("", element.text_content())
            if own and _link_share(element) > 0.6 and own[:40] not in text:
                self.draft.repairs["boilerplate"] += 1
                _remove(element)
        return body

    def blocks(self, element: Any, *, depth: int = 0) -> None:
        """Writes what is in `element`: runs of inline text as paragraphs, block elements by their kind."""
        self._tick()
        held: list[str] = [element.text or ""]
        line = element.sourceline or 0
        for child in element:
            if isinstance(child.tag, str) and child.tag in _BLOCK and child.tag not in ("hr",):
                self._flush(held, line)
                self._block(child, depth)
                held, line = [child.tail or ""], child.sourceline or line
            elif isinstance(child.tag, str) and any(isinstance(each.tag, str) and each.tag in _BLOCK for each in child.iterdescendants()):
                self._flush(held, line)
                if depth < 200:
                    self.blocks(child, depth=depth + 1)
                held, line = [child.tail or ""], child.sourceline or line
            else:
                held += [inline(child), child.tail or ""]
        self._flush(held, line)

    def _flush(self, held: list[str], line: int) -> None:
        for part in "".join(held).split("\x00"):
            text = _SPACE.sub(" ", part).strip()
            if text:
                self.draft.block(_LINE_MARK.sub(r"\\\g<0>", text), line=line)

    def _block(self, element: Any, depth: int) -> None:
        tag, line = element.tag, element.sourceline or 0
        match tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                text = _one_line(element)
                if text:
                    self.draft.block(f"{'#' * int(tag[1])} {text}", line=line)
            case "ul" | "ol":
                self.draft.gap()
                self._list(element, 0)
                self.draft.gap()
            case "table":
                self._table(element, depth)
            case "pre":
                code = element.text_content().strip("\n")
                if code.strip():
                    fence = "~~~" if "```" in code else "```"
                    self.draft.block(f"{fence}\n{code}\n{fence}", line=line)
            case "dl":
                self._definitions(element)
            case "summary":
                text = _one_line(element)
                self.draft.block(f"#### {text}" if text.endswith(("?", "？")) else text, line=line)
            case _ if depth < 200:
                self.blocks(element, depth=depth + 1)
            case _:
                self._flush([element.text_content()], line)

    def _list(self, element: Any, indent: int) -> None:
        number = 0
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag in ("ul", "ol"):
                self._list(child, indent + 2)
                continue
            number += 1
            mark = f"{number}." if element.tag == "ol" else "-"
            nested = [each for each in child if isinstance(each.tag, str) and each.tag in ("ul", "ol")]
            own = _own_text(child, nested)
            if own:
                self.draft.put(f"{' ' * indent}{mark} {own}", line=child.sourceline or 0)
            for each in nested:
                if indent < 40:
                    self._list(each, indent + len(mark) + 1)

    def _definitions(self, element: Any) -> None:
        term = ""
        for child in element.iter("dt", "dd"):
            text, line = _one_line(child), child.sourceline or 0
            if child.tag == "dt":
                term = text
                if text.endswith(("?", "？")):
                    self.draft.block(f"#### {text}", line=line)
                    term = ""
            elif text and term:
                self.draft.put(f"- {term}: {text}", line=line)
                term = ""
            elif text:
                self.draft.block(text, line=line)
        self.draft.gap()

    def _table(self, element: Any, depth: int) -> None:
        caption = element.find("caption")
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
        inner = any(True for _ in element.iterdescendants("table"))
        if (inner or max((len(row) for row in rows), default=0) < 2) and depth < 200:
            for cell in element.iter("td", "th"):
                if next(cell.iterancestors("table"), None) is element:
                    self.blocks(cell, depth=depth + 1)
            return
        if caption is not None and (text := _one_line(caption)):
            self.draft.block(text, line=caption.sourceline or 0)
        if len(rows) > self.work.limits.table_rows:
            raise UnreadableDocument(f"holds a table of {len(rows):,} rows; split it or {raise_it('table_rows')}", code="too_large")
        self.draft.block((table if any(True for _ in element.iter("th")) else block)(squeeze(_grid(rows, self))), line=element.sourceline or 0)

    tick = _tick


def _grid(rows: list[Any], page: _Page) -> list[list[str]]:
    """Cells with merged ones repeated wherever they reach, so that each row is a statement of its own."""
    grid: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    cells = 0
    for row in rows:
        page.tick()
        line: list[str] = []
        for cell in (each for each in row if isinstance(each.tag, str) and each.tag in ("td", "th")):
            _carry(line, below)
            text = _one_line(cell)
            across, down = _span(cell.get("colspan")), _span(cell.get("rowspan"))
            for _ in range(across):
                if down > 1:
                    below[len(line)] = (down - 1, text)
                line.append(text)
        _carry(line, below)
        grid.append(line)
        cells += len(line)
        if cells > _MOST_CELLS:
            raise UnreadableDocument(f"holds a table of more than {_MOST_CELLS:,} cells; split it", code="too_large")
    return grid


def _carry(line: list[str], below: dict[int, tuple[int, str]]) -> None:
    while len(line) in below:
        left, text = below.pop(len(line))
        if left > 1:
            below[len(line)] = (left - 1, text)
        line.append(text)


def _span(value: str | None) -> int:
    return min(_MAX_SPAN, max(1, int(value))) if value and value.strip().isdecimal() and value.strip().isascii() else 1


def inline(element: Any) -> str:
    """The text of an inline element; a line break is a NUL, which ends a paragraph where one is written."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return ""
    if element.tag in ("br", "hr"):
        return "\x00"
    inner = (element.text or "") + "".join(inline(child) + (child.tail or "") for child in element)
    if element.tag == "code" and inner.strip() and "`" not in inner:
        return f"`{inner}`"
    return raised(inner) if element.tag == "sup" else inner


def _one_line(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        block = isinstance(child.tag, str) and child.tag in _BLOCK
        said = _one_line(child) if block else inline(child)
        parts += [" " if block else "", said, " " if block else "", child.tail or ""]
    return _SPACE.sub(" ", "".join(parts).replace("\x00", " ")).strip()


def _own_text(item: Any, nested: list[Any]) -> str:
    parts = [item.text or ""]
    for child in item:
        if child not in nested:
            block = isinstance(child.tag, str) and child.tag in _BLOCK
            parts += [" ", _one_line(child), " "] if block else [inline(child)]
        parts.append(child.tail or "")
    return _SPACE.sub(" ", "".join(parts).replace("\x00", " ")).strip()


def _link_share(element: Any) -> float:
    linked = sum(map(_size, element.iter("a")))
    return linked / max(_size(element), 1) if linked else 0.0


def _size(element: Any) -> int:
    """The characters of a text without its blanks."""
    return sum(map(len, element.text_content().split()))


def _remove(element: Any) -> None:
    """Takes an element out and leaves the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
