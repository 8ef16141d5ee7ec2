"""A question without the talk around it and with its misspelt words mended, so that what is left is what is asked; it understands nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.knowledge.concepts import MEASURED, Concepts
from assistant.knowledge.mentions import Names
from assistant.knowledge.terms import FUNCTION, LIGHT, stem
from assistant.text.fold import fold
from assistant.text.script import to_simplified

# what tradespeople write short; a word that names something of the catalogue is never one
SHORT = dict(
    pair.split(":")
    for pair in [
        "dia:diameter", "diam:diameter", "temp:temperature", "temps:temperature", "dims:dimensions", "dim:dimensions", "wt:weight", "freq:frequency",
        "press:pressure", "max:maximum", "min:minimum", "approx:about", "qty:quantity", "moq:minimum-order", "cert:certificate", "certs:certificates",
        "docs:documents", "mfr:manufacturer", "comms:communication", "whats:what's", "hows:how's", "wheres:where's", "doesnt:doesn't", "dont:don't",
        "cant:can't", "wont:won't", "isnt:isn't", "len:length", "vol:volume", "accy:accuracy", "resp:response", "addr:address", "deliv:delivery",
        "del:delivery", "inv:invoice", "ph:phone", "mins:minutes", "hrs:hours", "approval:approval", "warr:warranty", "maint:maintenance",
        "instal:installation", "matl:material", "mat:material", "mats:materials", "elec:electrical", "conn:connection", "curr:current", "mech:mechanical",
        "info:information", "diff:difference",
    ]
)  # fmt: skip
_WORD = re.compile(r"(?<![A-Za-z0-9\-'@./])[A-Za-z]{4,}(?![A-Za-z0-9\-'@/])")
_SHORT = re.compile(r"(?<![A-Za-z0-9\-'@./])(?:" + "|".join(SHORT) + r")\b\.?(?![A-Za-z0-9\-'@/])", re.IGNORECASE)
_ONE, _TWO, _LOOSE = 4, 9, 6
# spoken Cantonese as people type it, in simplified characters
_DIALECT = tuple(
    pair.split(":") for pair in ["几多:多少", "系咪:是不是", "系:是", "嘅:的", "唔:不", "冇:没有", "咩:什么", "点样:怎么", "边个:哪个", "边款:哪款"]
)
_SPOKEN = re.compile("几多|系咪|嘅|唔|冇|咩|点样|边个|边款")
_CODE = re.compile(r"(?<![A-Za-z0-9.#/-])[A-Za-z]{1,4}-?\d{1,4}[A-Za-z]?(?![A-Za-z0-9/]|-[A-Za-z0-9])")


@lru_cache(maxsize=1)
def _talk() -> re.Pattern[str]:
    """Everything that is talk, longest rules as they stand in the file."""
    lines = files("assistant.knowledge").joinpath("chatter.txt").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    spoken = [rule if re.search("[\u3400-\u9fff~]", rule) else rf"(?<![A-Za-z'-])(?:{rule})(?![A-Za-z'])" for rule in rules]
    return re.compile("|".join(spoken), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Speller:
    """Knows which words need no mending, and which words a misspelt one may stand for; `named` are those of the catalogue's names."""

    right: frozenset[str]
    named: frozenset[str]
    targets: tuple[str, ...]
    knows: Callable[[str], bool]

    def mend(self, word: str) -> str:
        """The one word that `word` misspells; `word` itself when it is right, or could be several."""
        low = word.lower()
        if word.isupper() or low in self.right or stem(low) in FUNCTION or stem(low) in LIGHT or self.knows(stem(low)):
            return word
        from rapidfuzz.distance import OSA

        near = [(OSA.distance(low, other, score_cutoff=2), other) for other in self.targets if other[0] == low[0] and abs(len(other) - len(low)) <= 2]
        allowed = [(distance, other) for distance, other in near if _slip(low, other, distance, least=_ONE + 1 if other in self.named else _LOOSE)]
        best = min(allowed, default=None)
        if best is None or stem(best[1]) == stem(low) or sum(stem(other) != stem(best[1]) for distance, other in allowed if distance == best[0]):
            return word
        return best[1]


def _slip(said: str, meant: str, distance: int, *, least: int) -> bool:
    """Whether the difference looks like a slip: in a short word letters swapped, doubled, dropped; in a longer one also another letter."""
    length = min(len(said), len(meant))
    if distance == 1:
        swapped = sorted(said) == sorted(meant)
        return length >= least or swapped or (length > _ONE and len(said) != len(meant))
    return distance == 2 and length >= _TWO


def speller(names: Names, concepts: Concepts, knows: Callable[[str], bool]) -> Speller:
    """The speller of a corpus: words of the catalogue's names and of ideas are what a slip may mean; `knows` tells the corpus' own terms."""
    spoken = {word for key in names.phrases for word in key if word.isascii() and word.isalpha()}
    listed = set(_listed())
    right = spoken | listed | {word for phrase in concepts.ideas for word in phrase if word.isascii()}
    targets = tuple(sorted(word for word in spoken | listed if len(word) >= _ONE))
    return Speller(frozenset(right), frozenset(spoken), targets, knows)


@lru_cache(maxsize=1)
def _listed() -> tuple[str, ...]:
    """The English words of the packaged ideas as they are written."""
    text = files("assistant.knowledge").joinpath("concepts.txt").read_text(encoding="utf-8")
    lines = (line.partition("|")[2] for line in text.splitlines() if "|" in line and not line.startswith("#"))
    return tuple(word for line in lines for word in re.findall(r"[a-z]{4,}", line.replace(MEASURED, " ")))


def plain_question(text: str, spelling: Speller) -> str:
    """`text` folded, in simplified characters, without talk, shortenings written out, slips mended. A text of nothing but talk stays as it is."""
    whole = to_simplified(fold(text))
    if _SPOKEN.search(whole):
        for heard, meant in _DIALECT:
            whole = whole.replace(heard, meant)
    said = _talk().sub(" ", _talk().sub(" ", whole))
    said = _SHORT.sub(lambda match: _written_out(match.group(), spelling), said)
    said = _WORD.sub(lambda match: spelling.mend(match.group()), said)
    said = re.sub(r"\s+", " ", said).strip(" ,，;；:：-–—.。!！")
    return said if re.search(r"[\w\u3400-\u9fff]", said) else whole


def _written_out(word: str, spelling: Speller) -> str:
    bare = word.rstrip(".")
    return word if bare.lower() in spelling.named and bare.lower() not in ("max", "min") else SHORT[bare.lower()]


def codes(text: str) -> tuple[str, ...]:
    """What looks like a model, a fault or a parameter number: letters with figures behind them."""
    return tuple(match.group() for match in _CODE.finditer(text))
