"""Words by which a company's own requests are told from the packaged changes: an intent of ten examples against one of a hundred; no statistics of meaning.

A classifier that saw a hundred ways to move a date and ten to book a pick-up takes an order with a day for the former, whatever word stands beside them.
Here a word speaks for an intent of few examples when it stands in two of them, or in what its procedure is called, and practically never in those of the
intent the message was taken for. One that no other intent knows at all is strong. Words of the catalogue say nothing: every intent can be about any goods.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from assistant.text.script import to_simplified
from assistant.understanding.intents.recognise import Guess
from assistant.workspace.model import Catalog, Intent, ProcedureSpec, TicketKind

FEW = 0.4  # an own intent has at most so many examples for each one of the intent it is set against
CERTAIN, SURE, DOUBT = 0.95, 0.8, 0.45
_LEAST, _TITLED, _OFTEN = 2, 2, 5
_RATIO = 20.0  # how much more often a word stands in the examples of the one than in those of the other
_OWN_WAY, _SHARE = 3, 0.5  # a packaged change speaks by a word of three examples that, of all changes, is said for it half of the time
_PLACE = re.compile(r"\{[a-z_]+\}")
_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_HAN = re.compile("[\u4e00-\u9fff]+")
_ENDINGS = ("ing", "ed", "es", "s")


@dataclass(frozen=True, slots=True)
class Few:
    """`cues` are the words of each intent of few examples with their counts, `sizes` the examples of every intent, `said` what the others say,
    intent by intent; `strong` are words that none of the others knows, `writes` the intents that change something."""

    cues: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    strong: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()


def few_of(intents: Mapping[str, Intent], procedures: Mapping[str, ProcedureSpec], *, tickets: Mapping[str, TicketKind], catalog: Catalog) -> Few:
    """The words of a company's own intents; empty where none has far fewer examples than the packaged changes."""
    writes = {intent: spec for spec in procedures.values() if spec.confirm for intent in spec.intents if intent in intents}
    examples = {name: tuple(dict.fromkeys(each for found in intent.examples.values() for each in found)) for name, intent in intents.items()}
    sizes = {name: len(found) for name, found in examples.items()}
    most = max((sizes[name] for name in writes), default=0)
    own = {name: spec for name, spec in writes.items() if 0 < sizes[name] <= most * FEW}
    if not own:
        return Few()
    goods = frozenset(word for text in _of_catalog(catalog) for word in grams(text))
    cues = {name: _cues(examples[name], spec, tickets, goods) for name, spec in own.items()}
    compounds = {word for words in cues.values() for word in words if word.isascii()}
    said = {name: _joined(found, compounds) for name, found in examples.items() if name not in own}
    everything = "".join(said.values())
    strong = frozenset(word for words in cues.values() for word, count in words.items() if _times(word, everything) <= (count >= _OFTEN))
    return Few(cues, sizes, said, strong, frozenset(writes))


def _of_catalog(catalog: Catalog) -> Iterator[str]:
    for group in (catalog.families, catalog.attributes, catalog.relations):
        for each in group.values():
            yield from (*each.name.values(), *(word for words in each.words.values() for word in words))
    for product in catalog.products.values():
        yield from (*product.name.values(), *product.words, *product.unit.values())


