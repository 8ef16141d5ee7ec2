"""Everything live at one change number, in memory and never changed: sections, their vectors and terms, and who may see what; built from SQL alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.ingest import Records
from assistant.knowledge.lexical import Lexical
from assistant.knowledge.markdown import plain
from assistant.knowledge.rows import REVIEWS
from assistant.knowledge.terms import terms
from assistant.knowledge.vectors import matrix, stamp
from assistant.ports import Encoder
from assistant.store import knowledge as kb
from assistant.store.knowledge import DocumentRow, SectionRow
from assistant.types import Scope

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Pair = tuple[SectionRow, tuple[str, ...]]
Place = tuple[str, str, str]
_EVER, _NEVER = float("-inf"), float("inf")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Arrays run over `sections` (s), over all their chunks (c) and over `documents` (d), the live language variants.

    `matrix` float32 (c, dimension); `first` int (s): a section's first chunk; `owner` int (c): a chunk's section; `document` int (s): a section's variant;
    `edges` float32 (s): 1 for a catalogue edge; `holders`: a section that has the chunk of that hash; `sharers`: all of them, where there are several.
    `apart`: sections by (document, id, language) that no search finds and no fact is read from: what customers wrote, which is only ever quoted as that.
    """

    head: int
    documents: tuple[DocumentRow, ...]
    sections: tuple[SectionRow, ...]
    terms: tuple[tuple[str, ...], ...]
    lexical: Lexical
    matrix: npt.NDArray[np.float32]
    first: npt.NDArray[np.int64]
    owner: npt.NDArray[np.int64]
    document: npt.NDArray[np.int64]
    edges: npt.NDArray[np.float32]
    hashes: tuple[str, ...]
    holders: Mapping[str, int]
    sharers: Mapping[str, Sequence[int]]
    scopes: Scopes
    apart: Mapping[Place, SectionRow] = field(default_factory=dict)

    def section(self, document: str, section: str, language: str) -> int:
        """The number of a live section. Raises KeyError."""
        return self.scopes.places[document, section, language]


