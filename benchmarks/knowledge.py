"""Speed of the documents: parsing, indexing, searching with scope filters at two sizes, one edit until it is found, and the index of words.

Run `python -m benchmarks.knowledge [--sections N] [--large N] [--queries N]`: all figures in one run, over invented documents. Vectors are made from hashes
where the figure is about what happens to them, so that no encoder hides it; the packaged encoder is measured beside.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import numpy as np

from assistant.clock import FrozenClock
from assistant.knowledge.base import Knowledge
from assistant.knowledge.concepts import concepts_of
from assistant.knowledge.encode import packaged_encoder
from assistant.knowledge.index import client_of, fill, make_collections
from assistant.knowledge.ingest import document_source, sources, sync
from assistant.knowledge.lexical import Lexical
from assistant.knowledge.library import Run, add_files
from assistant.knowledge.load.open import load
from assistant.knowledge.mentions import names_of
from assistant.knowledge.publish import section_hash
from assistant.knowledge.snapshot import section_terms
from assistant.knowledge.sources import File, Intake
from assistant.store.engine import open_store
from assistant.types import Scope
from assistant.workspace.load import read_workspace
from benchmarks.ground import machine, spread
from benchmarks.retrieval import NOW, ROOT
from benchmarks.synthetic import EN, ZH, synthetic_documents

if TYPE_CHECKING:
    import numpy.typing as npt

    from assistant.workspace.model import Document, Workspace

DIMENSION = 256
GROUPS = 400


class HashEncoder:
    """Unit vectors that a text's hash decides, near one of some hundred centres as real ones are; it costs next to nothing."""

    name, version, dimension = "hash", "1", DIMENSION

    def __init__(self) -> None:
        self._centres = np.random.default_rng(7).standard_normal((GROUPS, DIMENSION)).astype(np.float32)
        self._noise = np.random.default_rng(8).standard_normal((4096, DIMENSION)).astype(np.float32)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        rows = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for number, text in enumerate(texts):
            seed = int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")
            rows[number] = self._centres[seed % GROUPS] + self._noise[(seed >> 16) % 4096] + self._noise[(seed >> 32) % 4096]
        made: npt.NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return made


def html(document: Document) -> bytes:
    """An invented document as a web page."""
    parts = []
    for line in document.body.split("\n"):
        parts.append(f"<h2>{line[3:]}</h2>" if line.startswith("## ") else f"<p>{line}</p>" if line else "")
    return f"<html><head><title>{document.title}</title></head><body><article>{''.join(parts)}</article></body></html>".encode()


def parse(workspace: Workspace, documents: Sequence[Document], kind: str) -> tuple[int, float]:
    """(sections, seconds of processor): bytes read, cut, hashed, and an index of their words."""
    names, concepts = names_of(workspace.catalog), concepts_of(workspace.catalog)
    raw = [document.body.encode() if kind == "markdown" else html(document) for document in documents]
    began, words, count = time.thread_time(), [], 0
    for document, data in zip(documents, raw, strict=True):
        loaded = load(data, name=f"{document.id}.{kind}")
        for section in document_source(replace(document, body=loaded.text), names=names, zone=workspace.zone, at=NOW).cut():
            section_hash(section)
            words.append(section_terms(section, document.title, concepts))
            count += 1
    Lexical(words)
    return count, time.thread_time() - began


def chroma(count: int) -> tuple[float, str]:
    """(seconds that a new collection takes for so many vectors at hand, its queries for the nearest sixty)."""
    encoder = HashEncoder()
    vectors = encoder.encode([str(number) for number in range(count)])
    with tempfile.TemporaryDirectory() as folder:
        client = client_of(Path(folder))
        collection = make_collections(client, "bench")["public"]
        began = time.perf_counter()
        fill(collection, [str(number) for number in range(count)], vectors, list(range(count)))
        took = time.perf_counter() - began
        asked = {f"question {number}": encoder.encode([f"question {number}"])[0] for number in range(100)}
        found = timed(lambda text: collection.query(query_embeddings=[asked[text]], n_results=60, include=["distances"]), list(asked))
        client.close()
    return took, found


