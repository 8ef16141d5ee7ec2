"""A question as it is searched and judged: what it says, item by item, with the ideas behind the words; it finds nothing itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.lexical import Lexical
from assistant.knowledge.mentions import PRODUCT, Mention, Names, products_of
from assistant.knowledge.terms import FUNCTION, LIGHT, is_content, stem, terms
from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.text.units import Quantity, find_quantities
from assistant.text.words import words

LIGHT_WEIGHT = 0.25
_HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff]+")
_ASKED_TWICE = re.compile(r"([\u3400-\u9fff])[不没]\1")
# a figure, or a lone capital that names a grade, a row or a pin; the article and the pronoun are none
FIGURE = re.compile(r"(?<![A-Za-z0-9.])(?<![A-Za-z]-)\d+(?:\.\d+)?|(?<![A-Za-z0-9'./-])(?!I\b)(?:(?<!^)A|A(?=:| ?级)|[B-Z])(?![A-Za-z0-9'./-])")
_LONGEST_WORD = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a question says: its terms, the ideas behind them, how much it counts, and whether the corpus ever says it."""

    terms: tuple[str, ...]
    ideas: tuple[str, ...]
    weight: float
    known: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A question read. `items` leave out product names, which are `names`, and figures and lone capitals, which are `numbers`."""

    text: str
    items: tuple[Item, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term for item in self.items for term in item.terms))

    @property
    def ideas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(idea for item in self.items for idea in item.ideas))

    @property
    def products(self) -> tuple[str, ...]:
        """The SKUs the question names."""
        return products_of(self.mentions)

    @property
    def empty(self) -> bool:
        return not (self.items or self.names)


def read_query(question: str, *, names: Names, concepts: Concepts, lexical: Lexical) -> Query:
    """Reads a question against a corpus: known words are told from unknown ones, and each item weighs as much as it is rare."""
    text = to_simplified(fold(question))
    mentions = names.find(text)
    named = [mention for mention in mentions if mention.ids(PRODUCT)]
    bare = _blank(text, [(mention.start, mention.end) for mention in named])
    quantities = find_quantities(bare)
    spoken = _ASKED_TWICE.sub(r"\1", _blank(bare, [(each.start, each.end) for each in quantities]))
    items = tuple(_items(list(tokens(spoken, concepts=concepts, lexical=lexical)), concepts, lexical))
    labels = tuple(dict.fromkeys(term for mention in named for term in terms(text[mention.start : mention.end]) if is_content(term)))
    figures = [figure for each in quantities for figure in FIGURE.findall(each.text)[:2] if figure[0].isdigit()]
    figures += FIGURE.findall(_blank(bare, [(each.start, each.end) for each in quantities]))
    return Query(text, items, labels, tuple(dict.fromkeys(figures)), mentions, quantities)


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def tokens(text: str, *, concepts: Concepts, lexical: Lexical) -> Iterator[str]:
    """Latin terms as they are, with the parts of a compound behind it left out; Chinese cut into known words, and what is left between them."""

    def known(word: str) -> bool:
        return lexical.knows(word) or (word,) in concepts.ideas

    at = 0
    for match in _HAN.finditer(text):
        yield from _latin(text[at : match.start()], known)
        yield from _chinese(match.group(), known)
        at = match.end()
    yield from _latin(text[at:], known)


def _latin(text: str, known: Callable[[str], bool]) -> Iterator[str]:
    for piece in text.split():
        found = [stem(word) for word in words(piece)]
        whole = next((term for term in found if known(term)), None)
        if len(found) > 1 and whole is not None and whole != found[0] and whole not in (found[1:2] or [""]):
            yield from dict.fromkeys(term for term in found[2:] if not term.isdigit())
        elif found:
            yield whole or found[0]


def _chinese(run: str, known: Callable[[str], bool]) -> Iterator[str]:
    """A run of characters cut so that as few as possible are unknown, then into as few words as possible, then with as much grammar as possible."""
    best: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
    for end in range(1, len(run) + 1):
        unknown, count, grammar, _ = best[end - 1]
        choices = [(unknown + 1, count + 1, grammar, end - 1)]
        for start in range(max(0, end - _LONGEST_WORD), end):
            word = run[start:end]
            if word in FUNCTION or word in LIGHT or known(word):
                unknown, count, grammar, _ = best[start]
                choices.append((unknown, count + 1, grammar - (len(word) if word in FUNCTION else 0), start))
        best.append(min(choices))
    cuts = [len(run)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][3])
    cuts.reverse()
    stray = ""
    for start, end in pairwise(cuts):
        word = run[start:end]
        if word in FUNCTION or word in LIGHT or known(word):
            if stray:
                yield stray
            stray = ""
            yield word
        else:
            stray += word
    if stray:
        yield stray


def _items(said: Sequence[str], concepts: Concepts, lexical: Lexical) -> Iterator[Item]:
    seen: set[tuple[str, ...]] = set()
    at = 0
    while at < len(said):
        length, ideas = concepts.phrase(said, at)
        key = tuple(said[at : at + length])
        at += length
        if key in seen or (not ideas and (not is_content(key[0]) or key[0].isdigit())):
            continue
        seen.add(key)
        rarity = max(lexical.rarity(term) for term in key)
        weight = min(rarity, max(map(lexical.rarity, ideas))) if ideas else rarity
        if all(term in LIGHT or term in FUNCTION for term in key):
            weight *= LIGHT_WEIGHT
        yield Item(key, ideas, weight, any(map(lexical.knows, key)) or any(map(lexical.knows, ideas)))
