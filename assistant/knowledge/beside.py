"""A second opinion on sections already found: vectors of whole sections by a slower encoder, made in the background and cached by hash; it searches nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from assistant.errors import BackendUnavailable
from assistant.knowledge.markdown import plain
from assistant.knowledge.snapshot import Snapshot
from assistant.knowledge.vectors import VectorCache, chunk_hash
from assistant.ports import Encoder
from assistant.store.knowledge import SectionRow
from assistant.text.script import to_simplified

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# raised when another text is embedded for a section
FORM = 1
MOST = 700
BATCH, SAVED = 2, 128
POLL_SECONDS = 0.5
# seconds that a command of its own waits for vectors of what a question found, and how many sections it reads before it asks many questions
AT_ONCE, BEFORE = 1.0, 2000
# and those that a question waits in the first minute of a process that makes them beside, where they are at most BEFORE: the same question is answered the
# same way whenever it is asked; with more sections, minutes of it, nobody waits
AT_FIRST = 2.0


class Passages(Encoder, Protocol):
    """An encoder that reads what is searched in another way than what is asked."""

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]: ...


class Paired:
    """The Encoder seam over `first`; `second` is asked for a second opinion."""

    def __init__(self, first: Encoder, second: Passages) -> None:
        self.name, self.version, self.dimension = first.name, first.version, first.dimension
        self.first = first
        self.second = second

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """The first encoder's vectors."""
        return self.first.encode(texts)

    def ping(self) -> str:
        """Both names, once both are loaded. Raises BackendUnavailable."""
        return ", ".join(each.ping() if hasattr(each, "ping") else each.name for each in (self.first, self.second))


def section_key(section: SectionRow, title: str) -> str:
    """The name under which the vector of a whole section is kept."""
    return chunk_hash(f"{FORM}\x1f{title}\x1f{section.hash}")


def section_keys(sections: Iterable[SectionRow], titles: Iterable[str]) -> frozenset[str]:
    """Every name under which a vector of these sections may be kept."""
    known = tuple(dict.fromkeys(titles))
    return frozenset(section_key(section, title) for section in sections for title in known)


def left_behind(earlier: Snapshot, current: Snapshot) -> frozenset[str]:
    """The names of the vectors, of chunks and of whole sections, that only documents use which are in `earlier` and no longer in `current`."""
    gone = {row.id for row in earlier.documents} - {row.id for row in current.documents}
    left = [section for section in earlier.sections if section.document in gone]
    hashes = {section.hash for section in left}
    titles = {row.id: [each.title for each in earlier.documents if each.id == row.id] for row in earlier.documents if row.id in gone}
    names = {chunk.hash for section in left for chunk in section.chunks} - set(current.hashes)
    names |= {section_key(section, title) for section in left for title in titles[section.document]}
    others = ((section, current.documents[int(row)].title) for section, row in zip(current.sections, current.document, strict=True))
    return frozenset(names - {section_key(section, title) for section, title in others if section.hash in hashes})


def section_text(section: SectionRow, title: str) -> str:
    """What is embedded of a section: its headings and its text, in simplified characters, `MOST` of them."""
    head = " > ".join(part for part in (title, section.heading) if part)
    return to_simplified(plain(f"{head}\n{section.context}\n{section.text}"))[:MOST]


@dataclass(frozen=True, slots=True)
class _Aligned:
    """For the sections (s) of a snapshot: names, float32 vectors (s, dimension), which of them are there, and each section's translation (-1 = none)."""

    snapshot: Snapshot
    keys: tuple[str, ...]
    matrix: npt.NDArray[np.float32]
    known: npt.NDArray[np.bool_]
    twins: npt.NDArray[np.int64]