def _cues(examples: Sequence[str], spec: ProcedureSpec, tickets: Mapping[str, TicketKind], goods: frozenset[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for example in examples:
        for word in set(grams(_PLACE.sub("|", example))):
            counts[word] = counts.get(word, 0) + 1
    called = [*spec.title.values(), *(tickets[spec.ticket].name.values() if spec.ticket in tickets else ())]
    for word in {word for text in called for word in grams(text)}:
        counts[word] = counts.get(word, 0) + _TITLED
    # of words written together only those count that somebody writes as one
    single = {_stem(word) for text in (*examples, *called) for word in _LATIN.findall(text.lower())}
    return {word: count for word, count in counts.items() if count >= _LEAST and word not in goods and (not word.isascii() or word in single)}


def grams(text: str) -> list[str]:
    """Latin words without their endings, and two of them written as one ("picking up" is "pickup"); Chinese characters, and two that follow each other."""
    text = to_simplified(text).lower()
    words = [_stem(word) for word in _LATIN.findall(text)]
    found = [*words, *(left + right for left, right in pairwise(words))]
    for run in _HAN.findall(text):
        found += [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
    return found


@lru_cache(4096)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word[: -len(ending)]
            break
    return word.rstrip("e") if len(word) > 3 else word


def _joined(examples: Iterable[str], compounds: Set[str]) -> str:
    """Examples in one string in which `grams` can be counted; two words that somebody writes as one stand as one."""
    parts = []
    for example in examples:
        text = to_simplified(_PLACE.sub("|", example)).lower()
        words = [_stem(word) for word in _LATIN.findall(text)]
        words += [left + right for left, right in pairwise(words) if left + right in compounds]
        parts.append(f"{' '.join(words)} | {' '.join(_HAN.findall(text))}")
    return f" {' | '.join(parts)} "


def _times(word: str, said: str) -> int:
    return said.count(word) if _HAN.match(word) else said.count(f" {word} ")


def reconsidered(text: str, guess: Guess, few: Few) -> Guess:
    """The guess, turned to an own intent where its words stand in the text; where both may be meant it is no longer sure, with the other as its runner-up."""
    if not few.cues or guess.intent in few.cues or guess.intent not in few.writes:
        return guess
    found = list(dict.fromkeys(grams(text)))
    spoken = {intent: _speaking(found, intent, guess.intent, few) for intent in few.cues if few.sizes[intent] <= few.sizes[guess.intent] * FEW}
    own, words = max(spoken.items(), key=lambda pair: _weight(pair[1], few), default=("", []))
    strong = any(word in few.strong for word in words)
    # one character alone may stand in a name
    told = [word for word in words if len(word) > 1 or guess.p < CERTAIN]
    often = any(few.cues[own][word] >= _OFTEN and not _times(word, few.said[guess.intent]) for word in told)
    if not words or not (strong or often or (guess.p < SURE and guess.runner_up == own) or len(_apart(words)) > 1):
        return guess
    held = _own_way(found, guess.intent, own, few)
    likely = strong or guess.runner_up == own
    if likely and not held and (strong or guess.p < SURE):
        return replace(guess, intent=own, p=max(DOUBT, guess.p2), runner_up=guess.intent, p2=0.0, accepted=True)
    return replace(guess, p=min(guess.p, DOUBT), runner_up=own, p2=DOUBT, accepted=True)


def _speaking(found: Sequence[str], own: str, other: str, few: Few) -> list[str]:
    """The words of a text that stand in the examples of `own` and practically not in those of `other`."""
    cues, mine, theirs = few.cues[own], few.sizes[own] + 1, few.sizes[other] + 1
    here = [word for word in found if word in cues and (len(word) > 1 or cues[word] > _LEAST or word in few.strong)]
    # two characters of which each is said in the other's way may come together by chance
    here = [word for word in here if not _HAN.match(word) or min(_times(char, few.said[other]) for char in word) <= 1]
    return [word for word in here if (cues[word] + 0.5) / mine >= _RATIO * (_times(word, few.said[other]) + 0.5) / theirs]


def _weight(words: Sequence[str], few: Few) -> tuple[int, int]:
    return sum(word in few.strong for word in words), len(words)


def _apart(words: Sequence[str]) -> list[str]:
    """The words that are no part of one another."""
    kept: list[str] = []
    for word in sorted(words, key=len, reverse=True):
        if not any(set(word) & set(other) if _HAN.match(word) else word in other for other in kept):
            kept.append(word)
    return kept


def _own_way(found: Sequence[str], other: str, own: str, few: Few) -> bool:
    """Whether a text holds a word by which the packaged change itself is asked for ("reschedule", "推迟")."""
    for word in found:
        times = _times(word, few.said[other])
        if times < _OWN_WAY or word in few.cues[own]:
            continue
        if times >= _SHARE * sum(_times(word, said) for name, said in few.said.items() if name in few.writes):
            return True
    return False
