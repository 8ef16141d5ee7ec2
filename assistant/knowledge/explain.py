"""Why a search found what it found: ranks by meaning, by words and mixed, and the words that met; two settings side by side. It changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from assistant.errors import InvalidInput
from assistant.knowledge.calibration import KEY, retrieval_of
from assistant.knowledge.fit import Bench
from assistant.knowledge.query import Query
from assistant.knowledge.search import Found, Hit, HybridRetriever, Mix, passage
from assistant.store.knowledge import SectionRow
from assistant.types import Language, Passage, Scope

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Why:
    """A passage found with its places (from 1) among all sections in scope. `cosine` and `share` are the scores before scaling.

    `met` are the question's words, `ideas` the ideas and `names` the product names that the section says; `lacks` what it does not say.
    `chunk` is the stretch whose meaning is nearest to the question's.
    """

    passage: Passage
    place: int
    by_meaning: int
    by_words: int
    cosine: float
    share: float
    met: tuple[str, ...]
    ideas: tuple[str, ...]
    names: tuple[str, ...]
    lacks: tuple[str, ...]
    chunk: str

    @property
    def key(self) -> Key:
        return (self.passage.document, self.passage.language, self.passage.id)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A question as it was read, and the passages found; None for `query` when it has no words to search with."""

    question: str
    mix: Mix
    query: Query | None
    passages: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A section found under one of two settings, with its place under each (None = not among those shown)."""

    document: str
    section: str
    title: str
    before: int | None
    after: int | None


def explain(live: Bench, question: str, *, language: Language, scope: Scope, k: int = 5) -> Explanation:
    """What a question finds within `scope`, and why."""
    found = HybridRetriever(live).find(question, language=language, scope=scope, k=k)
    if found is None:
        return Explanation(question, live.mix, None, ())
    whole = HybridRetriever(live).find(question, language=language, scope=scope, k=len(found.snapshot.sections))
    scored = whole.hits if whole else ()
    by_meaning = {hit.number: place for place, hit in enumerate(sorted(scored, key=lambda hit: -hit.cosine), 1)}
    by_words = {hit.number: place for place, hit in enumerate(sorted(scored, key=lambda hit: -hit.share), 1)}
    shown = tuple(
        _why(found, hit, place, by_meaning=by_meaning.get(hit.number, 0), by_words=by_words.get(hit.number, 0)) for place, hit in enumerate(found.hits, 1)
    )
    return Explanation(question, live.mix, found.query, shown)


def _why(found: Found, hit: Hit, place: int, *, by_meaning: int, by_words: int) -> Why:
    said = frozenset(found.snapshot.terms[hit.number])
    met, lacks, ideas = [], [], []
    for item in found.query.items:
        word = " ".join(item.terms)
        meant = [idea for idea in item.ideas if idea in said]
        ideas += meant
        if all(term in said for term in item.terms):
            met.append(word)
        elif meant:
            met.append(f"{word} (in other words)")
        else:
            lacks.append(word)
    names = tuple(term for term in found.query.names if term in said)
    lacks += [term for term in found.query.names if term not in said]
    return Why(
        passage(hit), place, by_meaning, by_words, hit.cosine, hit.share, tuple(met), tuple(dict.fromkeys(ideas)), names, tuple(lacks), _nearest(found, hit)
    )


def _nearest(found: Found, hit: Hit) -> str:
    """The chunk of a section that is nearest to the question; empty where its heading is."""
    section: SectionRow = hit.section
    first = int(found.snapshot.first[hit.number])
    rows = found.snapshot.matrix[first : first + len(section.chunks)]
    if not len(rows):
        return ""
    best = int((rows @ found.vector).argmax())
    return section.text[section.chunks[best].start : section.chunks[best].end] if best else ""


def moves(before: Explanation, after: Explanation) -> tuple[Move, ...]:
    """The sections that either setting shows, in the order of the second one."""
    places = {each.key: each.place for each in before.passages}
    found = [Move(each.passage.document, each.passage.id, each.passage.title, places.pop(each.key, None), each.place) for each in after.passages]
    gone = [each for each in before.passages if each.key in places]
    return (*found, *(Move(each.passage.document, each.passage.id, each.passage.title, each.place, None) for each in gone))


def mix_of(settings: Mapping[str, Any], start: Mix) -> Mix:
    """The mix that settings describe: fields of `Mix` by themselves, under `mix`, or a whole calibration; what is not named stays as in `start`.

    Raises InvalidInput for an unknown name or a value that is no number.
    """
    held = settings.get(KEY, settings)
    if isinstance(held, Mapping) and "order" in held:
        return retrieval_of({KEY: held}).mix
    named = held.get("mix", held) if isinstance(held, Mapping) else held
    if not isinstance(named, Mapping):
        raise InvalidInput('settings are a JSON object such as {"weight": 0.5}')
    known = {each.name for each in fields(Mix)}
    wrong = sorted(set(named) - known)
    if wrong:
        raise InvalidInput(f"there is no setting {', '.join(map(repr, wrong))}; there are: {', '.join(sorted(known))}")
    if bad := [name for name, value in named.items() if isinstance(value, bool) or not isinstance(value, int | float)]:
        raise InvalidInput(f"{bad[0]!r} is no number")
    return replace(start, **{name: float(value) for name, value in named.items()})


def as_json(found: Explanation) -> dict[str, Any]:
    """An explanation for programs."""
    return {
        "query": found.question,
        "read": {"words": list(found.query.words), "ideas": list(found.query.ideas), "names": list(found.query.names)} if found.query else None,
        "passages": [_row(each) for each in found.passages],
    }


def _row(each: Why) -> dict[str, Any]:
    p = each.passage
    return {
        "document": p.document, "version": p.version, "section": p.id, "title": p.title, "language": p.language, "text": p.text,
        "rank": {"fused": each.place, "dense": each.by_meaning, "lexical": each.by_words},
        "score": {"fused": round(p.fused, 4), "dense": round(p.dense, 4), "lexical": round(p.lexical, 4), "cosine": round(each.cosine, 4),
                  "share": round(each.share, 4)},
        "why": {"met": list(each.met), "names": list(each.names), "lacks": list(each.lacks), "nearest": each.chunk},
    }  # fmt: skip


def side_by_side(found: Sequence[Move]) -> list[dict[str, Any]]:
    """Moves for programs."""
    return [{"document": each.document, "section": each.section, "title": each.title, "before": each.before, "after": each.after} for each in found]
