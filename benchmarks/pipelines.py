"""Our search beside LangChain's plain pipeline and LlamaIndex's default, with the same encoder on the same questions in one run.

Run `python -m benchmarks.pipelines [--split dev|test|all] [--questions FILE] [--beir FOLDER | --squad FILE] [--most QUESTIONS]`. Without a set of its own it
asks two: the labelled questions over the workspace's documents, and the same corpus as a set in BEIR's format, its sections as passages. LangChain:
RecursiveCharacterTextSplitter with its defaults, Chroma similarity search. LlamaIndex: VectorStoreIndex with its defaults. Both index title and text.
"""

from __future__ import annotations

import argparse
import atexit
import importlib.util
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.evaluation.retrieval_metrics import Ranking, gain, hit, recall, reciprocal_rank, scores
from assistant.evaluation.retrieval_run import all_cases, bench, indexed, ranked_documents
from assistant.evaluation.retrieval_sets import RetrievalSet, SetDocument, SetQuestion, read_beir, read_squad, write_beir
from assistant.knowledge.base import Knowledge
from assistant.knowledge.cases import Case
from assistant.knowledge.encode import packaged_encoder
from assistant.knowledge.fit import Bench
from assistant.knowledge.langchain import embeddings
from assistant.knowledge.llamaindex import embedding
from assistant.knowledge.search import HybridRetriever
from assistant.knowledge.snapshot import only
from assistant.ports import Encoder
from assistant.workspace.load import read_workspace
from assistant.workspace.model import Workspace
from benchmarks.retrieval import DATA, NOW, ROOT, SCOPE, opened

