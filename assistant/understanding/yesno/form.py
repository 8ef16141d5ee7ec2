"""A message in the form the yes-and-no tables are written in: tokens without punctuation, apostrophes, lengthening and slips; no judgement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.yesno import idioms
from assistant.understanding.yesno import words as table
from assistant.understanding.yesno.zh import respelled

_TOKEN = re.compile(
    r"[a-z]+(?:['’´`][a-z]+)*|[0-9]+|[\u3400-\u9fff]|[§?？\"“”„«»「」『』%$€£¥#@+=*&]|[^\x00-\u2fff\u3000-\u303f\uff00-\uff65]|"
    r"[\u2600-\u27bf\u2b00-\u2bff]",
    re.ASCII,
)
_NEUTRAL = frozenset(table.NEUTRAL_SIGNS.split())
_SKIN = re.compile("1\ufe0f?\u20e3|[\U0001f3fb-\U0001f3ff\u2640\u2642\ufe0f]")
QUOTES = frozenset('"“”„«»「」『』')
_CORE_WORDS = """
confirm confirmed confirming correct absolutely definitely proceed agreed approve approved exactly perfect certainly affirmative please thanks
continue submit ahead accept accepted process change agree update okay great right sorry everything perfectly delivery thank proceeding
"""
_CORE = tuple(_CORE_WORDS.split())
# words of their own that a slip would make consent of
_OTHER_WORDS_LISTED = """
charge charges charged chance chances thinks except excepted expect greet greets light night eight fright thanked agreeing pleases deliver delivers delivered
"""
_OTHER_WORDS = frozenset(_OTHER_WORDS_LISTED.split())
_SLIPS = {
    "teh": "the", "hte": "the", "adn": "and", "nad": "and", "ths": "this", "tihs": "this", "taht": "that", "thta": "that", "ahed": "ahead",
    "okya": "okay", "oaky": "okay", "wiht": "with", "thansk": "thanks", "thnaks": "thanks", "goood": "good", "yuor": "your", "fo": "for",
    "si": "is", "plase": "please", "pleas": "please", "pelase": "please", "ues": "yes", "yez": "yes", "yws": "yes", "tes": "yes",
    "plz": "please", "pls": "please", "plse": "please", "plss": "please", "plzz": "please", "yess": "yes", "yed": "yes", "uep": "yep", "yeo": "yep",
}  # fmt: skip
_SPELT = dict.fromkeys(("pls", "plz", "plse"), "please")
# stickers of chat programs
_STICKERS = {
    "[ok]": "👌", "[强]": "👍", "[赞]": "👍", "[好的]": "👌", "[抱拳]": "🙏", "[玫瑰]": "🌹", "[握手]": "🤝", "[合十]": "🙏",
    "[愉快]": "🙂", "[呲牙]": "😀", "[可爱]": "🙂", "[爱心]": "❤", "[拥抱]": "🤗", "[鼓掌]": "👏", "[加油]": "💪", "[thumbsup]": "👍",
    ":thumbsup:": "👍", ":+1:": "👍", ":ok_hand:": "👌", "[胜利]": "✌", "[耶]": "✌", "[太阳]": "🌞",
}  # fmt: skip
_HUMMED = re.compile(r"(?<![a-z'’])(?:u+m+|u+h+|e+r+m*)(?![a-z'’]| ?-? ?(?:huh|oh|uh|hum|hm))")
_NUMBER_SIGN = re.compile(r"#(?=\s?§)")
_PROMISED = re.compile("(i|we)['’´`]ll")  # what will be done is not "well" nor "ill"
_STICKER = re.compile("|".join(re.escape(name) for name in _STICKERS))


@dataclass(frozen=True, slots=True)
class Message:
    """A message in matching form. `form` is its tokens, Latin words set apart by blanks; `starts[i]` is where token i begins in it, `origins[i]` in the
    message; `ends` are the places in it where a clause ends: before punctuation, a blank beside Chinese, a sign, Latin letters or the end; at
    `breaks` something was written between two tokens that no word goes across (也许，可中 is no 许可)."""

    form: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    ends: frozenset[int]
    breaks: tuple[int, ...] = ()


def prepared(simple: str, echoes: list[tuple[int, int]]) -> Message:
    for start, end in echoes:
        simple = f"{simple[:start]}§{' ' * (end - start - 1)}{simple[end:]}"
    simple = _HUMMED.sub(lambda match: " " * len(match.group()), _NUMBER_SIGN.sub(" ", simple))
    simple = _STICKER.sub(lambda match: _STICKERS[match.group()].ljust(len(match.group())), simple)
    simple = respelled(_SKIN.sub(lambda match: " " * len(match.group()), simple))
    known = _vocabulary()
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = last = 0
    ends, breaks = set[int](), list[int]()
    for match in _TOKEN.finditer(simple):
        token = _normal(match.group(), known)
        if not token:
            continue
        glue = " " if parts and not (_han(parts[-1][-1]) and _han(token[0])) else ""
        length += len(glue)
        latin = bool(parts) and not _han(parts[-1][-1]) and not _han(token[0])
        if simple[last : match.start()].strip() if latin else glue or match.start() > last:
            ends.add(length - len(glue))
        if parts and _broken(simple, last, match.start()):
            breaks.append(length)
        last = match.end()
        starts.append(length)
        origins.append(match.start())
        parts.append(glue + token)
        length += len(token)
    return Message("".join(parts), tuple(starts), tuple(origins), frozenset({*ends, length}), tuple(breaks))


def _broken(simple: str, last: int, start: int) -> bool:
    """Whether what stands between two tokens parts words: punctuation or a line break, or a blank beside Chinese that is not between two lone characters."""
    between = simple[last:start]
    if "\n" in between or between.strip("-'’· ") or " - " in between:
        return True
    if not between or "§" in (simple[last - 1], simple[start]) or not (_han(simple[last - 1]) and _han(simple[start])):
        return False
    return _han(simple[last - 2 : last - 1] or " ") or _han(simple[start + 1 : start + 2] or " ")


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "§"


def _normal(token: str, known: frozenset[str]) -> str:
    """A token in the form the tables use: no apostrophes, no lengthening, common slips put right; decoration is dropped."""
    if token[0].isascii() and token[0].isalpha():
        if (promised := _PROMISED.fullmatch(token)) is not None:
            return f"{promised[1]} will"
        return _word(re.sub("['’´`]", "", token), known)
    if token in _NEUTRAL:
        return ""
    return "?" if token == "？" else token


@lru_cache(maxsize=4096)
def _word(word: str, known: frozenset[str]) -> str:
    if word in _SLIPS:
        return _SLIPS[word]
    if word in known or word in _OTHER_WORDS:
        return word
    if (twice := re.fullmatch(r"(.{2,}?)\1+", word)) and twice.group(1) in known:
        return twice.group(1)
    single = re.sub(r"(.)\1{2,}", r"\1", word)
    for form in (single, re.sub(r"(.)\1{2,}", r"\1\1", word), re.sub(r"(.)\1+", r"\1", word)):
        if form in known and (len(form) > 1 or form in "kyn"):
            return form
    if len(word) >= 5:
        from rapidfuzz.distance import OSA

        for core in _CORE:
            slips = 2 if len(core) >= 9 and len(word) >= 8 else 1
            if word[0] == core[0] and not word.startswith(core) and OSA.distance(word, core, score_cutoff=slips) <= slips:
                return core
            if (
                len(word) == len(core)
                and sorted(word) == sorted(core)
                and word[1:] != core[1:]
                and {word[0], word[1]} == {core[0], core[1]}
                and word[2:] == core[2:]
            ):
                return core
    return word


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    sources = (idioms.EXPLICIT_EN, idioms.POLITE_EN, table.EXPLICIT_EN, table.SOFT_EN, table.POLITE_EN, table.ACKNOWLEDGED_EN, table.EXPLICIT_ZH, table.SOFT_ZH)
    return frozenset(re.findall("[a-z]+", " ".join(sources))) | {
        "no",
        "not",
        "n",
        "nah",
        "nope",
        "soon",
        "good",
        "too",
        "need",
        "all",
        "will",
        "keep",
        "off",
        "cannot",
        "been",
        "seen",
        "week",
        "see",
    }


def phrases(text: str) -> list[str]:
    return [phrase for raw in text.replace("\n", "").split("|") if (phrase := raw.strip())]


def spaced(phrase: str) -> str:
    """A phrase with its tokens set apart as `prepared` does."""
    tokens = [_SPELT.get(token, token) for token in _TOKEN.findall(phrase)]
    out = ""
    for token in tokens:
        out += ("" if not out or (_han(out[-1]) and _han(token[0])) else " ") + token
    return out


def head(form: str) -> str:
    match = re.match(r"[a-z0-9]+", form)
    return match.group() if match else form[0]
