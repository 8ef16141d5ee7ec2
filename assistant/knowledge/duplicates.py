"""Sections of different documents that say nearly the same, document by document; which of them stays is for people to say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from assistant.knowledge.markdown import plain
from assistant.knowledge.said import Memo
from assistant.knowledge.terms import terms
from assistant.store.knowledge import DocumentRow, SectionRow

# three words in a row; sections with fewer of them are phrases of everybody
_RUN, _FEWEST = 3, 8
# the share of the shorter section's runs that the other one holds (containment, Broder 1997)
NEAR = 0.8
# a run in more sections than that is a form letter's
_COMMON = 40
# from this share of its words on a document has nothing of its own
WHOLE = 0.9


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`later` says what `earlier` says: in these sections (later, earlier), which hold the share `share` of its words."""

    earlier: str
    later: str
    language: str
    sections: tuple[tuple[str, str], ...]
    share: float

    @property
    def whole(self) -> bool:
        """Whether the later document has nothing of its own."""
        return self.share >= WHOLE


def duplicates(sections: Sequence[SectionRow], rows: Sequence[DocumentRow], first: Mapping[tuple[str, str], datetime]) -> tuple[Duplicate, ...]:
    """Pairs of live documents in one language, the largest share first. `first` tells when a variant came; catalogue rows are left out."""
    kept = [each for each in sections if each.kind not in ("row", "edge", "review")]
    runs = [_runs(section) for section in kept]
    lengths = Counter[tuple[str, str]]()
    for section, own in zip(kept, runs, strict=True):
        lengths[section.document, section.language] += len(own)
    at = {(row.id, row.language): (first.get((row.id, row.language), row.updated), row.path, row.id) for row in rows}
    found: dict[tuple[str, str, str], dict[int, int]] = defaultdict(dict)
    for one, other in _alike(kept, runs):
        a, b = kept[one], kept[other]
        if at[a.document, a.language] > at[b.document, b.language]:
            one, other, a, b = other, one, b, a
        found[a.document, b.document, a.language].setdefault(other, one)
    made = [
        Duplicate(
            earlier, later, language, tuple((kept[n].id, kept[m].id) for n, m in sorted(pairs.items())),
            round(sum(len(runs[n]) for n in pairs) / max(lengths[later, language], 1), 3),
        )
        for (earlier, later, language), pairs in found.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda each: (-each.share, each.later, each.earlier)))


def repeats(one: SectionRow, other: SectionRow, memo: Memo | None = None) -> bool:
    """Whether two sections of different documents in one language say nearly the same, with no other figure or product.

    `memo` keeps what texts are cut into.
    """
    if not _apart(one, other) or {one.kind, other.kind} & {"row", "edge"}:
        return False
    mine, theirs = (_runs(each) if memo is None else memo.get(("runs", each.text), partial(_runs, each)) for each in (one, other))
    short, long = (one, other) if len(mine) <= len(theirs) else (other, one)
    fewest = min(len(mine), len(theirs))
    if fewest < _FEWEST or max(len(mine), len(theirs)) * NEAR > fewest or len(mine & theirs) < NEAR * fewest:
        return False
    return _figures(short) == _figures(long)


def _runs(section: SectionRow) -> frozenset[int]:
    words = terms(plain(section.text))
    return frozenset(hash(tuple(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1))


def _alike(sections: Sequence[SectionRow], runs: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """Numbers of sections of different documents in one language, the shorter of which stands nearly whole in the other."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(runs):
        if len(own) >= _FEWEST:
            for run in own:
                holders[run].append(number)
    shared = Counter[tuple[int, int]]()
    for numbers in holders.values():
        if 1 < len(numbers) <= _COMMON:
            shared.update((a, b) for place, a in enumerate(numbers) for b in numbers[place + 1 :] if _apart(sections[a], sections[b]))
    for (one, other), count in shared.items():
        short, long = (one, other) if len(runs[one]) <= len(runs[other]) else (other, one)
        # another figure or product is another statement, however alike the words are
        if count >= NEAR * len(runs[short]) and _figures(sections[short]) <= _figures(sections[long]):
            yield one, other


def _figures(section: SectionRow) -> set[str]:
    return {word for word in terms(plain(f"{section.heading}\n{section.text}")) if any(map(str.isdigit, word))}


def _apart(one: SectionRow, other: SectionRow) -> bool:
    return one.document != other.document and one.language == other.language
