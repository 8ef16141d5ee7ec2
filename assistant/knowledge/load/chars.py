"""Broken and hidden characters: what has no glyph, look-alikes from PDF, text decoded in the wrong encoding; repairs only what is certain."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from assistant.knowledge.load.edits import Edit

_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u2e80-\u2fd5\u3164\ud800-\udfff"
    "\uf900-\ufaff\ufb00-\ufb06\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e01ef]+|[^\\W\\d_][\u0300-\u036f]+"
)
_TAGS = re.compile("[\U000e0020-\U000e007e]")
_SPACES = frozenset("\t\x1f\xa0\u1680\u202f\u205f\u3164\u115f\u1160\u2800\uffa0") | frozenset(map(chr, range(0x2000, 0x200B)))
_BREAKS = frozenset("\x0b\x0c\x85\u2028\u2029")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = "\u200c\u200d"


def odd_characters(text: str) -> Iterator[tuple[Edit, str, str]]:
    """(edit, kind, quote) for characters without glyph, odd blanks, ligatures and radicals; the kind is empty where nothing was wrong."""
    for match in _ODD.finditer(text):
        run = match.group()
        if unicodedata.combining(run[-1]):
            new = unicodedata.normalize("NFC", run)
            if new != run:
                yield Edit(*match.span(), new), "", ""
            continue
        if run in _JOINERS and _joins(text, match.start(), match.end()):
            continue
        new, kind = _instead(run)
        if new != run:
            quote = "".join(chr(ord(char) - 0xE0000) for char in _TAGS.findall(run))
            yield Edit(*match.span(), new), kind, quote


def _joins(text: str, start: int, end: int) -> bool:
    """A joiner inside an emoji or a word of a script that writes with joiners."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return bool(before and after) and all(char > "\u0590" and not "\u2e80" <= char <= "\uffff" for char in (before, after))


def _instead(run: str) -> tuple[str, str]:
    new, kind = [], ""
    for char in run:
        if char in _SPACES:
            new.append(char if char == "\t" else " ")
        elif char in _BREAKS:
            new.append("\n")
        elif "\u2e80" <= char <= "\u2fd5" or "\uf900" <= char <= "\ufb06":
            new.append(unicodedata.normalize("NFKC", char))
            kind = kind or "lookalike"
        elif char == "\xad":
            kind = kind or "hyphenation"
        elif char in _BIDI:
            kind = "bidi_control"
        elif char >= "\U000e0000":
            kind = "hidden_text"
        elif "\ud800" <= char <= "\udfff" or char < "\xa0":
            kind = kind or "control"
        else:
            kind = kind or "zero_width"
    return "".join(new), kind


def _high(codec: str) -> dict[str, int]:
    table = {}
    for byte in range(0x80, 0x100):
        try:
            char = bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            char = chr(byte)
        table[char] = byte
    return table


@lru_cache(maxsize=1)
def _western() -> tuple[dict[str, int], re.Pattern[str]]:
    """Characters that stand for single bytes when UTF-8 is read as Windows-1252 or Latin-1, and the sequences that are UTF-8."""
    table = {chr(byte): byte for byte in range(0x80, 0x100)} | _high("cp1252")
    follow = "[" + "".join(re.escape(char) for char, byte in table.items() if 0x80 <= byte < 0xC0) + "]"
    return table, re.compile(f"(?:[\xc2-\xdf]{follow}|[\xe0-\xef]{follow}{{2}}|[\xf0-\xf4]{follow}{{3}})+")


def mojibake(text: str) -> Iterator[Edit]:
    """Text decoded in the wrong encoding: UTF-8 read as Latin-1, Windows-1252 or GBK, GBK read as Latin-1, GBK that lost one byte."""
    if re.search("[\xc2-\xf4]", text):
        yield from _utf8_as_western(text)
        yield from _gbk_as_western(text)
    if text.isascii():
        return
    yield from _utf8_as_gbk(text)
    yield from _shifted_gbk(text)


