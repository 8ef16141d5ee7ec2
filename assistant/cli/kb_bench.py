"""Commands that judge the documents: why a question finds what it finds, labelled sets, open questions, suggested entries, what a change would touch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.config import config_of
from assistant.cli.progress import shown
from assistant.cli.table import table

if TYPE_CHECKING:
    from assistant.evaluation.retrieval_impact import AskedAgain
    from assistant.evaluation.retrieval_metrics import Scores
    from assistant.evaluation.retrieval_run import Direction
    from assistant.knowledge.explain import Explanation, Move
    from assistant.knowledge.impact import Impact
    from assistant.knowledge.learning import Cluster, Proof, Suggestion

bench = typer.Typer()

Workspace = Annotated[Path, typer.Option("--workspace", "-w", help="The company's folder.")]
State = Annotated[Path | None, typer.Option(help="The folder of everything that changes; the workspace's var/ by default.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
HERE = Path()


@bench.command("test")
def try_out(
    query: str,
    workspace: Workspace = HERE,
    state: State = None,
    k: Annotated[int, typer.Option("-k", help="How many passages.")] = 5,
    against: Annotated[Path | None, typer.Option(help='A JSON file of other settings, such as {"weight": 0.5}: both are shown side by side.')] = None,
    save: Annotated[str, typer.Option(help="Keep the question under this id as a labelled case.")] = "",
    right: Annotated[list[int] | None, typer.Option(help="The places of the passages that answer it (with --save); 1 by default.")] = None,
    json_: Json = False,
) -> None:
    """The passages a question finds, with their places by meaning, by words and mixed, and why."""
    from assistant.evaluation import retrieval_run, retrieval_state
    from assistant.knowledge.explain import as_json, explain, mix_of, moves, side_by_side
    from assistant.knowledge.search import Mix
    from assistant.text.script import detect_language

    settings = _settings(against) if against is not None else {}
    mix_of(settings, Mix())
    with retrieval_state.opened(config_of(workspace, state=state)) as held:
        live = retrieval_run.bench(held.knowledge)
        language = detect_language(query, sticky="zh-Hans")
        found = explain(live, query, language=language, scope=held.scope, k=k)
        document = as_json(found)
        compared: Sequence[Move] = ()
        if against is not None:
            other = explain(_with(live, mix_of(settings, live.mix)), query, language=language, scope=held.scope, k=k)
            compared = moves(found, other)
            document |= {"against": as_json(other)["passages"], "side_by_side": side_by_side(compared)}
        if save:
            case = retrieval_state.case_of(found, right or [1], name=save)
            document["saved"] = str(retrieval_state.saved(held.workspace.root, case))
    if json_:
        _print_json(document)
        return
    _explained(found)
    if against is not None:
        table(f"now | {against.name}", ("now", "other", "passage"), [(_place(m.before), _place(m.after), f"{m.document} · {m.title}") for m in compared])
    if save:
        print(f"saved as {save} in {document['saved']}")


@bench.command("eval")
def evaluate(
    files: Annotated[list[Path] | None, typer.Argument(help="Labelled questions; the workspace's own by default.")] = None,
    workspace: Workspace = HERE,
    state: State = None,
    beir: Annotated[Path | None, typer.Option(help="A BEIR folder, indexed in a temporary state.")] = None,
    squad: Annotated[Path | None, typer.Option(help="A SQuAD file, likewise.")] = None,
    split: Annotated[str, typer.Option(help="One split only: of labelled questions all by default, of a BEIR folder test.")] = "",
    settings: Annotated[Path | None, typer.Option(help="A JSON file of other settings to use.")] = None,
    json_: Json = False,
) -> None:
    """How well labelled questions find their passages, with intervals of 95 %."""
    from assistant.evaluation import retrieval_sets

    if beir is not None or squad is not None:
        given = retrieval_sets.read_beir(beir, split=split or "test") if beir is not None else retrieval_sets.read_squad(squad or Path())
        _run_public(given, workspace, state, settings, as_json=json_)
        return
    from assistant.evaluation import retrieval_run, retrieval_state

    with retrieval_state.opened(config_of(workspace, state=state)) as held, shown("questions") as progress:
        live = retrieval_run.bench(held.knowledge)
        if settings is not None:
            live = _with(live, _mix(settings, live.mix))
        paths = files or retrieval_run.labelled_files(held.workspace.root)
        cases = [case for path in paths for case in retrieval_run.all_cases(path, split)]
        found = retrieval_run.run_cases(live, cases, held.scope, progress=progress)
    if json_:
        _print_json({"questions": len(cases), "directions": [_direction(each) for each in found]})
        return
    rows = [(each.asked, each.over, level, *_row(scores)) for each in found for level, scores in _levels(each)]
    table("labelled questions", ("asked", "over", "by", "questions", "hit@1", "recall@5", "MRR@10", "nDCG@10"), rows)


def _run_public(given: Any, workspace: Path, state: Path | None, settings: Path | None, *, as_json: bool) -> None:
    """A set in a public format."""
    from time import perf_counter

    from assistant.evaluation import retrieval_run
    from assistant.evaluation.retrieval_state import encoder, instant_of
    from assistant.knowledge.calibration import retrieval_of
    from assistant.workspace.load import load_workspace

    began = perf_counter()
    company = load_workspace(config_of(workspace, state=state).workspace)
    mix = _mix(settings, retrieval_of(company.calibration).mix) if settings is not None else None
    with shown("documents") as progress:
        run = retrieval_run.run_set(given, company, encoder(), at=instant_of(company), mix=mix, progress=progress)
    scores = run.scores
    document = {"queries": scores.count, **_means(scores), "seconds": round(perf_counter() - began, 2)}
    extra = {"documents": run.documents, "indexing_seconds": round(run.indexing, 2), "asking_seconds": round(run.asking, 2), "intervals": _intervals(scores)}
    if as_json:
        _print_json(document | extra)
        return
    table(given.name, ("documents", "questions", "hit@1", "recall@5", "MRR@10", "nDCG@10"), [(str(run.documents), *_row(scores))])
    print(f"indexed in {run.indexing:.1f} s, asked in {run.asking:.1f} s")


@bench.command("gaps")
def gaps(
    workspace: Workspace = HERE,
    state: State = None,
    most: Annotated[int, typer.Option(help="How many groups to show.")] = 20,
    json_: Json = False,
) -> None:
    """Questions that no document answered, grouped by meaning, the most frequent first."""
    from assistant.evaluation import retrieval_state

    with retrieval_state.opened(config_of(workspace, state=state)) as held:
        found = retrieval_state.clusters_of(held)
    if json_:
        _print_json({"questions": sum(each.count for each in found), "groups": [_cluster(each) for each in found[:most]]})
        return
    for each in found[:most]:
        print(f"{each.count:4} × {each.question}   ({each.conversations} conversations, last {each.last:%Y-%m-%d}, {each.id})")
        for text in each.examples[1:]:
            print(f"         {text}")
    if not found:
        print("no open question")


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
    from assistant.evaluation import retrieval_state

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
        _print_json({"suggestions": [_suggestion(each) for each in found]})
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
    document: str,
    workspace: Workspace = HERE,
    state: State = None,
    file: Annotated[Path | None, typer.Option(help="The text it would get; its newest draft, or its file in the workspace, by default.")] = None,
    retire: Annotated[bool, typer.Option("--retire", help="As if it were retired.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Ask the touched questions with and without the change.")] = False,
    days: Annotated[int, typer.Option(help="Answers of the last so many days.")] = 30,
    json_: Json = False,
) -> None:
    """What a change of a document would touch: answers that quoted it, evaluation cases that ask for it."""
    from assistant.evaluation import retrieval_impact, retrieval_state

    with retrieval_state.opened(config_of(workspace, state=state)) as held:
        found, asked = retrieval_impact.measure(held, document, days=days, file=file, retire=retire, again=again)
    if json_:
        _print_json(_impact(found, asked))
        return
    table("sections", ("change", "language", "section"), [(each.kind, each.language, each.heading or each.section) for each in found.sections])
    told = [(each.fate, f"{each.at:%Y-%m-%d}", each.question[:50], each.quote[:80], each.turn) for each in found.answers]
    table(f"answers of {days} days", ("quote", "day", "question", "quoted", "turn"), told)
    table("evaluation cases", ("fate", "case", "question", "file"), [(each.fate, each.id, each.question[:70], each.where) for each in found.cases])
    if again:
        table("answered otherwise", ("question", "now", "then"), [(each.question[:70], each.before, each.after) for each in asked])
    print("everything said and expected still stands" if found.safe else "something said or expected would not stand any more")


def _settings(path: Path) -> dict[str, Any]:
    from assistant.errors import InvalidInput

    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise InvalidInput(f"{path} is no JSON object")
    return found


def _mix(path: Path, start: Any) -> Any:
    from assistant.knowledge.explain import mix_of

    return mix_of(_settings(path), start)


def _with(live: Any, mix: Any) -> Any:
    from dataclasses import replace

    return replace(live, mix=mix)


def _print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False, default=str))


def _explained(found: Explanation) -> None:
    if found.query is None:
        print("the question has no words to search with")
        return
    for each in found.passages:
        p = each.passage
        print(
            f"{each.place}. {p.fused:.3f}  meaning {each.by_meaning}. ({each.cosine:.3f})  words {each.by_words}. ({each.share:.3f})  {p.document} · {p.title}"
        )
        print(f"   says: {', '.join((*each.met, *each.names)) or '-'}   lacks: {', '.join(each.lacks) or '-'}")
        print(f"   {(each.chunk or p.text)[:160].replace(chr(10), ' ')}")
    if not found.passages:
        print("nothing found")


def _place(place: int | None) -> str:
    return str(place) if place else "-"


def _levels(each: Direction) -> list[tuple[str, Scores]]:
    from assistant.evaluation.retrieval_metrics import scores

    return [("section", scores(each.sections)), ("document", scores(each.documents))]


def _row(found: Scores) -> tuple[str, ...]:
    return (str(found.count), f"{found.hit1.mean:.3f}", str(found.recall5), str(found.mrr10), f"{found.ndcg10.mean:.3f}")


def _means(found: Scores) -> dict[str, float]:
    return {
        "hit@1": round(found.hit1.mean, 4),
        "recall@5": round(found.recall5.mean, 4),
        "mrr@10": round(found.mrr10.mean, 4),
        "ndcg@10": round(found.ndcg10.mean, 4),
    }


def _intervals(found: Scores) -> dict[str, list[float]]:
    figures = {"hit@1": found.hit1, "recall@5": found.recall5, "mrr@10": found.mrr10, "ndcg@10": found.ndcg10}
    return {name: [round(each.low, 4), round(each.high, 4)] for name, each in figures.items()}


def _direction(each: Direction) -> dict[str, Any]:
    levels = {level: {"queries": scores.count, **_means(scores), "intervals": _intervals(scores)} for level, scores in _levels(each)}
    return {"asked": each.asked, "over": each.over, **levels}


def _cluster(each: Cluster) -> dict[str, Any]:
    return {
        "id": each.id, "count": each.count, "question": each.question, "examples": list(each.examples), "languages": dict(each.languages),
        "conversations": each.conversations, "first": each.first, "last": each.last, "gaps": list(each.gaps),
    }  # fmt: skip


def _suggestion(each: Suggestion) -> dict[str, Any]:
    return {
        "id": each.id, "ready": each.ready, "asked": each.asked, "question": each.question, "answer": each.answer, "language": each.language,
        "examples": list(each.examples), "others": list(each.others), "redacted": dict(each.redacted), "dated": list(each.dated),
        "sources": [{"conversation": conversation, "seq": seq} for conversation, seq in each.sources], "gaps": list(each.gaps),
    }  # fmt: skip


def _proven(proof: Proof, *, as_json: bool) -> None:
    if as_json:
        found = {"document": proof.document, "version": proof.version, "holds": proof.holds, "places": dict(proof.places), "closed": list(proof.closed)}
        _print_json(found)
        return
    print(f"{proof.document} version {proof.version} is live; {len(proof.closed)} open question(s) closed")
    for question, place in proof.places.items():
        print(f"  {f'found at place {place}' if place else 'NOT found'}: {question}")


def _impact(found: Impact, asked: Sequence[AskedAgain]) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(found), "safe": found.safe, "answered_otherwise": [asdict(each) for each in asked]}