@dataclass(frozen=True, slots=True)
class Scopes:
    """What decides whether a section may be shown. `starts` and `ends` are instants (d); `twins`: by language, each variant's twin in it (-1 = none)."""

    internal: npt.NDArray[np.bool_]
    starts: npt.NDArray[np.float64]
    ends: npt.NDArray[np.float64]
    languages: npt.NDArray[np.object_]
    twins: Mapping[str, npt.NDArray[np.int64]]
    generic: npt.NDArray[np.bool_]
    products: Mapping[str, npt.NDArray[np.int64]]
    places: Mapping[tuple[str, str, str], int]

    def mask(self, scope: Scope, language: str, document: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """bool (s): the sections `scope` allows. Of a document with a variant in `language` ("zh" or "en"), only that variant."""
        import numpy as np

        at = scope.at.timestamp()
        live = (self.starts <= at) & (at < self.ends)
        if scope.audience == "public":
            live &= ~self.internal
        shown = live
        twin = self.twins.get(language)
        if twin is not None and len(live):
            doubled = (self.languages != language) & (twin >= 0) & live[twin]
            shown = live & ~doubled
        mask: npt.NDArray[np.bool_] = shown[document] if len(shown) else np.zeros(0, dtype=bool)
        if scope.products:
            mask = mask & self._concerning(scope.products)
        return mask

    def _concerning(self, products: Sequence[str]) -> npt.NDArray[np.bool_]:
        wanted = self.generic.copy()
        for sku in products:
            if sku in self.products:
                wanted[self.products[sku]] = True
        return wanted


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where what is missing is read."""

    store: Records
    encoder: Encoder
    tenant: str


def allowed(row: DocumentRow, scope: Scope) -> bool:
    """Whether a variant may be shown to a caller at the instant of `scope`; products are a section's matter."""
    if row.state != "live" or (row.audience != "public" and scope.audience == "public"):
        return False
    return _before(row.valid_from, scope.at) and (row.valid_until is None or scope.at < row.valid_until)


def _before(start: datetime | None, at: datetime) -> bool:
    return start is None or start <= at


def load(store: Records, encoder: Encoder, *, tenant: str, concepts: Concepts, earlier: Snapshot | None = None) -> Snapshot:
    """The newest snapshot; what did not change is taken over from `earlier`, and only the rest is read from SQL."""
    head = store.read_now(lambda conn: kb.last_change(conn, tenant=tenant))
    if earlier is not None and earlier.head == head:
        return earlier
    kept: list[tuple[Pair, int]] = []
    keys: Sequence[tuple[str, str]] | None = None
    if earlier is not None:
        keys = store.read_now(lambda conn: kb.changed_since(conn, earlier.head, tenant=tenant))
        touched = set(keys)
        both = enumerate(zip(earlier.sections, earlier.terms, strict=True))
        kept = [(pair, number) for number, pair in both if (pair[0].document, pair[0].language) not in touched]
    documents, read = store.read_now(lambda conn: (kb.live_documents(conn, tenant=tenant), kb.live_sections(conn, tenant=tenant, keys=keys)))
    titles = {(row.id, row.language): row.title for row in documents}
    apart = {(each.document, each.id, each.language): each for each in read if each.document == REVIEWS}
    if earlier is not None:
        apart |= {place: each for place, each in earlier.apart.items() if (place[0], place[2]) not in touched and (place[0], place[2]) in titles}
    read = tuple(each for each in read if each.document != REVIEWS)
    placed = kept + [((section, section_terms(section, titles[section.document, section.language], concepts)), -1) for section in read]
    placed = [each for each in placed if (each[0][0].document, each[0][0].language) in titles]
    placed.sort(key=lambda each: (each[0][0].document, each[0][0].language, each[0][0].position))
    pairs, origin = [pair for pair, _ in placed], [number for _, number in placed]
    if earlier is None:
        vectors, lexical = _vectors(store, encoder, tenant, hashes=_hashes(pairs)), Lexical([words for _, words in pairs])
    else:
        vectors = _taken_over(_Reading(store, encoder, tenant), pairs, origin, earlier)
        lexical = earlier.lexical.edited([words for _, words in pairs], origin, earlier.terms)
    return replace(_assemble(head, documents, pairs, vectors, lexical=lexical), apart=apart)


def section_terms(section: SectionRow, title: str, concepts: Concepts) -> tuple[str, ...]:
    """The search terms of a section: its words and the ideas behind them; the headings count twice, because they say what it is about."""
    found = terms(f"{title}\n{section.heading}\n{section.heading}\n{plain(section.context)}\n{plain(section.text)}")
    return (*found, *concepts.of(found))


def _hashes(pairs: Sequence[Pair]) -> tuple[str, ...]:
    return tuple(chunk.hash for section, _ in pairs for chunk in section.chunks)


def _vectors(store: Records, encoder: Encoder, tenant: str, *, hashes: Sequence[str]) -> npt.NDArray[np.float32]:
    return store.read_now(lambda conn: matrix(hashes, kb.each_vector(conn, tenant=tenant, encoder=stamp(encoder)), encoder.dimension))


def _taken_over(reading: _Reading, pairs: Sequence[Pair], origin: Sequence[int], earlier: Snapshot) -> npt.NDArray[np.float32]:
    """The vectors of all chunks: those of sections that stood in `earlier` copied from it, the others, and what was missing there, read."""
    import numpy as np

    hashes, dimension = _hashes(pairs), reading.encoder.dimension
    sizes = np.array([len(section.chunks) for section, _ in pairs], dtype=np.int64)
    place = np.repeat(np.asarray(origin, dtype=np.int64), sizes)
    kept = np.flatnonzero(place >= 0)
    # a chunk stands as far behind its section's first one as it did
    behind = np.arange(len(place)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    made = np.zeros((len(hashes), dimension), dtype=np.float32)
    made[kept] = earlier.matrix[earlier.first[place[kept]] + behind[kept]]
    # a row of zeros is a vector that was not there yet
    missing = np.flatnonzero(~made.any(axis=1)).tolist()
    if missing:
        wanted = [hashes[row] for row in missing]
        name = stamp(reading.encoder)
        read = reading.store.read_now(lambda conn: kb.known_vectors(conn, tenant=reading.tenant, encoder=name, hashes=set(wanted)))
        made[missing] = matrix(wanted, read.items(), dimension)
    return made


def _assemble(
    head: int,
    documents: tuple[DocumentRow, ...],
    pairs: Sequence[Pair],
    vectors: npt.NDArray[np.float32],
    *,
    lexical: Lexical | None = None,
) -> Snapshot:
    import numpy as np

    numbers = {(row.id, row.language): number for number, row in enumerate(documents)}
    sections = tuple(section for section, _ in pairs)
    hashes = _hashes(pairs)
    sizes = np.array([len(section.chunks) for section in sections], dtype=np.int64)
    owner = np.repeat(np.arange(len(sections)), sizes)
    owners = owner.tolist()
    holders = dict(zip(hashes, owners, strict=True))
    sharers: dict[str, list[int]] = {}
    if len(holders) < len(hashes):
        for digest, number in zip(hashes, owners, strict=True):
            if holders[digest] != number:
                sharers.setdefault(digest, [holders[digest]]).append(number)
    return Snapshot(
        head=head,
        documents=documents,
        sections=sections,
        terms=tuple(words for _, words in pairs),
        lexical=lexical or Lexical([words for _, words in pairs]),
        matrix=vectors,
        first=np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64) if len(sizes) else sizes,
        owner=owner,
        document=np.array([numbers[section.document, section.language] for section in sections], dtype=np.int64),
        edges=np.array([section.kind == "edge" for section in sections], dtype=np.float32),
        hashes=hashes,
        holders=holders,
        sharers=sharers,
        scopes=_scopes(documents, sections),
    )


def _scopes(documents: Sequence[DocumentRow], sections: Sequence[SectionRow]) -> Scopes:
    import numpy as np

    numbers = {(row.id, row.language): number for number, row in enumerate(documents)}
    languages = sorted({row.language for row in documents})
    about: dict[str, list[int]] = {}
    for number, section in enumerate(sections):
        for sku in section.products:
            about.setdefault(sku, []).append(number)
    return Scopes(
        internal=np.array([row.audience != "public" for row in documents], dtype=bool),
        starts=np.array([row.valid_from.timestamp() if row.valid_from else _EVER for row in documents], dtype=np.float64),
        ends=np.array([row.valid_until.timestamp() if row.valid_until else _NEVER for row in documents], dtype=np.float64),
        languages=np.array([row.language for row in documents], dtype=object),
        twins={language: np.array([numbers.get((row.id, language), -1) for row in documents], dtype=np.int64) for language in languages},
        generic=np.array([not section.products for section in sections], dtype=bool),
        products={sku: np.array(found, dtype=np.int64) for sku, found in about.items()},
        places={(section.document, section.id, section.language): number for number, section in enumerate(sections)},
    )


def empty(dimension: int) -> Snapshot:
    """A snapshot of nothing."""
    return replace(_assemble(0, (), (), matrix((), (), dimension)), head=-1)


def _key(section: SectionRow) -> tuple[str, str]:
    return section.document, section.language


def only(snapshot: Snapshot, languages: Sequence[str]) -> Snapshot:
    """The snapshot as it would be without the variants in other languages."""
    kept = {(row.id, row.language) for row in snapshot.documents if row.language in languages}
    pairs = [pair for pair in zip(snapshot.sections, snapshot.terms, strict=True) if _key(pair[0]) in kept]
    vectors = snapshot.matrix[[row for row, owner in enumerate(snapshot.owner.tolist()) if _key(snapshot.sections[owner]) in kept]]
    documents = tuple(row for row in snapshot.documents if row.language in languages)
    return _assemble(snapshot.head, documents, pairs, vectors)
