"""Words for lexical search and sentence spans, in Chinese and English; no stop words, no stemming, no meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock
from typing import Any

from assistant.text.fold import fold
from assistant.text.script import to_simplified

_TOKEN = re.compile(
    r"[a-z0-9\u00b5\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]+(?:[-_./'+][a-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]+)*"
    r"|[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+|[\u3040-\u30ff\uac00-\ud7af]+|[%°℃℉²³]"
)
_JOINT = re.compile(r"[-_./'+]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LETTERS_DIGITS = re.compile(r"[^\W\d_]+|\d+")

_added: set[str] = set()
_lock = Lock()
_segmenter: list[Any] = []


def _cut(text: str) -> list[str]:
    if not _segmenter:
        with _lock:
            if not _segmenter:
                import rjieba

                _segmenter.append(rjieba._DEFAULT_JIEBA)
    cut: list[str] = _segmenter[-1].cut_for_search(text)
    return cut


@lru_cache(maxsize=8192)
def _taught(raw: str) -> str:
    """A word as texts are cut into it; every company teaches the packaged ones again."""
    return to_simplified(fold(raw)).lower()


def add_words(new: Iterable[str]) -> int:
    """Teach the segmenter domain words (product names, jargon) for the life of the process; returns how many were new.

    Additive and idempotent. A dictionary in use is never changed in place (a search in another thread would fail), it is replaced by a copy
    with the new words, which takes about 0.15 s and 25 MB: pass all words at once, and before the first text is cut.
    """
    wanted = {word for raw in new if not raw.isascii() and len(word := _taught(raw)) > 1 and not word.isascii()}
    with _lock:
        fresh = wanted - _added
        if not fresh:
            return 0
        import rjieba

        segmenter = rjieba.Jieba() if _segmenter else rjieba._DEFAULT_JIEBA
        for word in sorted(_added | fresh):
            segmenter.add_word(word, None, None)
        _segmenter[:] = [segmenter]
        # last, so that nothing cut by the one before counts as cut by this one
        _added.update(fresh)
    return len(fresh)


def taught() -> int:
    """How many words the segmenter was taught so far: while it stays the same, so does every cut."""
    return len(_added)


def _latin(token: str) -> list[str]:
    """The token whole, without its joints, and its parts of two characters and more: p-100 -> p-100, p100, 100; br6205 -> br6205, br, 6205."""
    if _NUMBER.fullmatch(token):
        return [token]
    if not _JOINT.search(token):
        parts = _LETTERS_DIGITS.findall(token)
        return [token] if len(parts) < 2 else [token, *(part for part in parts if len(part) > 1)]
    joined = _JOINT.sub("", token)
    parts = [part for part in _JOINT.split(token) if len(part) > 1]
    return list(dict.fromkeys([token, joined, *parts]))


def words(text: str) -> list[str]:
    """The search words of `text` in order, repeats kept: lower-cased Latin, model numbers whole and in parts, simplified Chinese in search mode."""
    found: list[str] = []
    for token in _TOKEN.findall(to_simplified(fold(text)).lower()):
        if token[0] >= "\u3007":
            found.extend(_cut(token))
        elif token.isalpha():
            found.append(token)
        else:
            found.extend(_latin(token))
    return found


_URL = r"[^\s，。；！？）]*[^\s，。；！？）.,;:!?)]"
_MASK = re.compile(rf"https?://{_URL}|www\.{_URL}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ABBREVIATION = re.compile(
    r"(?<![A-Za-z])(?:mr|mrs|ms|dr|st|ave|rd|blvd|inc|ltd|co|corp|dept|figs?|sec|art|approx|est|max|min|qty|ref|tel|ext|vs|etc|cf|al|pp?|vol"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu|thurs?|fri|sat|sun|[a-z]\.[a-z])\.$",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?<![A-Za-z0-9/])(?<!\d )[A-Z]\.$")
_NUMBERING = re.compile(r"(?<![A-Za-z])nos?\.$", re.IGNORECASE)
_CLOSING_ABBREVIATION = re.compile(r"(?<![A-Za-z])(?:etc|inc|ltd|co|corp)\.$", re.IGNORECASE)
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[A-Za-z])")
_END = re.compile(r"[。！？!?…]+|\.+|\n+|[；;](?=\s|$|[\u4e00-\u9fff])")
_CLOSERS = "\"'”’」』）)】]》"


def _ends_here(text: str, start: int, end: int) -> bool:
    """Whether the dots at `start:end` close a sentence: not in 1.6, P.O., No. 5, e.g., a file name."""
    if end - start > 1:
        return end >= len(text) or not text[end].isalnum()
    after = text[end : end + 1]
    if after and not (after.isspace() or after in _CLOSERS or "\u3400" <= after <= "\u9fff"):
        return False
    before = text[max(0, start - 12) : end]
    following = text[end:].lstrip()[:1]
    if _NUMBERING.search(before):
        return not following.isdigit() and following != "#"
    if not following or not (_ABBREVIATION.search(before) or _INITIAL.search(before)):
        return True
    return following.isupper() and bool(_CLOSING_ABBREVIATION.search(before))


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a Chinese or English text, in order, without the blanks around them.

    Sentences end at 。！？!?…, a line break, a semicolon between clauses, and a full stop that is no part of a number, abbreviation, initial or address
    of the net; a closing quote or bracket belongs to the sentence before it.
    """
    masked = _MASK.sub(lambda match: "x" * len(match.group()), text)
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in _END.finditer(masked):
        start, end = match.span()
        if start < begin or (match.group()[0] == "." and not _ends_here(masked, start, end)):
            continue
        if match.group() == "." and _ENUMERATOR.fullmatch(text[begin:start].strip()):
            continue  # "1. Close the valve"
        while end < len(masked) and masked[end] in _CLOSERS and text[start] != "\n":
            end += 1
        _append(spans, text, (begin, end))
        begin = end
    _append(spans, text, (begin, len(text)))
    return spans


def _append(spans: list[tuple[int, int]], text: str, span: tuple[int, int]) -> None:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(char.isalnum() for char in text[start:end]):
        spans.append((start, end))
    elif spans and start < end:
        spans[-1] = (spans[-1][0], end)
