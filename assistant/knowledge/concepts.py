"""Ideas behind words, so that a question finds a text that says it in other words or in the other language; a word list, no model, no company's vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from assistant.knowledge.terms import terms
from assistant.text.words import add_words, taught
from assistant.workspace.model import Catalog

# a "word" that begins like this is the dimension of the figures that speak of the idea
MEASURED = "="
Groups = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Concepts:
    """Which ideas a phrase of terms stands for. An idea is a term of its own ("~17", "~attribute.head"), indexed and searched like a word.

    `measured` gives the ideas that a figure of a dimension speaks of: 45 N·m says how tight, though it does not say "torque".
    """

    ideas: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: Mapping[str, int]
    measured: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, words: Sequence[str]) -> list[str]:
        """The ideas said in a sequence of terms, in order, repeats kept; the longest phrase at each place wins."""
        found: list[str] = []
        longest, known, words = self.longest, self.ideas, tuple(words)
        after = 0
        # a text has many words that begin no phrase: they must cost next to nothing
        for at, word in enumerate(words):
            if word not in longest or at < after:
                continue
            for end in range(min(at + longest[word], len(words)), at, -1):
                ideas = known.get(words[at:end])
                if ideas:
                    found += ideas
                    after = end
                    break
        return found

    def phrase(self, words: Sequence[str], at: int) -> tuple[int, tuple[str, ...]]:
        """The longest phrase that begins at `at`: how many terms, and its ideas; (1, ()) when there is none."""
        for length in range(min(self.longest.get(words[at], 0), len(words) - at), 0, -1):
            ideas = self.ideas.get(tuple(words[at : at + length]))
            if ideas:
                return length, ideas
        return 1, ()


@lru_cache(maxsize=1)
def _general() -> tuple[tuple[str, ...], ...]:
    """The packaged groups: Chinese words and English phrases of one idea each."""
    text = files("assistant.knowledge").joinpath("concepts.txt").read_text(encoding="utf-8")
    groups = []
    for line in text.splitlines():
        if "|" in line and not line.startswith("#"):
            chinese, _, english = line.partition("|")
            groups.append((*chinese.split(), *(phrase.strip() for phrase in english.split(","))))
    return tuple(groups)


def concepts_of(catalog: Catalog, own: Sequence[tuple[str, ...]] = (), *, packaged: bool = True) -> Concepts:
    """The packaged ideas, a company's `own`, and those of a catalogue: its families, attributes and relations by all their words.

    Teaches the segmenter the words.
    """
    groups = [(f"~own.{number}", group) for number, group in enumerate(own)]
    groups += _catalogued(catalog)
    # a text that names a product also speaks of its family
    groups += [(f"~family.{product.family}", (product.sku, *product.words, *product.name.values())) for product in catalog.products.values()]
    add_words((*_han_words(groups), *(_general_words() if packaged else ())))
    return _with(_packaged(taught()) if packaged else Concepts({}, {}), groups)


def _han_words(groups: Groups) -> tuple[str, ...]:
    return tuple(word for _, group in groups for word in group if " " not in word and word[:1] != MEASURED)


@lru_cache(maxsize=1)
def _general_words() -> tuple[str, ...]:
    return _han_words([("", group) for group in _general()])


@lru_cache(maxsize=2)
def _packaged(_taught: int) -> Concepts:
    """The packaged ideas, which all companies share for as long as the segmenter learns nothing new."""
    return _with(Concepts({}, {}), [(f"~{number}", group) for number, group in enumerate(_general())])


def _with(found: Concepts, groups: Groups) -> Concepts:
    ideas, longest, measured = dict(found.ideas), dict(found.longest), dict(found.measured)
    for idea, group in groups:
        for word in group:
            if word[:1] == MEASURED:
                measured[word[1:]] = (*measured.get(word[1:], ()), idea)
                continue
            key = _key(word)
            held = ideas.get(key, ())
            if key and idea not in held:
                ideas[key] = (*held, idea)
                longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return Concepts(ideas, longest, measured)


def _key(word: str) -> tuple[str, ...]:
    """The terms a word or phrase becomes in a text; a Chinese word is the whole word only, not the parts that search mode adds."""
    # what the segmenter was taught changes nothing about Latin words: those of the packaged groups are cut once a process
    return _latin_key(word) if word.isascii() else _any_key(word)


@lru_cache(maxsize=8192)
def _latin_key(word: str) -> tuple[str, ...]:
    return _any_key(word)


def _any_key(word: str) -> tuple[str, ...]:
    found = terms(word)
    whole = "".join(word.split()).lower()
    return (whole,) if whole in found else tuple(found)


def _catalogued(catalog: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind, entries in (("family", catalog.families), ("attribute", catalog.attributes), ("relation", catalog.relations)):
        for name, entry in entries.items():
            yield f"~{kind}.{name}", tuple(dict.fromkeys(_words(entry.name, entry.words)))


def _words(name: Mapping[str, str], words: Mapping[str, Iterable[str]]) -> Iterator[str]:
    yield from name.values()
    for listed in words.values():
        yield from listed
