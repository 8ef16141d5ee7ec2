"""Looks for a removed document beneath every check: in raw rows, in the raw vector index, in a fresh lexical index and in the caches; it removes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.knowledge.beneath import cached_hits, index_hits
from assistant.knowledge.evidence import Evidence
from assistant.knowledge.lexical import Lexical
from assistant.knowledge.library import Library
from assistant.knowledge.markdown import plain
from assistant.knowledge.terms import terms
from assistant.store import knowledge as kb
from assistant.store import knowledge_purge as store
from assistant.text.script import to_simplified, to_traditional

# so many stretches of the text are asked for, spread over all of it
_ASKED = 24
_NEAREST = 10


@dataclass(frozen=True, slots=True)
class Probed:
    """What looking into one store found: `probes` questions asked, `hits` answers that were it."""

    store: str
    probes: int
    hits: int


def prove(library: Library, evidence: Evidence, *, transcripts: bool) -> tuple[Probed, ...]:
    """Asks every store for the document, for its words and for paraphrases of them; `transcripts`: stored conversations count as well."""
    return (_rows(library, evidence), _texts(library, evidence, transcripts=transcripts), _index(library, evidence), _lexical(library, evidence),
            _caches(library, evidence))  # fmt: skip


def _rows(library: Library, evidence: Evidence) -> Probed:
    left = library.store.read_now(lambda conn: store.survivors(conn, evidence.document, evidence.hashes, tenant=library.tenant))
    return Probed("rows", len(left), sum(left.values()))


def _texts(library: Library, evidence: Evidence, *, transcripts: bool) -> Probed:
    names, sought = store.tables_to_search(transcripts=transcripts), evidence.finds()
    hits = library.store.read_now(lambda conn: sum(store.text_hits(conn, name, sought) for name in names))
    return Probed("texts", len(names) * max(evidence.count, 1), hits)


def _index(library: Library, evidence: Evidence) -> Probed:
    """The raw index of the state, asked for the chunks by name and for what lies nearest to their words and to paraphrases of them."""
    asked = [text for chosen in spread([*evidence.texts.values()], _ASKED) for text in (chosen, *paraphrases(chosen))]
    vectors = list(library.encoder.encode(asked)) if asked else []
    probes, hits = index_hits(library.state / "vectors", hashes=evidence.hashes, vectors=vectors, k=_NEAREST)
    return Probed("vector index", probes, hits)


def _lexical(library: Library, evidence: Evidence) -> Probed:
    """A word index made now of every stored section, whatever its state."""
    rows = library.store.read_now(lambda conn: kb.raw_sections(conn, tenant=library.tenant))
    index = Lexical([terms(f"{plain(heading)}\n{plain(text)}") for _, heading, text in rows])
    said = evidence.finds("utf-8").holders([f"{heading}\0{text}".encode("utf-8", "replace") for _, heading, text in rows])
    if evidence.traces is not None:
        # nobody knows its words any more, so that every section is looked at instead of those that a question finds
        return Probed("lexical index", len(rows), sum(1 for number, row in enumerate(rows) if row[0] == evidence.document or number in said))
    hits, asked = 0, [text for chosen in spread(evidence.fragments, _ASKED) for text in (chosen, *paraphrases(chosen))]
    for text in asked:
        scores = index.scores(terms(text))
        best = scores.argsort()[::-1][:_NEAREST].tolist() if len(scores) else []
        hits += sum(1 for number in best if scores[number] > 0 and (rows[number][0] == evidence.document or number in said))
    return Probed("lexical index", len(asked), hits)


def _caches(library: Library, evidence: Evidence) -> Probed:
    probes, hits = cached_hits(library.cache, evidence.cached or evidence.hashes)
    return Probed("caches", probes, hits)


def spread(texts: Sequence[str], most: int) -> list[str]:
    """At most `most` of the texts, evenly over all of them."""
    step = max(len(texts) / most, 1.0) if texts else 1.0
    return [texts[int(number * step)] for number in range(min(most, len(texts)))]


def paraphrases(text: str) -> Iterator[str]:
    """The same in other words as far as no model is needed: turned round, cut short, in the other script."""
    words = text.split()
    pieces = words if len(words) > 3 else [text[at : at + 6] for at in range(0, len(text), 6)]
    half = len(pieces) // 2
    joint = " " if pieces is words else ""
    yield joint.join((*pieces[half:], *pieces[:half]))
    yield joint.join(pieces[: max(2, len(pieces) * 2 // 3)])
    other = to_traditional(text) if to_traditional(text) != text else to_simplified(text)
    if other != text:
        yield other
