"""Runs labelled questions against a knowledge base: a public set indexed in a temporary state, or the workspace's own questions; figures are elsewhere."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from assistant.clock import FrozenClock
from assistant.evaluation.retrieval_metrics import Ranking, Scores, scores
from assistant.evaluation.retrieval_sets import RetrievalSet, SetDocument
from assistant.knowledge.base import Knowledge
from assistant.knowledge.beside import BEFORE, Beside, Paired
from assistant.knowledge.cases import Case, in_documents, read_cases
from assistant.knowledge.explain import mix_of
from assistant.knowledge.fit import Bench
from assistant.knowledge.ingest import Source, document_source
from assistant.knowledge.publish import embedded_text, section_hash
from assistant.knowledge.search import Found, HybridRetriever
from assistant.knowledge.snapshot import only
from assistant.knowledge.vectors import embed, stamp
from assistant.ports import Encoder
from assistant.store import knowledge as kb
from assistant.store.engine import SqlStore, open_store
from assistant.store.knowledge import DocumentRow, SectionRow
from assistant.text.words import sentences
from assistant.types import Language, Scope
from assistant.workspace.model import Document, Workspace

Progress = Callable[[str, int, int], None]
# documents embedded together and written in one transaction: short sentences are encoded several times faster in company
TOGETHER = 200
BEST = 10
SECTIONS = 40
TITLE = 120
Second = Literal["server", "always", "never"]
SERVER: Second = "server"
DIRECTIONS: tuple[tuple[str, str], ...] = (("zh", "en"), ("en", "zh"))


@dataclass(frozen=True, slots=True)
class Run:
    """What a set's questions found. Seconds of the clock: indexing, and all questions together."""

    documents: int
    rankings: tuple[Ranking, ...]
    indexing: float
    asking: float

    @property
    def scores(self) -> Scores:
        return scores(self.rankings)


@dataclass(frozen=True, slots=True)
class Direction:
    """Questions in `asked` over documents in `over` ("all": the asker's variant where there is one), judged by section and by document."""

    asked: str
    over: str
    sections: tuple[Ranking, ...]
    documents: tuple[Ranking, ...]


def run_set(
    found: RetrievalSet,
    workspace: Workspace,
    encoder: Encoder,
    *,
    at: datetime,
    settings: Mapping[str, Any] | None = None,
    second: Second = SERVER,
    progress: Progress | None = None,
) -> Run:
    """Indexes a set's documents in a temporary state under the workspace's settings and asks its questions; `at` is the instant of validity.

    The workspace's own documents are not in it; its words and its fitted mix, as `settings` change it, are. Raises InvalidInput for settings there are not.
    """
    with indexed(found.documents, workspace, encoder, at=at, progress=progress) as (knowledge, spent):
        live = bench(knowledge, second)
        live = tuned(live, settings) if settings is not None else live
        retriever = HybridRetriever(live)
        texts = {document.id: document.text for document in found.documents}
        rankings = []
        started = time.perf_counter()
        for number, question in enumerate(found.questions, 1):
            # the question itself may stand in its corpus (argument sets): finding it there is no answer
            itself = question.id if texts.get(question.id, "").strip() == question.text.strip() and question.id not in question.relevant else ""
            ranked = ranked_documents(retriever, question.text, language=question.language, scope=Scope("public", at), leave=itself)
            rankings.append(Ranking(question.id, ranked, question.relevant, question.language))
            if progress is not None and (number % 10 == 0 or number == len(found.questions)):
                progress("questions", number, len(found.questions))
        return Run(len(found.documents), tuple(rankings), spent, time.perf_counter() - started)


@contextmanager
def indexed(
    documents: Sequence[SetDocument], workspace: Workspace, encoder: Encoder, *, at: datetime, progress: Progress | None = None
) -> Iterator[tuple[Knowledge, float]]:
    """A knowledge base of exactly these documents over a state that is removed afterwards, and the seconds that indexing took."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "state.db") as store:
        knowledge = Knowledge(store, workspace, encoder, state=Path(folder), clock=FrozenClock(at))
        started = time.perf_counter()
        for first in range(0, len(documents), TOGETHER):
            part = [_source(each, knowledge, workspace=workspace, at=at) for each in documents[first : first + TOGETHER]]
            _publish(store, part, encoder, tenant=knowledge.tenant)
            if progress is not None:
                progress("documents", min(first + TOGETHER, len(documents)), len(documents))
        _seconded(knowledge, encoder, Path(folder))
        try:
            yield knowledge, time.perf_counter() - started
        finally:
            knowledge.close()


def _seconded(knowledge: Knowledge, encoder: Encoder, folder: Path) -> None:
    """Lets a second encoder have its say over a set of up to BEFORE sections; nothing of the set is kept beside the workspace's own vectors."""
    small = len(knowledge.snapshot().sections) <= BEFORE
    knowledge.second = Beside(encoder.second, folder) if isinstance(encoder, Paired) and small else None
    if knowledge.second is not None:
        knowledge.second.bring(knowledge.snapshot())


def _source(document: SetDocument, knowledge: Knowledge, *, workspace: Workspace, at: datetime) -> Source:
    title = document.title or called(document.text)
    made = Document(document.id, title, "enterprise", document.language, f"{document.id}.md", document.text, 1)
    return document_source(made, names=knowledge.names, zone=workspace.zone, at=at)


def called(text: str) -> str:
    """What a text without a title goes by: its first heading or sentence, at most TITLE characters of it."""
    first = next((line for line in text.split("\n") if line.strip(" #\t")), "").strip(" #\t")
    whole = next((first[start:end] for start, end in sentences(first)), first).strip()
    return whole if len(whole) <= TITLE else whole[:TITLE].rpartition(" ")[0] or whole[:TITLE]


