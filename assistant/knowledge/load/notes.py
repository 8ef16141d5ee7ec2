"""Chinese text as scrapers leave it: pinyin notes in brackets, both scripts within words; text in brackets that is no note stays."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from assistant.knowledge.load.edits import Edit
from assistant.text.script import to_simplified, to_traditional

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_NOTE = re.compile(rf"([\u3400-\u9fff]{{1,6}})[ ]?([(（]\s*([a-zü{_TONED}][a-zü{_TONED}'’ ]{{0,30}})\s*[)）])", re.IGNORECASE)
_TONES = frozenset(_TONED)
_FINAL = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|üan|ai|ei|ao|ou|an|en|in|un|ün|ia|ie|iu|ua|ui|uo|üe|ue|er|a|o|e|i|u|ü"
_SYLLABLE = f"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:{_FINAL})|n|ng|m)"
_SYLLABLES = re.compile(f"{_SYLLABLE}(?:['’ ]?{_SYLLABLE})*")
_ONE = re.compile(_SYLLABLE)
# syllables that are spoken without a tone
_NEUTRAL = frozenset(["de", "le", "me", "men", "zi", "zhe", "ne", "ma", "ba", "la", "tou", "guo", "di"])
_RUN = re.compile("[\u3400-\u9fff]+")


def _plain(note: str) -> str:
    """A note without tone marks."""
    apart = unicodedata.normalize("NFD", note.lower())
    return unicodedata.normalize("NFC", "".join(char for char in apart if char not in "\u0300\u0301\u0304\u030c"))


def pinyin_notes(text: str) -> Iterator[tuple[Edit, str]]:
    """(edit, note) for readings in brackets behind the characters they belong to: 統(tǒng). (NLP), (GDPR) and (tea) stay.

    A note carries a tone mark and is as many syllables as characters at most; notes of unmarked or single vowels go only where marked ones are frequent.
    """
    if "(" not in text and "（" not in text:
        return
    unsure: list[tuple[Edit, str]] = []
    certain = 0
    for match in _NOTE.finditer(text):
        before, _, inner = match.groups()
        plain = _plain(inner)
        joined = plain.replace(" ", "")
        is_reading = _SYLLABLES.fullmatch(plain) or _SYLLABLES.fullmatch(joined)
        if not is_reading or _fewest(joined) > len(before):
            continue
        edit = Edit(match.start(2), match.end(2))
        if _TONES & set(inner.lower()) and len(joined) > 1:
            certain += 1
            yield edit, match.group()
        elif _TONES & set(inner.lower()) or joined in _NEUTRAL:
            unsure.append((edit, match.group()))
    if certain >= 3:
        yield from unsure


def _fewest(letters: str) -> int:
    """About how many syllables `letters` are at least."""
    return len(_ONE.findall(letters))


def mixed_scripts(text: str) -> tuple[list[Edit], str]:
    """Edits that write the rarer script in the commoner one, and the commoner one's name, where both stand within the same words; else nothing.

    A quoted passage or a name in the other script is no mixture: what counts is how many runs of characters hold both.
    """
    simple = to_simplified(text)
    if simple == text:
        return [], ""
    ornate = to_traditional(text)
    if ornate == text:
        return [], ""
    old = {number for number, (a, b) in enumerate(zip(text, simple, strict=True)) if a != b and _foreign(a, "gb2312")}
    new = {number for number, (a, b) in enumerate(zip(text, ornate, strict=True)) if a != b and a == simple[number] and _foreign(a, "big5")}
    leaning = mixed = 0
    for match in _RUN.finditer(text):
        span = range(*match.span())
        has_old, has_new = any(number in old for number in span), any(number in new for number in span)
        leaning += has_old or has_new
        mixed += has_old and has_new
    if mixed < 0.1 * leaning or not (mixed >= 2 or (mixed and leaning <= 3)):
        return [], ""
    if len(old) > len(new):
        return [Edit(number, number + 1, ornate[number]) for number in sorted(new)], "traditional"
    return [Edit(number, number + 1, simple[number]) for number in sorted(old)], "simplified"


@lru_cache(maxsize=8192)
def _foreign(char: str, codec: str) -> bool:
    """Whether a character belongs to the other script only: the national standard set of this one lacks it (后 and 里 are in both)."""
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return True
    return False
