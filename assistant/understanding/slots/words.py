"""Which of several declared meanings a customer's words have (unopened or opened, special or ordinary); the words are a procedure's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.text.fold import fold
from assistant.understanding.slots.corrections import replaces
from assistant.understanding.slots.lexicon import phrase_form, plain

_NOT_ZH = re.compile(
    r"(?:没有|没|未曾|未|并未|并没有|还没有?|尚未|从未|不是|并非|不要|不用|不|非|别|无|不想要|不需要)(?:被|有|过|曾|再|给|开|要|用|选|"
    r"全部?|完全|真的?|怎么)?的?$"
)
_NO_NOT_ZH = re.compile(r"不小心|不得不|不但|不仅|不只|不过|不好意思|没办法|没想到|不久|差不多|没多久|不知|要不|是不|能不|可不|好不")
_NOT_EN = re.compile(
    r"(?:\b(?:not|never|no|without|nothing|none|neither|nor|isn'?t|aren'?t|wasn'?t|weren'?t|hasn'?t|haven'?t|hadn'?t|don'?t|didn'?t|"
    r"doesn'?t|won'?t|cannot|can'?t|instead of|rather than|un)\b"
    r"(?:\s+(?:been|yet|even|a|an|the|any|of|be|it|them|ever|really|actually|want|need|one|box|boxes|have|to|my))*|\bnot\s+\w+)\s+$"
)
_LEAST_FUZZY = 7


def match_words(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """The key whose words occur in `text` (any case, simplified or traditional), or None when none does or two say different things.

    The longest match wins where matches overlap ("没拆封" over "拆封"). A match that is denied ("hasn't been opened") speaks for the other key when there are
    exactly two, and for none otherwise. A correction ("opened, no, unopened") keeps the later one; a slip in a long English word is forgiven.
    """
    form = phrase_form(plain(fold(text)))
    hits = _found(form, _table(tuple((key, tuple(found)) for key, found in words.items())))
    meant: list[tuple[int, int, str]] = []
    for start, end, key in hits:
        if _denied(form, start):
            others = [other for other in words if other != key]
            if len(others) != 1 or len(words) != 2:
                continue
            key = others[0]
        if meant and meant[-1][2] != key and replaces(form[meant[-1][1] : start]):
            meant.clear()
        meant.append((start, end, key))
    keys = {key for _, _, key in meant}
    return keys.pop() if len(keys) == 1 else None


@lru_cache(maxsize=256)
def _table(words: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(phrase, key, expression) of all words, longest first; Latin phrases stand alone, with or without a joint."""
    rows = []
    for key, phrases in words:
        for phrase in phrases:
            form = phrase_form(plain(fold(phrase)))
            if form:
                body = re.escape(form).replace(r"\ ", r"\s?")
                left = r"(?<![a-z0-9'])" if form[0].isascii() else ""
                right = r"(?![a-z0-9])" if form[-1].isascii() else ""
                rows.append((form, key, re.compile(f"{left}{body}{right}")))
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _found(form: str, table: tuple[tuple[str, str, re.Pattern[str]], ...]) -> list[tuple[int, int, str]]:
    hits: list[tuple[int, int, str]] = []
    for _, key, pattern in table:
        for match in pattern.finditer(form):
            if all(match.end() <= start or match.start() >= end for start, end, _ in hits):
                hits.append((*match.span(), key))
    if not hits:
        hits = _misspelt(form, table)
    return sorted(hits)


def _misspelt(form: str, table: tuple[tuple[str, str, re.Pattern[str]], ...]) -> list[tuple[int, int, str]]:
    from rapidfuzz.distance import OSA

    long = [(phrase, key) for phrase, key, _ in table if len(phrase) >= _LEAST_FUZZY and phrase.isascii() and phrase.isalpha()]
    hits = []
    for match in re.finditer(r"[a-z]{6,}", form):
        near = {key for phrase, key in long if phrase[:2] == match.group()[:2] and OSA.distance(phrase, match.group(), score_cutoff=1) <= 1}
        if len(near) == 1:
            hits.append((*match.span(), near.pop()))
    return hits


def _denied(form: str, start: int) -> bool:
    before = form[max(0, start - 40) : start]
    if match := _NOT_ZH.search(before):
        return not _NO_NOT_ZH.search(before[max(0, match.start() - 1) :])
    return bool(_NOT_EN.search(before))
