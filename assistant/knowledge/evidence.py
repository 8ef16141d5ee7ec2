"""What a document says and nobody else does: gathered before it goes, or known by its traces once it is gone; it removes and looks for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.knowledge.beside import section_keys
from assistant.knowledge.extract import units
from assistant.knowledge.library import Library
from assistant.knowledge.markdown import plain
from assistant.knowledge.publish import embedded_text
from assistant.store import knowledge as kb
from assistant.store import knowledge_purge as store
from assistant.store.knowledge_purge import Holding
from assistant.store.knowledge_seek import Finds, Sought
from assistant.store.knowledge_traces import Left, Traces, pack, used_by_others
from assistant.text.script import to_simplified, to_traditional
from assistant.text.words import sentences

# shorter stretches are words of everybody: a Chinese character counts three letters
_LEAST = 18
# what a document and its headings are called is blacked out from this length on, where nothing else is called so
_NAMED = 10
_CLAUSE = re.compile(r"[，。；：、！？,;:!?()（）]+\s*|\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a removed document said: `fragments` that no other document says, the hashes of its own chunks, and the text of each.

    Of one that went earlier only `traces` are left: they find the fragments wherever these stand. `names` are what only it is called; `cached` are
    the names of all its cached vectors.
    """

    document: str
    fragments: tuple[str, ...]
    hashes: frozenset[str]
    texts: Mapping[str, str]
    names: tuple[str, ...] = ()
    cached: frozenset[str] = frozenset()
    traces: Traces | None = None
    called: Traces = field(default_factory=Traces)

    @property
    def count(self) -> int:
        """How many texts are looked for."""
        return len(self.fragments) if self.traces is None else self.traces.count

    def finds(self, *codecs: str) -> Finds:
        """What finds the fragments in bytes, as they are and as JSON writes them."""
        return store.sought_of(self.fragments, *codecs) if self.traces is None else self.traces

    def left(self, held: Holding, *, origin: str, path: str) -> Left:
        """What may be kept of the document so that the proof can be given again."""
        said, named = ([form.encode("utf-8", "replace") for text in texts for form in store.written(text)] for texts in (self.fragments, self.names))
        return Left(pack(said), pack(named), self.hashes | self.cached, held.languages, origin, path)


def evidence_of(library: Library, document: str, held: Holding) -> Evidence:
    """What the document says and nobody else does, gathered before it goes."""
    said = {form: _squeezed(form).encode("utf-8", "replace") for form in _said(library, held) if _weight(form) >= _LEAST}
    sought = Sought(said.values())

    def elsewhere(conn: Any) -> frozenset[bytes]:
        texts = store.others_text(conn, document, tenant=library.tenant)
        return sought.present("\0\0".join(map(_squeezed, texts)).encode("utf-8", "replace"))

    common = library.store.read_now(elsewhere)
    fragments = tuple(form for form, squeezed in said.items() if squeezed not in common)
    texts: dict[str, str] = {}
    titles = [title for title, _, _ in held.bodies] or [""]
    for section in held.sections:
        texts |= {chunk.hash: text for chunk, text in embedded_text(section, titles[-1]) if chunk.hash in held.hashes}
    cached = held.hashes | section_keys(held.sections, [title for title, _, _ in held.bodies])
    return Evidence(document, fragments, held.hashes, texts, _names(library, document, held), cached)


def evidence_left(library: Library, document: str, left: Left) -> Evidence:
    """What is known of a document that went earlier, less what another document has or says by now."""

    def read(conn: Any) -> tuple[frozenset[str], list[str]]:
        return used_by_others(conn, document, left.chunks, tenant=library.tenant), list(store.others_text(conn, document, tenant=library.tenant))

    used, texts = library.store.read_now(read)
    others = "\0\0".join(texts).encode("utf-8", "replace")
    said, named = (Traces(packed, without={form for _, form in Traces(packed).places(others)}) for packed in (left.said, left.named))
    own = left.chunks - used
    return Evidence(document, (), own, {}, cached=own, traces=said, called=named)


def _said(library: Library, held: Holding) -> Iterator[str]:
    """Every sentence as it stands, as it is quoted and as it is spoken, in both scripts."""
    names = library.names
    for section in held.sections:
        told = [section.text[start:end] for start, end in sentences(section.text)]
        for unit in units(section, (), names, rivals=frozenset()):
            told += [unit.text, section.text[unit.start : unit.end]]
        # half a sentence is quoted too
        told += [part.strip(" .。…\"'“”‘’") for text in told for part in _CLAUSE.split(text)]
        yield from (form for text in told for form in _forms(text))
    for title, _, body in held.bodies:
        yield from _forms(title)
        for line in body.split("\n"):
            yield from (form for start, end in sentences(line) for form in _forms(line[start:end]))


def _names(library: Library, document: str, held: Holding) -> tuple[str, ...]:
    """What nothing but this document, its headings and its sections is called: citations name them."""
    titles = [title for title, _, _ in held.bodies]
    said = {form for name in (*titles, *(section.heading for section in held.sections)) for part in name.split(" > ") for form in _forms(part)}
    ids = {section.id for section in held.sections}
    sections = library.store.read_now(lambda conn: kb.live_sections(conn, tenant=library.tenant))
    others = {section.id for section in sections if section.document != document}
    sought = Sought(_squeezed(form).encode("utf-8", "replace") for form in said if form)
    texts = library.store.read_now(lambda conn: list(store.others_text(conn, document, tenant=library.tenant)))
    common = sought.present("\0\0".join(map(_squeezed, texts)).encode("utf-8", "replace"))
    called = [form for form in said if _squeezed(form).encode("utf-8", "replace") not in common]
    return tuple(form for form in (*called, *(ids - others)) if _weight(form) >= _NAMED)


def _forms(text: str) -> Iterator[str]:
    for form in dict.fromkeys((text.strip(), " ".join(plain(text).split()))):
        yield form
        yield to_traditional(form)
        yield to_simplified(form)


def _weight(text: str) -> int:
    return sum(3 if char >= "\u2e80" else 1 for char in text if char.isalnum())


def _squeezed(text: str) -> str:
    return "".join(to_simplified(text).split()).lower()