def _utf8_as_western(text: str) -> Iterator[Edit]:
    table, pattern = _western()
    for match in pattern.finditer(text):
        run = match.group()
        try:
            new = bytes(table[char] for char in run).decode("utf-8")
        except UnicodeDecodeError:
            continue
        quotes = any(char in "\u2018\u2019\u201c\u201d" for char in run)
        single = len(run) == 2 and (run[0] not in "\xc2\xc3" or quotes)
        if not single and all(char.isprintable() and (char < "\u0500" or char >= "\u2010") for char in new.replace("\xa0", " ")):
            yield Edit(*match.span(), new)


_BYTES = re.compile("[\xa1-\xfe]{4,}")


def _gbk_as_western(text: str) -> Iterator[Edit]:
    """Runs of accented letters that are first-level GB 2312 characters throughout."""
    for match in _BYTES.finditer(text):
        raw = match.group().encode("latin-1")
        firsts = raw[::2]
        if len(raw) % 2 or not all(0xB0 <= byte <= 0xD7 or 0xA1 <= byte <= 0xA3 for byte in firsts) or sum(byte >= 0xB0 for byte in firsts) < 2:
            continue
        try:
            new = raw.decode("gb2312")
        except UnicodeDecodeError:
            continue
        if not _western()[1].fullmatch(match.group()):
            yield Edit(*match.span(), new)


@lru_cache(maxsize=1)
def _typical() -> re.Pattern[str]:
    """The characters that the first two bytes of Chinese UTF-8 make in GBK."""
    found = []
    for first in (*range(0xE4, 0xEA), 0xEF, 0xE3):
        for second in range(0x80, 0xC0):
            found.append(bytes([first, second]).decode("gb18030", "ignore"))
    return re.compile("[" + "".join(char for char in found if len(char) == 1) + "]")


_WIDE_RUN = re.compile("[^\x00-\x7f]{3,}\\??")


def _utf8_as_gbk(text: str) -> Iterator[Edit]:
    typical = _typical()
    if not typical.search(text):
        return
    for match in _WIDE_RUN.finditer(text):
        run = match.group().rstrip("?")
        if len(typical.findall(run)) < 0.25 * len(run):
            continue
        try:
            raw = run.encode("gb18030")
        except UnicodeEncodeError:
            continue
        new = _whole_utf8(raw, lost_tail=match.group().endswith("?") or run.endswith("\ufffd"))
        if len(new) >= 2 and all(char > "\x7f" and char.isprintable() for char in new):
            yield Edit(match.start(), match.start() + len(run), new)


def _whole_utf8(raw: bytes, *, lost_tail: bool) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        # the last character lost a byte on the way; it is left out only where its trace says so
        if lost_tail and error.start >= len(raw) - 2 and error.start > 5:
            return raw[: error.start].decode("utf-8") + "\ufffd"
        return ""


_LOST = re.compile("([\u3400-\u9fff])\\?([,;:!]?[^\x00-\x7f]{1,12})([@-~])")
_FULL = {ord(char): ord(char) + 0xFEE0 for char in ",;:!"}


def _shifted_gbk(text: str) -> Iterator[Edit]:
    """GBK text that lost a byte (now "?"), so that all pairs up to the next single byte are shifted.

    Certain when every character of the shifted reading, and the lost one behind its neighbour, occurs elsewhere in the text and the reading as it stands
    does not: the text itself is the dictionary.
    """
    seen: Counter[str] | None = None
    for match in _LOST.finditer(text):
        before, run, tail = match.groups()
        if seen is None:
            seen = Counter(text)
        try:
            raw = run.translate(_FULL).encode("gbk")
            rest = (raw[1:] + tail.encode("ascii")).decode("gbk")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        elsewhere = sum(seen[char] > run.count(char) for char in run if char.isalpha())
        if len(raw) != 2 * len(run) or not all("\u3400" <= char <= "\u9fff" and seen[char] for char in rest) or elsewhere * 2 > len(run):
            continue
        lost = {char for lead in range(0x81, 0xFF) for char in [bytes([lead, raw[0]]).decode("gbk", "ignore")] if len(char) == 1 and before + char in text}
        if len(lost) == 1:
            yield Edit(match.start() + 1, match.end(), lost.pop() + rest)
