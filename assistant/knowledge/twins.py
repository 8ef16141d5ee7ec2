"""Sections that repeat another document's: found beside a section, so that it is shown once with every place that says it; which one stays is not decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.knowledge.duplicates import repeats
from assistant.knowledge.said import Memo
from assistant.knowledge.snapshot import Snapshot, allowed
from assistant.text.words import sentences
from assistant.types import Answer, Citation, Passage, Scope, Sentence

if TYPE_CHECKING:
    from assistant.store.knowledge import DocumentRow

# sections looked at beside one, and terms of it that they are looked for by
NEAREST, TERMS = 12, 80
# places told of one sentence
MOST = 4
Live = Callable[[dict[tuple[str, str], int]], set[tuple[str, str]]]


def twins(snapshot: Snapshot, number: int, memo: Memo | None = None) -> tuple[int, ...]:
    """The sections of other documents that say what a section says, or nearly all of it with no other figure, nearest by words first."""
    import numpy as np

    if snapshot.sections[number].kind in ("row", "edge") or len(snapshot.sections) < 2:
        return ()
    shares = snapshot.lexical.shares(((tuple(dict.fromkeys(snapshot.terms[number]))[:TERMS], 1.0),))
    most = min(NEAREST, len(shares) - 1)
    near = np.argpartition(shares, -most)[-most:].tolist()
    own = snapshot.sections[number]
    return tuple(at for at in sorted(near, key=lambda at: (-shares[at], at)) if at != number and repeats(own, snapshot.sections[at], memo))


def with_twins(answer: Answer, snapshot: Snapshot, scope: Scope, live: Live, memo: Memo | None = None) -> Answer:
    """The answer with each place that says a quoted sentence too, and a sentence that stands in two documents told once. `memo` keeps what texts come to."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    told: dict[str, Sentence] = {}
    for sentence in answer.sentences:
        places = list(sentence.citations)
        for citation in sentence.citations:
            key = citation.document, citation.section
            if key not in found:
                found[key] = _shown(snapshot, citation, scope, live, memo)
            more = (_place(snapshot, number, citation.quote) for number in found[key])
            places += [place for place in more if place is not None]
        squeezed = "".join(sentence.text.split())
        earlier = told.get(squeezed)
        merged = dict.fromkeys([*(earlier.citations if earlier else ()), *places])
        most = max(MOST, len(sentence.citations))
        told[squeezed] = Sentence((earlier or sentence).text, tuple(merged)[:most])
    return replace(answer, sentences=tuple(told.values()))


def _shown(snapshot: Snapshot, citation: Citation, scope: Scope, live: Live, memo: Memo | None) -> tuple[int, ...]:
    """The twins of a cited section that a caller may see now."""
    languages = dict.fromkeys(row.language for row in snapshot.documents)
    places = snapshot.scopes.places
    number = next((places[key] for language in languages if (key := (citation.document, citation.section, language)) in places), None)
    if number is None or snapshot.sections[number].version != citation.version:
        return ()
    wanted = set(scope.products)
    # what is asked of one product is never told from another's page, word for word the same or not
    near = twins(snapshot, number, memo)
    about = [set(snapshot.sections[at].products) for at in near]
    seen = [at for at, own in zip(near, about, strict=True) if allowed(_row(snapshot, at), scope) and (not wanted or not own or own & wanted)]
    rows = {(row.id, row.language): row.version for row in (_row(snapshot, at) for at in seen)}
    held = live(rows) if rows else set()
    return tuple(at for at in seen if (snapshot.sections[at].document, snapshot.sections[at].language) in held)


def _row(snapshot: Snapshot, number: int) -> DocumentRow:
    return snapshot.documents[int(snapshot.document[number])]


def _place(snapshot: Snapshot, number: int, quote: str) -> Citation | None:
    """Where a section says a quote, word for word; None where it says it otherwise."""
    section = snapshot.sections[number]
    wanted = "".join(quote.split())
    start = section.text.find(quote)
    if start >= 0:
        span = (start, start + len(quote))
    else:
        spans = sentences(section.text)
        span = next(((at, end) for at, end in spans if "".join(section.text[at:end].split()) == wanted), (0, 0))
    if span == (0, 0):
        return None
    row = _row(snapshot, number)
    title = f"{row.title} > {section.heading}" if section.heading else row.title
    return Citation(section.document, section.version, section.id, section.text[slice(*span)], *span, title)


def joined(passages: Sequence[Passage], snapshot: Snapshot) -> tuple[Passage, ...]:
    """Passages best first, each once: one that repeats a better one of another document is named `also` with it."""
    kept: list[tuple[Passage, int]] = []
    for passage in passages:
        number = snapshot.scopes.places.get((passage.document, passage.id, passage.language))
        if number is None:
            kept.append((passage, -1))
            continue
        section = snapshot.sections[number]
        at = next((n for n, (_, other) in enumerate(kept) if other >= 0 and repeats(snapshot.sections[other], section)), None)
        if at is None:
            kept.append((passage, number))
        else:
            better, other = kept[at]
            kept[at] = (replace(better, also=(*better.also, f"{passage.document}@{passage.version}#{passage.id}")), other)
    return tuple(passage for passage, _ in kept)