@contextmanager
def served(workspace: Workspace, sections: int) -> Iterator[Knowledge]:
    """A running knowledge base of so many sections, its index ready."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "assistant.db") as store:
        grown = replace(workspace, documents=(*workspace.documents, *synthetic_documents(sections)), root=Path(folder))
        encoder = HashEncoder()
        knowledge = Knowledge(store, grown, encoder, state=Path(folder), clock=FrozenClock(NOW))
        sync(store, sources(grown, NOW), encoder=encoder, tenant=knowledge.tenant, at=NOW)
        knowledge.start()
        try:
            while not getattr(knowledge.index, "ready", False):
                time.sleep(0.2)
            yield knowledge
        finally:
            knowledge.close()


def questions(count: int) -> list[str]:
    """Invented questions in both languages, no two alike."""
    chance = np.random.default_rng(3)
    made = []
    for number in range(count):
        picked = chance.permutation(len(ZH))[:3]
        made.append(
            f"{''.join(ZH[n] for n in picked)}的{ZH[number % len(ZH)]}是多少" if number % 2 else f"what is the {' '.join(EN[n] for n in picked)} {number}"
        )
    return made


def timed(work: Callable[[str], object], texts: Sequence[str]) -> str:
    """Milliseconds of clock and of processor for each, spread."""
    took, used = [], []
    for text in texts:
        began, cpu = time.perf_counter(), time.thread_time()
        work(text)
        took.append(1000 * (time.perf_counter() - began))
        used.append(1000 * (time.thread_time() - cpu))
    return f"{spread(took)}; of processor {spread(used)}"


def search(knowledge: Knowledge, texts: Sequence[str]) -> None:
    """Searches with and without a product that they must concern."""
    current = knowledge.snapshot()
    print(f"  {len(current.sections):,} sections, {len(current.hashes):,} vectors")
    scopes = {"public": Scope("public", NOW), "of one product": Scope("public", NOW, products=tuple(knowledge.workspace.catalog.products)[:1])}
    for name, scope in scopes.items():
        knowledge.search("warm up", language="en", scope=scope)
        took = timed(lambda text, scope=scope: knowledge.search(text, language="en", scope=scope), texts)  # type: ignore[misc]
        print(f"  search, {name:<14} {took}")
    assert knowledge.index is not None
    vectors = {text: knowledge.encoder.encode([text])[0] for text in texts}
    took = timed(lambda text: knowledge.index.query(vectors[text], audience="public", k=60), texts)  # type: ignore[union-attr]
    print(f"  of it the vector index  {took}")


def edit(knowledge: Knowledge) -> None:
    """One section of a document changed, until a search finds it in a running process that searches without a pause, on this thread and on another."""
    library, took = knowledge.library("bench"), []
    body = synthetic_documents(20)[0].body
    add_files(library, [File("edited.md", lambda: f"# Edited\n\n{body}".encode())], Intake(id="edited"), Run())
    with busy(knowledge):
        for number in range(5):
            word = "zyxwv" + "abcde"[number] * 3
            changed = body.replace(body.split("\n")[1], f"The {word} is tightened to {number} mm.")
            began = time.perf_counter()
            report = add_files(library, [File("edited.md", lambda changed=changed: f"# Edited\n\n{changed}".encode())], Intake(id="edited"), Run()).report  # type: ignore[misc]
            written = time.perf_counter() - began
            while not any(word in each.text for each in knowledge.search(f"how is the {word} tightened", language="en", scope=Scope("public", NOW))):
                assert time.perf_counter() - began < 30, report
            took.append(1000 * (time.perf_counter() - began))
            print(f"  edit {number}: {took[-1]:.0f} ms until it is found, {1000 * written:.0f} of them until it is written; {report.embedded} vectors computed")
    print(f"  one edit                {spread(took)}")


@contextmanager
def busy(knowledge: Knowledge) -> Iterator[None]:
    """Another thread that searches without a pause."""
    ended = Event()

    def ask() -> None:
        while not ended.is_set():
            knowledge.search("what is the valve of the bearing", language="en", scope=Scope("public", NOW))

    thread = Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def word_index(knowledge: Knowledge) -> None:
    """The index of words after one section changed: edited, and made anew."""
    words = list(knowledge.snapshot().terms)
    held, edited = Lexical(words), [("changed", *words[0]), *words[1:]]
    origin = [-1, *range(1, len(words))]
    print(f"  index of words edited   {timed(lambda _: held.edited(edited, origin, words), [''] * 5)} for {len(words):,} sections")
    print(f"  index of words anew     {timed(lambda _: Lexical(words), [''] * 3)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=25_000, help="sections of the larger one, four vectors each; 0 = none")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--parsed", type=int, default=2_000)
    parser.add_argument("--vectors", type=int, default=8_000)
    given = parser.parse_args()
    workspace, _ = read_workspace(ROOT)
    assert workspace is not None, "the workspace cannot be read"
    print(machine())
    documents = synthetic_documents(given.parsed)
    parse(workspace, documents[:5], "markdown")
    for kind in ("markdown", "html"):
        count, seconds = parse(workspace, documents, kind)
        print(f"{kind}: {count} sections parsed, cut, hashed and indexed, {count / seconds:.0f} a second of processor")
    seconds, asked = chroma(given.vectors)
    print(f"Chroma: {given.vectors / seconds:.0f} vectors a second, given at hand, dimension {DIMENSION}; {given.vectors:,} of them asked {asked}")
    texts = questions(given.queries)
    encoder = packaged_encoder()
    encoder.encode(["warm up"])
    print(f"packaged encoder, a question  {timed(lambda text: encoder.encode([text]), texts)}")
    for sections in filter(None, (given.sections, given.large)):
        began = time.perf_counter()
        with served(workspace, sections) as knowledge:
            print(f"{sections:,} sections brought in, embedded and indexed in {time.perf_counter() - began:.0f} s")
            search(knowledge, texts)
            edit(knowledge)
            word_index(knowledge)
    print(machine())


if __name__ == "__main__":
    main()
