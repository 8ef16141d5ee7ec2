"""Commands that judge the documents: why a question finds what it finds, labelled sets, open questions, suggested entries, what a change would touch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.config import config_of
from assistant.cli.given import Document, Json, Most, Question, present, read_settings
from assistant.cli.kb_open import excerpt
from assistant.cli.progress import shown
from assistant.cli.table import table
from assistant.errors import InvalidInput

if TYPE_CHECKING:
    from assistant.config import Config
    from assistant.evaluation.retrieval_metrics import Scores
    from assistant.evaluation.retrieval_run import Run, Second
    from assistant.knowledge.explain import Explanation
    from assistant.knowledge.learning import Proof

bench = typer.Typer()

Workspace = Annotated[Path, typer.Option("--workspace", "-w", help="The company's folder.")]
State = Annotated[Path | None, typer.Option(help="The folder of everything that changes; the workspace's var/ by default.")]
HERE = Path()


class SecondEncoder(StrEnum):
    """When the second encoder is asked: as a server does, for every question, or for none; `compare` shows the first of these beside the last."""

    server = "server"
    always = "always"
    never = "never"
    compare = "compare"


Asked = Annotated[SecondEncoder, typer.Option("--second", help="When the second encoder is asked: where the first wavers, as a server does; or compare.")]


@bench.command("test")
def try_out(
    query: Question,
    workspace: Workspace = HERE,
    state: State = None,
    k: Most = 5,
    against: Annotated[
        Path | None, typer.Option(callback=present, help='A JSON file of other settings, such as {"weight": 0.5}: both are shown side by side.')
    ] = None,
    second: Asked = SecondEncoder.server,
    save: Annotated[str, typer.Option(help="Keep the question under this id as a labelled case.")] = "",
    right: Annotated[list[int] | None, typer.Option(help="The places of the passages that answer it (with --save); 1 by default.")] = None,
    json_: Json = False,
) -> None:
    """The passages a question finds, with their places by meaning, by words and mixed, and why."""
    from assistant.evaluation import retrieval_desk, retrieval_state

    settings = read_settings(against) if against is not None else None
    modes = _modes(second)
    with retrieval_state.opened(config_of(workspace, state=state)) as held:
        tried = retrieval_desk.tried(held, query, k=k, settings=settings, second=modes, save=save, right=right or [])
    document, found = tried.document, tried.found
    if json_:
        _print_json(document)
        return
    _explained(found)
    if against is not None or len(modes) > 1:
        table(
            f"now | {against.name if against is not None else 'the first encoder alone'}",
            ("now", "other", "passage"),
            [(_place(m.before), _place(m.after), f"{m.document} · {m.title}") for m in tried.moves],
        )
    if save:
        print(f"saved as {save} in {document['saved']}")


@bench.command("eval")
def evaluate(
    files: Annotated[list[Path] | None, typer.Argument(exists=True, dir_okay=False, help="Labelled questions; the workspace's own by default.")] = None,
    workspace: Workspace = HERE,
    state: State = None,
    beir: Annotated[Path | None, typer.Option(help="A BEIR folder, indexed in a temporary state.")] = None,
    squad: Annotated[Path | None, typer.Option(callback=present, help="A SQuAD file, likewise.")] = None,
    split: Annotated[str, typer.Option(help="One split only: of labelled questions all by default, of a BEIR folder test.")] = "",
    settings: Annotated[Path | None, typer.Option(callback=present, help="A JSON file of other settings to use.")] = None,
    second: Asked = SecondEncoder.server,
    json_: Json = False,
) -> None:
    """How well labelled questions find their passages, with intervals of 95 %."""
    from assistant.evaluation import retrieval_sets

    mix = read_settings(settings) if settings is not None else None
    if beir is not None or squad is not None:
        given = retrieval_sets.read_beir(beir, split=split or "test") if beir is not None else retrieval_sets.read_squad(squad or Path())
        _run_public(given, config_of(workspace, state=state), mix, second, as_json=json_)
        return
    from assistant.evaluation import retrieval_desk, retrieval_json, retrieval_state

    modes = _modes(second)
    with retrieval_state.opened(config_of(workspace, state=state)) as held, shown("questions") as progress:
        runs = [retrieval_desk.evaluated(held, files=files or [], split=split, settings=mix, second=mode, progress=progress) for mode in modes]
    if not runs[0][0]:
        where = ", ".join(map(str, files or [])) or "evals/data/retrieval.jsonl or evals/data/retrieval/"
        raise InvalidInput(f"no labelled question{f' of the split {split!r}' if split else ''} in {where}; `kb test QUERY --save ID` keeps one", code="empty")
    if json_:
        documents = [{"questions": count, "directions": [retrieval_json.direction(each) for each in found]} for count, found in runs]
        _print_json(documents[0] | ({"compared": {"second": modes[1], **documents[1]}} if len(documents) > 1 else {}))
        return
    for mode, (_, found) in zip(modes, runs, strict=True):
        rows = [(each.asked, each.over, level, *_row(scores)) for each in found for level, scores in retrieval_json.levels(each)]
        table(_titled("labelled questions", mode, modes), ("asked", "over", "by", "questions", "hit@1", "recall@5", "MRR@10", "nDCG@10"), rows)


def _modes(second: SecondEncoder) -> tuple[Second, ...]:
    """How the second encoder is asked, and how it is asked beside that."""
    match second:
        case SecondEncoder.compare:
            return "server", "never"
        case SecondEncoder.always:
            return ("always",)
        case SecondEncoder.never:
            return ("never",)
        case _:
            return ("server",)


def _titled(name: str, mode: str, modes: Sequence[str]) -> str:
    said = {"server": "the second encoder asked as a server does", "always": "the second encoder always asked", "never": "the first encoder alone"}
    return f"{name}, {said[mode]}" if len(modes) > 1 or mode != "server" else name


def _run_public(given: Any, config: Config, settings: dict[str, Any] | None, second: SecondEncoder, *, as_json: bool) -> None:
    """A set in a public format."""
    from assistant.evaluation import retrieval_run
    from assistant.evaluation.retrieval_state import encoder, instant_of
    from assistant.workspace.load import load_workspace

    company = load_workspace(config.workspace)
    modes = _modes(second)
    made: list[tuple[Run, float]] = []
    for mode in modes:
        began = perf_counter()
        with shown("documents") as progress:
            run = retrieval_run.run_set(given, company, encoder(company, config), at=instant_of(company), settings=settings, second=mode, progress=progress)
        made.append((run, perf_counter() - began))
    if as_json:
        documents = [_public_json(run, seconds) for run, seconds in made]
        _print_json(documents[0] | ({"compared": {"second": modes[1], **documents[1]}} if len(documents) > 1 else {}))
        return
    for mode, (run, _) in zip(modes, made, strict=True):
        table(_titled(given.name, mode, modes), ("documents", "questions", "hit@1", "recall@5", "MRR@10", "nDCG@10"), [(str(run.documents), *_row(run.scores))])
        print(f"indexed in {run.indexing:.1f} s, asked in {run.asking:.1f} s")


def _public_json(run: Run, seconds: float) -> dict[str, Any]:
    from assistant.evaluation import retrieval_json

    scores = run.scores
    return {
        "queries": scores.count,
        **retrieval_json.means(scores),
        "seconds": round(seconds, 2),
        "documents": run.documents,
        "indexing_seconds": round(run.indexing, 2),
        "asking_seconds": round(run.asking, 2),
        "intervals": retrieval_json.intervals(scores),
    }


@bench.command("gaps")
def gaps(
    workspace: Workspace = HERE,
    state: State = None,
    most: Annotated[int, typer.Option(help="How many groups to show.")] = 20,
    judge: Annotated[Path | None, typer.Option(callback=present, help="Judge the grouping itself on a file of labelled groups, half by half.")] = None,
    json_: Json = False,
) -> None:
    """Questions that no document answered, grouped by meaning, the most frequent first."""
    if judge is not None:
        _judge_groups(judge, config_of(workspace, state=state), as_json=json_)
        return
    from assistant.evaluation import retrieval_json, retrieval_state

    with retrieval_state.opened(config_of(workspace, state=state)) as held:
        found = retrieval_state.clusters_of(held)
    if json_:
        _print_json({"questions": sum(each.count for each in found), "groups": [retrieval_json.cluster(each) for each in found[:most]]})
        return
    for each in found[:most]:
        print(f"{each.count:4} × {each.question}   ({each.conversations} conversations, last {each.last:%Y-%m-%d}, {each.id})")
        for text in each.examples[1:]:
            print(f"         {text}")
    if not found:
        print("no open question")


def _judge_groups(file: Path, config: Config, *, as_json: bool) -> None:
    from assistant.evaluation.retrieval_groups import fitted, judged, read_groups
    from assistant.evaluation.retrieval_state import encoder
    from assistant.knowledge.concepts import concepts_of
    from assistant.knowledge.grouping import NEAR
    from assistant.knowledge.mentions import names_of
    from assistant.workspace.load import load_workspace

    company = load_workspace(config.workspace)
    searching = encoder(company, config)
    names, concepts, found = names_of(company.catalog), concepts_of(company.catalog), {}
    for split in ("dev", "test"):
        pairs = judged(read_groups(file, split), searching, names, concepts)
        found[split] = {"precision": round(pairs.precision, 3), "recall": round(pairs.recall, 3), "f1": round(pairs.f1, 3), "across": round(pairs.across, 3)}
    best, served = fitted(read_groups(file, "dev"), searching, names, concepts)
    if as_json:
        _print_json({"near": NEAR, "best_on_dev": best, "its_f1": round(served, 3), **found})
        return
    table(
        "pairs of questions",
        ("half", "precision", "recall", "F1", "recall across languages"),
        [(name, *map(str, each.values())) for name, each in found.items()],
    )
    print(f"threshold {NEAR}; the dev half is served best by {best} (mean F1 {served:.3f})")


@bench.command("suggest")
def suggest(
    workspace: Workspace = HERE,
    state: State = None,
    days: Annotated[int, typer.Option(help="Answers of colleagues in the last so many days.")] = 90,
    approve: Annotated[str, typer.Option(help="Publish the suggestion of this id.")] = "",
    reject: Annotated[str, typer.Option(help="Close the open questions of the suggestion of this id without writing anything.")] = "",
    by: Annotated[str, typer.Option(help="Who approves or rejects.")] = "",
    question: Annotated[str, typer.Option(help="The question in other words.")] = "",
    answer: Annotated[str, typer.Option(help="The answer in other words.")] = "",
    json_: Json = False,
) -> None:
    """Entries that colleagues' answers suggest, without personal data; approved ones go live and are proven by their questions."""
    from assistant.evaluation import retrieval_json, retrieval_state

    with retrieval_state.opened(config_of(workspace, state=state)) as held:
        if approve:
            proof = retrieval_state.approved(held, approve, by=by, days=days, question=question, answer=answer)
            _proven(proof, as_json=json_)
            raise typer.Exit(0 if proof.holds else 1)
        if reject:
            closed = retrieval_state.rejected(held, reject, by=by, days=days)
            print(json.dumps({"closed": list(closed)}) if json_ else f"{len(closed)} open question(s) closed")
            return
        found = retrieval_state.suggestions_of(held, days)
    if json_:
        _print_json({"suggestions": [retrieval_json.suggestion(each) for each in found]})
        return
    for each in found:
        mark = "" if each.ready else "   (has marks to be rewritten)"
        print(f"{each.id}  asked {each.asked} ×  {each.question}{mark}\n    {each.answer.replace(chr(10), chr(10) + '    ')}")
        for other in each.others:
            print(f"    otherwise: {other[:160].replace(chr(10), ' ')}")
        if each.dated:
            print(f"    dates that may belong to one case: {', '.join(each.dated)}")
    if not found:
        print("nothing to suggest")


