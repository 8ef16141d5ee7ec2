"""Which language and script a message is in, and conversion between simplified and traditional characters; no translation.

Conversions keep the length of the text, so that a span found in one form is the same span in the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from assistant.types import Language

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_HAN_CHAR = re.compile(f"[{_HAN}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEUTRAL = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # addresses of the net
    r"|#?\b(?=[A-Za-z0-9_./#-]*\d)[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+)*\b"  # whatever holds a digit: orders, models, sizes, dates, tax ids
    r"|\b(?:ok(?:ay|ey)?|k|pdf|iso|sku|po|rma|pcs?|id|vip|hi+|hey|hello|emm*|hmm*|lol|wow|haha\w*|bye|yo|asap|eta|fyi|usd|rmb|cny)\b"
    r"|\b(?:mpa|kpa|bar|psi|kw|hp|ma|mm|cm|kg|hz|rpm|dn|v|a|m|h|l)\b",
    re.IGNORECASE | re.ASCII,
)
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:'[A-Za-z]+)?")
_ACRONYM = re.compile(r"[A-Z]{1,5}s?")
_FOREIGN = re.compile("[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")
_ZH_FRAME = re.compile(r"[的了吗嗎呢吧啊请請我你您他它是要能会會把改换換退查发發送到给給有没沒不什么麼怎多少哪这這那就都还還可以帮幫谢謝对對好想再和跟]")
_EN_FRAME = re.compile(
    r"\b(?:the|an?|is|are|was|were|be|been|to|of|for|in|on|at|by|and|or|but|not|no|yes|i|you|we|they|it|my|our|your|this|that|these|those|what|when|where|which|who"
    r"|why|how|can|could|will|would|should|may|please|pls|do|does|did|don't|have|has|need|want|with|from|as|if|me|us|there|here|thanks|thank|i'm|i'd|it's)\b",
    re.IGNORECASE,
)
_HAN_WEIGHT = 0.6  # a Chinese word is about 1.7 characters long, so that words are weighed against words
# the grammar around a foreign name or address tells the writer's language, the name does not
_ZH_FRAME_WEIGHT, _EN_FRAME_WEIGHT = 2.0, 1.5


@lru_cache(maxsize=2)
def _converter(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)


def _convert(text: str, config: str) -> str:
    if text.isascii() or not _HAN_CHAR.search(text):
        return text
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    converter = _converter(config)
    whole: str = converter.convert(text)
    if len(whole) == len(text):
        return whole
    return "".join(new if len(new := converter.convert(char)) == 1 else char for char in text)


def to_simplified(text: str) -> str:
    """`text` with traditional characters in their simplified form, character by character in place (same length)."""
    return _convert(text, "t2s")


def to_traditional(text: str) -> str:
    """`text` in traditional characters of the Taiwan standard, words left as they are (same length): 裡, not 裏; 軟件 stays 軟件."""
    return _convert(text, "s2tw")


def _encodable(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=8192)
def _lean(char: str) -> int:
    """1 for a character of traditional writing only, -1 for one of simplified writing only, 0 for one of both.

    A character of GB 2312 that Big5 lacks and that has a traditional counterpart is simplified only, and the reverse; 后 and 里 are in both sets.
    """
    if to_simplified(char) != char:
        return 0 if _encodable(char, "gb2312") else 1
    if to_traditional(char) != char:
        return 0 if _encodable(char, "big5") else -1
    return 0


def _chinese(text: str, sticky: Language) -> Language:
    lean = sum(_lean(char) for char in _HAN_CHAR.findall(text))
    if lean:
        return "zh-Hant" if lean > 0 else "zh-Hans"
    return "zh-Hans" if sticky == "en" else sticky


def _evidence(text: str) -> tuple[int, list[str], int]:
    """(Han characters, Latin words, letters of other scripts) once models, numbers, addresses of the net and interjections are taken out."""
    rest = _NEUTRAL.sub(" ", text)
    words = [word for word in _WORD.findall(rest) if not _ACRONYM.fullmatch(word) or _EN_FRAME.fullmatch(word)]
    if not words and text.isupper():  # SHOUTED ENGLISH is no row of acronyms
        shouted = _WORD.findall(rest)
        words = shouted if len(shouted) > 1 or any(len(word) > 5 for word in shouted) else []
    return len(_HAN_CHAR.findall(rest)), words, len(_FOREIGN.findall(rest))


def is_contentless(text: str) -> bool:
    """True when nothing in `text` tells a language: numbers, order numbers, models, dates in digits, "ok", emoji, e-mail addresses, nothing at all."""
    han, words, foreign = _evidence(text)
    return not han and not words and not foreign


def detect_language(text: str, *, sticky: Language) -> Language:
    """The language of a folded message; `sticky`, the conversation's language so far, when the message has no content of its own.

    By shares of Han characters and Latin words; in mixed text the grammar words decide, so that a Chinese name in an English sentence stays English.
    Letters of other scripts that outweigh both, and Latin words of any language, count as English.
    """
    han, words, foreign = _evidence(text)
    if foreign > han and foreign > len(words):
        return "en"
    if not han:
        return "en" if words else sticky
    if not words:
        return _chinese(text, sticky)
    rest = _NEUTRAL.sub(" ", text)
    zh_frame, en_frame = len(_ZH_FRAME.findall(rest)), len(_EN_FRAME.findall(rest))
    if bool(zh_frame) != bool(en_frame):
        return _chinese(text, sticky) if zh_frame else "en"
    zh = _HAN_WEIGHT * han + _ZH_FRAME_WEIGHT * zh_frame
    en = len(words) + _EN_FRAME_WEIGHT * en_frame
    return _chinese(text, sticky) if zh >= en else "en"
