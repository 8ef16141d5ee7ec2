"""The test bench over one state, each act as one plain document for commands and routes alike; what an act means is told where it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant.errors import BackendUnavailable, NotFound
from assistant.evaluation import retrieval_impact, retrieval_json, retrieval_run, retrieval_state, retrieval_tuning
from assistant.evaluation.retrieval_run import SERVER, Direction, Progress, Second
from assistant.evaluation.retrieval_state import State
from assistant.knowledge import feedback
from assistant.knowledge.base import Knowledge
from assistant.knowledge.beside import BEFORE
from assistant.knowledge.explain import Explanation, Move, as_json, explain, moves, side_by_side
from assistant.text.script import detect_language

Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tried:
    """A question tried: what it finds, and under other settings what moves; `document` is all of it for programs."""

    found: Explanation
    moves: tuple[Move, ...]
    document: Value


def tried(
    state: State,
    query: str,
    *,
    k: int = 5,
    settings: Mapping[str, Any] | None = None,
    second: Sequence[Second] = (SERVER,),
    save: str = "",
    right: Sequence[int] = (),
) -> Tried:
    """What a question finds and why, the second encoder asked as the first of `second` says; beside it what it finds under `settings` or as the next of
    `second` says; with `save`, the passages at the places `right` become a labelled case.

    Raises InvalidInput for settings or places that there are not, Conflict when a case of that id is there.
    """
    live = retrieval_run.bench(state.knowledge, second[0])
    compared_with = retrieval_run.bench(state.knowledge, second[-1]) if settings is not None or len(second) > 1 else None
    if compared_with is not None and settings is not None:
        compared_with = retrieval_run.tuned(compared_with, settings)
    language = detect_language(query, sticky="zh-Hans")
    found = explain(live, query, language=language, scope=state.scope, k=k)
    document: Value = as_json(found)
    compared: tuple[Move, ...] = ()
    if compared_with is not None:
        other = explain(compared_with, query, language=language, scope=state.scope, k=k)
        compared = moves(found, other)
        document |= {"against": as_json(other)["passages"], "side_by_side": side_by_side(compared)}
    if save:
        path = retrieval_state.saved(state.workspace.root, retrieval_state.case_of(found, right or [1], name=save))
        document["saved"] = path.relative_to(state.workspace.root).as_posix()
    return Tried(found, compared, document)


def evaluated(
    state: State,
    *,
    files: Sequence[Path] = (),
    split: str = "",
    settings: Mapping[str, Any] | None = None,
    second: Second = SERVER,
    progress: Progress | None = None,
) -> tuple[int, tuple[Direction, ...]]:
    """(questions asked, how they were served by direction) of labelled files, the workspace's own by default. Raises InvalidInput."""
    if second != "never":
        seconded(state.knowledge, progress)
    live = retrieval_run.bench(state.knowledge, second)
    if settings is not None:
        live = retrieval_run.tuned(live, settings)
    paths = files or retrieval_run.labelled_files(state.workspace.root)
    cases = [case for path in paths for case in retrieval_run.all_cases(path, split)]
    return len(cases), retrieval_run.run_cases(live, cases, state.scope, progress=progress)


def seconded(knowledge: Knowledge, progress: Progress | None = None) -> None:
    """Has a second encoder read what it has not read yet, so that figures do not hang on how far it has come; not where there is very much of it."""
    second, current = knowledge.second, knowledge.snapshot()
    if second is None or len(current.sections) > BEFORE:
        return
    # without its package the first encoder is judged alone
    with suppress(BackendUnavailable):
        second.bring(current, progress=partial(progress, "sections") if progress is not None else None)


@dataclass(frozen=True, slots=True)
class RetrievalDesk:
    """The bench as a server offers it. `opened` gives the state at the instant of an act."""

    opened: Callable[[], AbstractContextManager[State]]

    def test(self, query: str, *, k: int, settings: Mapping[str, Any] | None, second: Second = SERVER, save: str, right: Sequence[int]) -> Value:
        with self.opened() as state:
            return tried(state, query, k=k, settings=settings, second=(second,), save=save, right=right).document

    def eval(self, *, file: str, split: str, settings: Mapping[str, Any] | None, second: Second = SERVER) -> Value:
        """`file` names one of the workspace's labelled files. Raises NotFound."""
        with self.opened() as state:
            listed = retrieval_run.labelled_files(state.workspace.root)
            chosen = [path for path in listed if file in ("", path.name)]
            if not chosen:
                raise NotFound(f"no labelled file {file!r}; there are {', '.join(path.name for path in listed) or 'none'}")
            count, found = evaluated(state, files=chosen, split=split, settings=settings, second=second)
            return {"questions": count, "directions": [retrieval_json.direction(each) for each in found]}

    def impact(self, document: str, *, text: str, retire: bool, again: bool, days: int) -> Value:
        with self.opened() as state:
            return retrieval_json.touched(*retrieval_impact.measure(state, document, days=days, text=text, retire=retire, again=again))

    def gaps(self, *, most: int) -> Value:
        with self.opened() as state:
            found = retrieval_state.clusters_of(state)
            return {"questions": sum(each.count for each in found), "groups": [retrieval_json.cluster(each) for each in found[:most]]}

    def suggestions(self, *, days: int) -> Value:
        with self.opened() as state:
            return {"suggestions": [retrieval_json.suggestion(each) for each in retrieval_state.suggestions_of(state, days)]}

    def approve(self, name: str, *, by: str, days: int, question: str, answer: str) -> Value:
        with self.opened() as state:
            return retrieval_json.proof(retrieval_state.approved(state, name, by=by, days=days, question=question, answer=answer))

    def feedback(self, *, days: int) -> Value:
        with self.opened() as state:
            return {**feedback.as_json(feedback.collected(state.knowledge.library("bench"), days=days)), "changes": retrieval_tuning.changes(state)}

    def propose(self, *, by: str, days: int, settings: Mapping[str, Any] | None) -> Value:
        with self.opened() as state:
            return asdict(retrieval_tuning.proposed(state, by=by, days=days, settings=settings))

    def decide(self, n: int, act: str, *, by: str) -> Value:
        with self.opened() as state:
            return retrieval_tuning.decided(state, n, act, by=by)

    def reject(self, name: str, *, by: str, days: int) -> Value:
        with self.opened() as state:
            return {"closed": list(retrieval_state.rejected(state, name, by=by, days=days))}


def desk_of(knowledge: Knowledge) -> RetrievalDesk:
    """The bench of a process that serves these documents."""
    return RetrievalDesk(lambda: retrieval_state.serving(knowledge))
