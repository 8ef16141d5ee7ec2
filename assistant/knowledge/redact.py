"""Takes what belongs to one person or one order out of a text, so that it can be shown to everybody; which characters are personal data it is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.text.fold import fold
from assistant.text.units import find_quantities

Span = tuple[int, int, str]
Spans = Callable[[str], Sequence[Span]]

_HAN = re.compile(r"[\u3400-\u9fff]")
# the hundred commonest family names; one before a title is somebody
_FAMILY = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘于於蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔"
    "钟鍾谭譚陆陸汪范石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵钱錢严嚴武戴莫孔向汤湯"
)
_TITLES = "先生|女士|小姐|经理|總監|总监|經理|总|總|工|师傅|師傅|主任|老师|老師"
# 高总 is somebody, 高总量 is a sum
_TITLED_ZH = re.compile(rf"[{_FAMILY}](?:{_TITLES})(?![作程厂廠业業具共是之计計数數量价價额額成体體部公])")
_TITLED_EN = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Miss)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?")
_GREETED = re.compile(r"(?:(?<=^)|(?<=[\n.!?]\s)|(?<=[\n.!?]))(?:Hi|Hello|Dear|Hey)\s+([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)(?=\s*[,!.:\n])")
_LONG = re.compile(r"(?<![\w.,/-])#?[A-Za-z]{0,4}-?\d{5,}(?![\w/-]|[.,]\d)")
# a number that is dialled, in groups as it is written
_DIALLED = re.compile(r"(?<![\w.,/+-])(?:\+\d{1,3}|00?\d{1,4}|\(0\d{1,4}\))[\s()/.-]{0,2}\d(?:[\s()/-]{0,2}\d){4,11}(?![\w/-]|[.,]\d)")
DATED = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}[日号號]?|\d{1,2}\s*月\s*\d{1,2}\s*[日号號]"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
)
MARK = re.compile(r"\[(?:name|company|email|phone|address|order|number|id_number|bank_card|passport)\]")


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text with marks such as `[name]` in place of what was taken out, how many of each kind, and dates that may belong to one case only."""

    text: str
    counts: Mapping[str, int]
    dated: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing had to be taken out."""
        return not self.counts


class Redactor:
    """Words that name somebody, and a function that finds personal data by its shape."""

    def __init__(self, words: Mapping[str, str], spans: Spans) -> None:
        """`words` maps a name, number or address to its kind; `spans` gives (start, end, kind) in a text of unchanged length."""
        self._spans = spans
        self._words = [(pattern, kind) for word, kind in sorted(_parts(words), key=lambda each: -len(each[0])) if (pattern := _pattern(word))]

    def __call__(self, text: str) -> Redacted:
        """`text` without personal data; overlapping finds become one mark, that of the longest."""
        folded = fold(text)
        text = folded if len(folded) != len(text) else text
        found: list[Span] = [*self._spans(text)]
        for pattern, kind in self._words:
            found += [(match.start(), match.end(), kind) for match in pattern.finditer(text)]
        for pattern, group in ((_TITLED_ZH, 0), (_TITLED_EN, 0), (_GREETED, 1)):
            found += [(*match.span(group), "name") for match in pattern.finditer(text)]
        found += [(*match.span(), "phone") for match in _DIALLED.finditer(text) if not DATED.match(match.group())]
        measured = [(each.start, each.end) for each in find_quantities(text)]
        found += [
            (match.start(), match.end(), "number") for match in _LONG.finditer(text) if not any(a <= match.start() and match.end() < b for a, b in measured)
        ]
        kept = _apart(found)
        made, at = [], 0
        for start, end, kind in kept:
            made += [text[at:start], f"[{kind}]"]
            at = end
        made.append(text[at:])
        whole = "".join(made)
        return Redacted(whole, dict(Counter(kind for _, _, kind in kept)), tuple(dict.fromkeys(match.group() for match in DATED.finditer(whole))))


def _parts(words: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Each word, and the parts by which people and places are also called: given and family names, the lines of an address."""
    for word, kind in words.items():
        yield word, kind
        if kind == "name" and not _HAN.search(word):
            yield from ((part, kind) for part in word.split() if len(part) > 2)
        elif kind == "address":
            yield from ((part.strip(), kind) for part in re.split(r"[,，;；\n]", word) if len(part.strip()) > 5 and any(char.isdigit() for char in part))


def _pattern(word: str) -> re.Pattern[str] | None:
    if len(word) < 2:
        return None
    body = r"\s+".join(map(re.escape, word.split()))
    left = r"(?<![A-Za-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    right = r"(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return re.compile(f"{left}{body}{right}")


def _apart(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda found: (found[0] - found[1], found[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)