@bench.command("impact")
def impact(
    document: Document,
    workspace: Workspace = HERE,
    state: State = None,
    file: Annotated[
        Path | None, typer.Option(callback=present, help="The text it would get; its newest draft, or its file in the workspace, by default.")
    ] = None,
    retire: Annotated[bool, typer.Option("--retire", help="As if it were retired.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Ask the touched questions with and without the change.")] = False,
    days: Annotated[int, typer.Option(help="Answers of the last so many days.")] = 30,
    json_: Json = False,
) -> None:
    """What a change of a document would touch: answers that quoted it, evaluation cases that ask for it."""
    from assistant.evaluation import retrieval_impact, retrieval_json, retrieval_state

    with retrieval_state.opened(config_of(workspace, state=state)) as held:
        found, asked = retrieval_impact.measure(held, document, days=days, file=file, retire=retire, again=again)
    if json_:
        _print_json(retrieval_json.touched(found, asked))
        return
    table("sections", ("change", "language", "section"), [(each.kind, each.language, each.heading or each.section) for each in found.sections])
    told = [(each.fate, f"{each.at:%Y-%m-%d}", each.question[:50], each.quote[:80], each.turn) for each in found.answers]
    table(f"answers of {days} days", ("quote", "day", "question", "quoted", "turn"), told)
    table("evaluation cases", ("fate", "case", "question", "file"), [(each.fate, each.id, each.question[:70], each.where) for each in found.cases])
    if again:
        table("answered otherwise", ("question", "now", "then"), [(each.question[:70], each.before, each.after) for each in asked])
    print("everything said and expected still stands" if found.safe else "something said or expected would not stand any more")