def _publish(store: SqlStore, sources: Sequence[Source], encoder: Encoder, *, tenant: str) -> None:
    """Makes documents live, all of them in one transaction and embedded together."""
    ready: list[tuple[DocumentRow, list[SectionRow]]] = []
    texts: dict[str, str] = {}
    for source in sources:
        row = replace(source.row, version=1)
        pieces = []
        for section in source.cut():
            chunks = embedded_text(section, row.title)
            texts.update((chunk.hash, text) for chunk, text in chunks)
            pieces.append(replace(section, version=1, hash=section_hash(section), chunks=tuple(chunk for chunk, _ in chunks)))
        ready.append((row, pieces))
    # texts of like length share a batch
    vectors = embed(encoder, dict(sorted(texts.items(), key=lambda item: len(item[1]))))

    def write(conn: Any) -> None:
        for row, pieces in ready:
            own = {chunk.hash: vectors[chunk.hash] for piece in pieces for chunk in piece.chunks}
            kb.publish(conn, row, tenant=tenant, pieces=pieces, new_vectors=own, encoder=stamp(encoder))

    store.write_now(write)


def bench(knowledge: Knowledge, second: Second = SERVER) -> Bench:
    """The newest snapshot with exact search, as it stays whatever is written meanwhile; `second` says when a second encoder is asked.

    As a server asks: where the first one wavers; "always" for every question; "never": the first one alone.
    """
    held = Bench(knowledge.snapshot(), knowledge.encoder, knowledge.names, knowledge.concepts, knowledge.mix)
    match second:
        case "never":
            return held
        case "always" if knowledge.second is not None:
            return replace(held, mix=knowledge.mix_seconded, second=knowledge.second)
        case _ if knowledge.second is not None:
            return replace(held, second=knowledge.second, sure=knowledge.sure, seconded=knowledge.mix_seconded)
        case _:
            return held


def tuned(live: Bench, settings: Mapping[str, Any]) -> Bench:
    """The bench under other settings, which count with a second opinion too. Raises InvalidInput."""
    return replace(live, mix=mix_of(settings, live.mix), seconded=mix_of(settings, live.seconded) if live.seconded else None)


def ranked_documents(retriever: HybridRetriever, text: str, *, language: Language, scope: Scope, k: int = BEST, leave: str = "") -> tuple[str, ...]:
    """The ids of the `k` best documents, each standing where its best section does; `leave` is left out."""
    asked = SECTIONS
    while True:
        found = retriever.find(text, language=language, scope=scope, k=asked)
        hits = found.hits if found else ()
        ranked = [name for name in dict.fromkeys(hit.section.document for hit in hits) if name != leave]
        if len(ranked) >= k or len(hits) < asked:
            return tuple(ranked[:k])
        asked *= 4


def labelled_files(root: Path) -> tuple[Path, ...]:
    """The workspace's own labelled questions: `evals/data/retrieval.jsonl` and every file of `evals/data/retrieval/`."""
    data = root / "evals" / "data"
    return tuple(path for path in (data / "retrieval.jsonl", *sorted((data / "retrieval").glob("*.jsonl"))) if path.is_file())


def all_cases(path: Path, split: str = "") -> tuple[Case, ...]:
    """The answerable cases of a file: one split, or all of them."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    splits = (split,) if split else tuple(dict.fromkeys(line.get("split") for line in lines))
    return tuple(case for name in splits for case in read_cases(path, name) if case.documents)


def run_cases(live: Bench, cases: Sequence[Case], scope: Scope, *, progress: Progress | None = None) -> tuple[Direction, ...]:
    """The cases in their own language over everything live, and across languages with the variants in the asker's language removed."""
    trials: list[tuple[str, str, Bench, Sequence[Case]]] = []
    for asked, other in DIRECTIONS:
        own = [case for case in cases if _tongue(case.language) == asked]
        trials.append((asked, "all", live, own))
        across = replace(live, held=only(live.held, (other,)))
        trials.append((asked, other, across, in_documents(own, {row.id for row in across.held.documents})))
    made, done, whole = [], 0, sum(len(each) for *_, each in trials)
    for asked, over, there, mine in trials:
        retriever = HybridRetriever(there)
        sections, documents = [], []
        for case in mine:
            found = retriever.find(case.question, language=case.language, scope=scope, k=SECTIONS)
            sections.append(_by_section(case, found))
            documents.append(_by_document(case, found))
            done += 1
            if progress is not None:
                progress("questions", done, whole)
        if mine:
            made.append(Direction(asked, over, tuple(sections), tuple(documents)))
    return tuple(made)


def _tongue(language: Language) -> str:
    return "en" if language == "en" else "zh"


def _by_section(case: Case, found: Found | None) -> Ranking:
    """A case names sections of which one suffices: the first right one stands for all."""
    return _first(case, [case.answered_by(hit) for hit in found.hits] if found else [])


def _by_document(case: Case, found: Found | None) -> Ranking:
    documents = dict.fromkeys(hit.section.document for hit in found.hits) if found else {}
    return _first(case, [document in case.documents for document in documents])


def _first(case: Case, right: Sequence[bool]) -> Ranking:
    names = tuple(f"other {place}" for place in range(len(right)))
    if True in right:
        names = (*names[: right.index(True)], "answer", *names[right.index(True) + 1 :])
    return Ranking(case.id, names, {"answer": 1}, case.language)
