"""What a page carries beside its text, and what it says twice: reading times, share buttons, contents, repeated passages; it makes no edits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.knowledge.load.patterns import alternatives

_LINE = re.compile(r"[^\n]+")
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_LEAD = re.compile(r"^\s*(?:[-*+>#]+\s+|\d{1,2}[.)、]\s*)*")
_WORDS = re.compile(r"[\W_]+")
_SMALL = re.compile(r"[的了吧呢啊]|\b(?:the|a|an)\b")
_LABEL = re.compile(r"^[^\s:：|]{1,12}[:：]\s*")
_HINT = re.compile(
    r"阅读|分钟|浏览|点击|全文|更多|返回|上一|下一|分享|转发|点赞|收藏|关注|评论|扫描|长按|识别|转载|引用|版权|备|cookie|read|view|share|like|follow|subscribe|bookmark|skip"
    r"|print|back|copyright|©|\(c\)|rights|prev|next|load|show|contents",
    re.IGNORECASE,
)
# a heading of things that are no text, where nothing is under it
_EMPTY = re.compile(
    r"(?:评论|发表评论|网友评论|留言|分享|收藏|点赞|相关推荐|相关文章|推荐阅读|猜你喜欢|热门文章|comments?|leave a (?:comment|reply)"
    r"|related (?:articles|posts)|share|tags?|标签)\W*",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:本文)?(?:目录|目次|导航)|文章目录|(?:table of )?contents|on this page|in this article", re.IGNORECASE)
LEAST = 16  # characters of words that make a repeated passage worth taking out


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    kind: str


def canonical(text: str) -> str:
    """A passage without marks, blanks, punctuation, case and particles: two with the same one say the same; figures, models and negations are kept."""
    return _WORDS.sub("", _SMALL.sub("", text.lower()))


def page_furniture(simple: str) -> Iterator[Span]:
    """Lines that belong to a page, not to its text. `simple` is the text in simplified characters."""
    lines = [(match.start(), match.end(), match.group().strip()) for match in _LINE.finditer(simple) if match.group().strip()]
    for number, (start, end, line) in enumerate(lines):
        bare = _LEAD.sub("", line).strip("* ")
        if len(bare) > 240 or line.startswith("|"):
            continue
        if len(bare) <= 200 and _HINT.search(bare) and alternatives("furniture.txt").fullmatch(bare):
            yield Span(start, end, "page_furniture")
        elif _CONTENTS.fullmatch(bare):
            yield from _contents(lines, number)
        elif _EMPTY.fullmatch(bare) and (number == len(lines) - 1 or (line.startswith("#") and lines[number + 1][2].startswith("#"))) and number:
            yield Span(start, end, "page_furniture")


def _contents(lines: Sequence[tuple[int, int, str]], number: int) -> Iterator[Span]:
    """A table of contents: its name, and the lines below it that come again as headings or have a page number at their end."""
    later = {canonical(_LEAD.sub("", line)) for _, _, line in lines[number + 1 :] if line.startswith("#")}
    again: dict[str, int] = {}
    for _, _, line in lines[number + 1 :]:
        key = canonical(_LEAD.sub("", line))
        again[key] = again.get(key, 0) + 1
    yield Span(*lines[number][:2], "page_furniture")
    for start, end, line in lines[number + 1 :]:
        if len(line) > 300:
            return
        bare = re.sub(r"(?:\.{3,}|…+|\s{2,}|·{3,})\s*\d{1,4}$", "", _LEAD.sub("", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)))
        key = canonical(bare)
        entry = len(bare) <= 80 and not line.startswith("#") and (key in later or again.get(key, 0) > 1 or (bare != _LEAD.sub("", line) and "](" not in line))
        if not entry:
            return
        yield Span(start, end, "page_furniture")


def repeated_passages(simple: str) -> Iterator[Span]:
    """Passages that stand again under the same headings, and headings under which nothing is left.

    The same words under another heading are another statement (two products may share a warranty) and stay. Compared are figures and words, not signs,
    particles or script; what differs in one figure or one "not" is not the same. `simple` is the text in simplified characters.
    """
    path: list[tuple[int, str]] = []
    seen: set[tuple[tuple[str, ...], str]] = set()
    paths: set[tuple[str, ...]] = set()
    again: list[tuple[int, Span]] = []  # (level, span) of headings seen before, waiting for content
    fenced = False
    for match in _BLOCK.finditer(simple):
        block, start = match.group(), match.start()
        if block.count("```") % 2:
            fenced = not fenced
            continue
        while not fenced and (heading := _HEADING.match(block)):
            line_end = block.find("\n")
            level, title = len(heading.group(1)), canonical(heading.group(2))
            yield from (span for depth, span in again if depth >= level)
            again = [each for each in again if each[0] < level]
            path = [*(entry for entry in path if entry[0] < level), (level, title)]
            names = tuple(name for _, name in path)
            if names in paths:
                again.append((level, Span(start, start + (line_end if line_end >= 0 else len(block)), "duplicate")))
            paths.add(names)
            if line_end < 0:
                block = ""
                break
            start, block = start + line_end + 1, block[line_end + 1 :]
        key = canonical(_LABEL.sub("", block)) if len(block) >= LEAST else ""
        where = (tuple(name for _, name in path), key)
        if len(key) >= LEAST and not fenced and where in seen:
            yield Span(start, start + len(block.rstrip()), "duplicate")
        elif block.strip():
            seen.add(where)
            again = []
    yield from (span for _, span in again)