def _print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False, default=str))


def _explained(found: Explanation) -> None:
    if found.query is None:
        print("the question has no words to search with")
        return
    for each in found.passages:
        p = each.passage
        print(f"{each.place}. {p.title}  ({p.document})")
        print(f"   {excerpt(each.chunk or p.text)}")
        print(f"   score {p.fused:.3f}: place {each.by_meaning} by meaning ({each.cosine:.3f}), place {each.by_words} by words ({each.share:.3f})")
        print(f"   says: {', '.join((*each.met, *each.names)) or '-'}   lacks: {', '.join(each.lacks) or '-'}")
    if not found.passages:
        print("nothing found; `assistant kb status` lists what can be found")


def _place(place: int | None) -> str:
    return str(place) if place else "-"


def _row(found: Scores) -> tuple[str, ...]:
    return (str(found.count), f"{found.hit1.mean:.3f}", str(found.recall5), str(found.mrr10), f"{found.ndcg10.mean:.3f}")


def _proven(proof: Proof, *, as_json: bool) -> None:
    if as_json:
        from assistant.evaluation import retrieval_json

        _print_json(retrieval_json.proof(proof))
        return
    print(f"{proof.document} version {proof.version} is live; {len(proof.closed)} open question(s) closed")
    for question, place in proof.places.items():
        print(f"  {f'found at place {place}' if place else 'NOT found'}: {question}")