ASKED, BEST = 40, 10
OTHER = {"zh": "en", "en": "zh"}
Finds = Callable[[SetQuestion], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that the plain pipelines index, and the document it belongs to."""

    document: str
    language: str
    text: str


def langchain(texts: Sequence[Text], encoder: Encoder) -> Finds:
    """LangChain's plain pipeline: split, Chroma, similarity search."""
    import chromadb
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    pieces = RecursiveCharacterTextSplitter().split_documents([Document(each.text, metadata={"document": each.document}) for each in texts])
    store = Chroma(f"plain-{time.perf_counter_ns()}", embeddings(encoder), client=chromadb.EphemeralClient())
    for first in range(0, len(pieces), 1000):
        store.add_documents(pieces[first : first + 1000])

    def find(question: SetQuestion) -> tuple[str, ...]:
        return _first_ten(str(each.metadata["document"]) for each in store.similarity_search(question.text, k=ASKED))

    return find


@cache
def copy_words() -> None:
    """Copies the word lists that LlamaIndex ships: its reader refuses files that an installer linked instead of copying."""
    spec = importlib.util.find_spec("llama_index.core")
    assert spec is not None, "llama-index-core is not installed"
    assert spec.origin is not None
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(Path(spec.origin).parent / "_static" / "nltk_cache", folder, dirs_exist_ok=True)
    os.environ["NLTK_DATA"] = folder


def llamaindex(texts: Sequence[Text], encoder: Encoder) -> Finds:
    """LlamaIndex's default: sentence splitter, vector store index in memory."""
    copy_words()
    from llama_index.core import Document, VectorStoreIndex

    index = VectorStoreIndex.from_documents(
        [Document(text=each.text, metadata={"document": each.document}, excluded_embed_metadata_keys=["document"]) for each in texts],
        embed_model=embedding(encoder),
    )
    asking = index.as_retriever(similarity_top_k=ASKED)

    def find(question: SetQuestion) -> tuple[str, ...]:
        return _first_ten(str(each.node.metadata["document"]) for each in asking.retrieve(question.text))

    return find


def ours(live: Bench) -> Finds:
    """The product's own search."""
    retriever = HybridRetriever(live)

    def find(question: SetQuestion) -> tuple[str, ...]:
        return ranked_documents(retriever, question.text, language=question.language, scope=SCOPE)

    return find


def _first_ten(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:BEST]


def _first_five(ranking: Ranking) -> float:
    return recall(ranking, 5)


def _first_right(ranking: Ranking) -> float:
    return reciprocal_rank(ranking, 10)


PLAIN: Mapping[str, Callable[[Sequence[Text], Encoder], Finds]] = {"LangChain": langchain, "LlamaIndex": llamaindex}


def compare(name: str, questions: Sequence[SetQuestion], finders: Mapping[str, Finds], *, any_of: bool) -> None:
    """Prints a row for each pipeline: the figures with their intervals, and ours minus theirs. `any_of`: one right document suffices."""
    raw = {pipeline: [find(question) for question in questions] for pipeline, find in finders.items()}
    found = {pipeline: [_ranking(question, names, any_of=any_of) for question, names in zip(questions, each, strict=True)] for pipeline, each in raw.items()}
    for pipeline, rankings in found.items():
        s = scores(rankings)
        print(f"| {name} | {s.count} | {pipeline} | {s.hit1.mean:.3f} | {s.recall5} | {s.mrr10} | {s.ndcg10.mean:.3f} |")
    own = found["ours"]
    for pipeline in PLAIN:
        theirs = found[pipeline]
        for label, measure in (("recall@5", _first_five), ("mrr@10", _first_right)):
            delta = gain([measure(r) for r in own], [measure(r) for r in theirs])
            verdict = "ahead" if delta.low > 0 else "BEHIND" if delta.mean < 0 else "level"
            print(f"|  |  | ours - {pipeline}, {label} |  | {delta.mean:+.3f} [{delta.low:+.3f}, {delta.high:+.3f}] | {verdict} |  |")
    for number, question in enumerate(questions if SHOW else ()):
        better = [pipeline for pipeline in PLAIN if hit(found[pipeline][number], 5) > hit(found["ours"][number], 5)]
        if better:
            print(f"  {question.id} {question.text[:110]!r} wants {list(question.relevant)[:3]}, ours {raw['ours'][number][:3]} ({', '.join(better)})")


# filled by --misses: name the questions where a plain pipeline finds what ours does not
SHOW: list[str] = []


def _ranking(question: SetQuestion, found: tuple[str, ...], *, any_of: bool) -> Ranking:
    if not any_of:
        return Ranking(question.id, found, question.relevant)
    first = next((place for place, name in enumerate(found) if name in question.relevant), None)
    names = tuple(f"other {place}" if place != first else "answer" for place in range(len(found)))
    return Ranking(question.id, names, {"answer": 1})


def head(title: str) -> None:
    print(f"\n### {title}\n\n| asked over | questions | pipeline | hit@1 | recall@5 | MRR@10 | nDCG@10 |\n|---|---|---|---|---|---|---|", flush=True)


def workspace_set(workspace: Workspace, cases: Sequence[Case]) -> None:
    """The labelled questions over the workspace's documents, judged by document; across languages without the asker's variants."""
    encoder = packaged_encoder()
    with opened(workspace) as knowledge:
        texts = _texts(knowledge)
        live = bench(knowledge, "always")
        for asked in ("zh", "en"):
            mine = [_question(case) for case in cases if ("en" if case.language == "en" else "zh") == asked]
            for over in ("all", OTHER[asked]):
                there = [each for each in texts if over in ("all", each.language)]
                held = {each.document for each in there}
                answerable = [each for each in mine if held.intersection(each.relevant)]
                bench_ = live if over == "all" else replace(live, held=only(live.held, (over,)))
                finders = {"ours": ours(bench_), **{name: make(there, encoder) for name, make in PLAIN.items()}}
                compare(f"{asked} over {over}", answerable, finders, any_of=True)


def _texts(knowledge: Knowledge) -> list[Text]:
    """Every live document as one text with its title; the catalogue is one of them."""
    snapshot = knowledge.snapshot()
    bodies = {(each.id, each.language): each.body for each in knowledge.workspace.documents}
    found = []
    shown = snapshot.scopes.mask(SCOPE, "", snapshot.document)
    for number, row in enumerate(snapshot.documents):
        own = [section for n, section in enumerate(snapshot.sections) if snapshot.document[n] == number and shown[n]]
        body = bodies.get((row.id, row.language)) or "\n\n".join(f"{section.heading}\n{section.text}" for section in own)
        if own:
            found.append(Text(row.id, row.language, f"{row.title}\n\n{body}"))
    return found


def _question(case: Case) -> SetQuestion:
    return SetQuestion(case.id, case.question, dict.fromkeys(case.documents, 1))


def sections_set(workspace: Workspace, cases: Sequence[Case], folder: Path) -> None:
    """The workspace's sections as passages of a BEIR folder, which is then read back: the graded documents are the sections that answer."""
    with opened(workspace) as knowledge:
        snapshot = knowledge.snapshot()
        shown = snapshot.scopes.mask(SCOPE, "", snapshot.document)
        numbers = [n for n in range(len(snapshot.sections)) if shown[n]]
        titles = {(row.id, row.language): row.title for row in snapshot.documents}
    for language in ("all", "zh", "en"):
        documents, right = [], {}
        for n in numbers:
            section = snapshot.sections[n]
            if language in ("all", section.language):
                name = f"{section.document}.{section.language}.{section.id}"
                heading = " > ".join(part for part in (titles[section.document, section.language], section.heading) if part)
                documents.append(SetDocument(name, heading, section.text))
                right[name] = section
        questions = []
        for case in cases:
            own = "en" if case.language == "en" else "zh"
            if language == own:
                continue
            answers = {name: 1 for name, section in right.items() if _answers(case, section)}
            if answers:
                questions.append(SetQuestion(case.id, case.question, answers))
        found = RetrievalSet(language, tuple(documents), tuple(questions))
        write_beir(found, folder / language)
        for asked in ("zh", "en"):
            read = read_beir(folder / language)
            mine = tuple(each for each in read.questions if f"-{asked}-" in each.id)
            if mine:
                public_set(f"{asked} over {language}", replace(read, questions=mine), workspace, any_of=True)


def _answers(case: Case, section: object) -> bool:
    heading = section.heading.rpartition(" > ")[2]  # type: ignore[attr-defined]
    named = not case.sections or section.id in case.sections or heading in case.sections  # type: ignore[attr-defined]
    return section.document in case.documents and named  # type: ignore[attr-defined]


def public_set(name: str, found: RetrievalSet, workspace: Workspace, *, any_of: bool) -> None:
    """Any set in a public format."""
    encoder = packaged_encoder()
    texts = [Text(each.id, each.language, f"{each.title}\n\n{each.text}" if each.title else each.text) for each in found.documents]
    with indexed(found.documents, workspace, encoder, at=NOW) as (knowledge, _):
        finders = {"ours": ours(bench(knowledge)), **{title: make(texts, encoder) for title, make in PLAIN.items()}}
        compare(name, found.questions, finders, any_of=any_of)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="test", choices=["dev", "test", "all"])
    parser.add_argument("--questions", type=Path, default=DATA / "retrieval.jsonl")
    parser.add_argument("--beir", type=Path)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--misses", action="store_true", help="name the questions where a plain pipeline finds what ours does not")
    arguments = parser.parse_args()
    SHOW[:] = ["misses"] if arguments.misses else []
    workspace, _ = read_workspace(ROOT)
    assert workspace is not None, "the workspace cannot be read"
    given = read_beir(arguments.beir) if arguments.beir else read_squad(arguments.squad) if arguments.squad else None
    if given is not None:
        head(given.name)
        public_set(given.name, replace(given, questions=given.questions[: arguments.most or None]), workspace, any_of=False)
        return
    cases = all_cases(arguments.questions, "" if arguments.split == "all" else arguments.split)[: arguments.most or None]
    head("The workspace's documents, by document")
    workspace_set(workspace, cases)
    head("Its sections as a BEIR set, by passage")
    with tempfile.TemporaryDirectory() as folder:
        sections_set(workspace, cases, Path(folder))


if __name__ == "__main__":
    main()