class Beside:
    """Second opinions over live snapshots. Safe for concurrent threads: an alignment is never changed, only replaced."""

    def __init__(self, encoder: Passages, folder: Path) -> None:
        self.encoder = encoder
        self._cache = VectorCache(folder, encoder)
        self._held: dict[str, bytes] | None = None
        self._gone: dict[str, int] = {}
        self._aligned: _Aligned | None = None
        self._guard = Lock()
        self._stop = Event()
        self._thread: Thread | None = None
        # seconds that a question may wait for vectors of what it found
        self.patience = 0.0

    def scores(self, text: str, snapshot: Snapshot, numbers: Sequence[int]) -> npt.NDArray[np.float32] | None:
        """float32 of shape (len(numbers),): how near each section and its translation are to a question.

        None while one of them has no vector: half an opinion would rank by what happened to be read first.
        """
        import numpy as np

        waits = self.patience and (self._thread is None or len(snapshot.sections) <= BEFORE)
        aligned = self._made_at_once(snapshot, numbers) if waits else self._of(snapshot)
        at = np.asarray(numbers, dtype=np.int64)
        twin = aligned.twins[at]
        there = twin >= 0
        if not len(at) or not aligned.known[at].all() or not aligned.known[twin[there]].all():
            return None
        try:
            asked = self.encoder.encode([text])[0]
        except BackendUnavailable:
            return None
        own = aligned.matrix[at] @ asked
        found: npt.NDArray[np.float32] = np.where(there, (own + aligned.matrix[twin] @ asked) / 2, own).astype(np.float32)
        return found

    def _made_at_once(self, snapshot: Snapshot, numbers: Sequence[int]) -> _Aligned:
        """The alignment with the vectors of these sections made as far as patience goes, the first ones first."""
        aligned, fresh, until = self._of(snapshot), dict[str, bytes](), perf_counter() + self.patience
        with suppress(BackendUnavailable):
            twins = (int(aligned.twins[number]) for number in numbers)
            for number in (*numbers, *(twin for twin in twins if twin >= 0)):
                if perf_counter() >= until:
                    break
                if not aligned.known[number] and aligned.keys[number] not in fresh:
                    fresh[aligned.keys[number]] = self._read(snapshot, [number])[0].tobytes()
        self._add(fresh, snapshot)
        return self._of(snapshot, anew=bool(fresh))

    def _read(self, snapshot: Snapshot, rows: Iterable[int]) -> npt.NDArray[np.float32]:
        """Vectors of whole sections, little-endian."""
        texts = [section_text(snapshot.sections[row], snapshot.documents[int(snapshot.document[row])].title) for row in rows]
        return self.encoder.encode_passages(texts).astype("<f4", copy=False)

    def bring(self, snapshot: Snapshot, stop: Event | None = None, progress: Callable[[int, int], None] | None = None) -> int:
        """Makes the vectors that are missing, those of removed sections forgotten; the number made. Ends early when `stop` is set."""
        aligned = self._of(snapshot)
        with self._guard:
            # what belongs to no live section any more is held no longer
            self._held = {name: data for name in aligned.keys if (data := (self._held or {}).get(name)) is not None}
        wanted = {aligned.keys[number]: number for number, known in enumerate(aligned.known.tolist()) if not known}
        names, made = list(wanted), 0
        fresh: dict[str, bytes] = {}
        for start in range(0, len(names), BATCH):
            if stop is not None and stop.is_set():
                break
            # a command that asks for all of them reads beside the thread that follows
            held = self._held or {}
            batch = [name for name in names[start : start + BATCH] if name not in held]
            if not batch:
                continue
            vectors = self._read(snapshot, [wanted[name] for name in batch])
            fresh.update((name, vector.tobytes()) for name, vector in zip(batch, vectors, strict=True))
            made += len(batch)
            if len(fresh) >= SAVED:
                self._add(fresh, snapshot)
                fresh = {}
            if progress is not None:
                progress(made, len(names))
        self._add(fresh, snapshot)
        if made:
            self._of(snapshot, anew=True)
        return made

    def follow(self, snapshot: Callable[[], Snapshot]) -> None:
        """Keeps up with the newest snapshot in a thread of the lowest priority; until it has, questions wait a little."""
        self.patience = self.patience or AT_FIRST

        def run() -> None:
            _humble()
            while not self._stop.is_set():
                # an encoder that does not load leaves the first one alone; a store that is busy is asked again
                with suppress(BackendUnavailable):
                    self.bring(snapshot(), self._stop)
                self._stop.wait(POLL_SECONDS)

        self._thread = Thread(target=run, name="second opinion", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stops following; a second call does nothing."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._thread = None

    def forget(self, names: Collection[str], head: int) -> None:
        """Drops vectors by name; what is still made of a snapshot from before change `head` is kept under none of them."""
        with self._guard:
            self._gone |= dict.fromkeys(names, head)
            if self._held is not None:
                self._held = {name: data for name, data in self._held.items() if name not in self._gone}

    def _add(self, fresh: dict[str, bytes], snapshot: Snapshot) -> None:
        with self._guard:
            kept = {name: data for name, data in fresh.items() if self._gone.get(name, 0) <= snapshot.head}
            if kept:
                self._cache.add(kept)
                self._held = {**(self._held or {}), **kept}

    def _of(self, snapshot: Snapshot, *, anew: bool = False) -> _Aligned:
        aligned = self._aligned
        if aligned is not None and aligned.snapshot is snapshot and not anew:
            return aligned
        with self._guard:
            held = self._held = self._held if self._held is not None else self._cache.load()
        # outside of the lock: who asks must not wait for a thread of the lowest priority
        made = _align(snapshot, held, self.encoder.dimension, earlier=aligned)
        with self._guard:
            other = self._aligned
            if other is None or other.snapshot is not snapshot or other.known.sum() <= made.known.sum():
                self._aligned = made
        return made


def _align(snapshot: Snapshot, held: dict[str, bytes], dimension: int, *, earlier: _Aligned | None) -> _Aligned:
    """The vectors of a snapshot's sections: those that stood in the earlier alignment copied, the others looked up."""
    import numpy as np

    keys, table = [""] * len(snapshot.sections), np.zeros((len(snapshot.sections), dimension), dtype=np.float32)
    known = np.zeros(len(keys), dtype=bool)
    # a section that did not change is the same object, and so is its title
    places = {id(section): number for number, section in enumerate(earlier.snapshot.sections)} if earlier is not None else {}
    before = np.array([places.get(id(section), -1) for section in snapshot.sections], dtype=np.int64)
    if earlier is not None:
        kept = np.flatnonzero(before >= 0)
        table[kept], known[kept] = earlier.matrix[before[kept]], earlier.known[before[kept]]
        for number in kept.tolist():
            keys[number] = earlier.keys[before[number]]
    titles = [row.title for row in snapshot.documents]
    for number in np.flatnonzero(~known).tolist():
        name = keys[number] = keys[number] or section_key(snapshot.sections[number], titles[int(snapshot.document[number])])
        data = held.get(name)
        if data is not None and len(data) == 4 * dimension:
            table[number] = np.frombuffer(data, dtype="<f4")
            known[number] = True
    return _Aligned(snapshot, tuple(keys), table, known, _twins(snapshot))


def _twins(snapshot: Snapshot) -> npt.NDArray[np.int64]:
    """Each section's place in the other language variant of its document, where both have as many sections and the same readers; -1 = none."""
    import numpy as np

    places: dict[str, dict[str, list[int]]] = {}
    for number, section in enumerate(snapshot.sections):
        places.setdefault(section.document, {}).setdefault(section.language, []).append(number)
    readers = {(row.id, row.language): (row.audience, row.valid_from, row.valid_until) for row in snapshot.documents}
    twins = np.full(len(snapshot.sections), -1, dtype=np.int64)
    for document, variants in places.items():
        if len(variants) != 2:
            continue
        (one, mine), (other, theirs) = variants.items()
        if len(mine) == len(theirs) and readers[document, one] == readers[document, other]:
            twins[mine], twins[theirs] = theirs, mine
    return twins


def _humble() -> None:
    """The lowest priority for the thread that calls, where the system knows priorities of threads."""
    import os
    from threading import get_native_id

    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, get_native_id(), 19)
