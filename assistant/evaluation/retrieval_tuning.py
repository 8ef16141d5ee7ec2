"""A change of ranking proposed from feedback, judged on the labelled questions before and after, and decided on by a named person; nothing moves by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant.errors import Conflict, InvalidInput
from assistant.evaluation.retrieval_metrics import scores
from assistant.evaluation.retrieval_run import all_cases, bench, labelled_files, run_cases
from assistant.evaluation.retrieval_state import State
from assistant.knowledge.cases import Case
from assistant.knowledge.explain import mix_of
from assistant.knowledge.feedback import collected
from assistant.knowledge.fit import GRID, Bench, Trial, fit_mix
from assistant.knowledge.search import Mix
from assistant.store import knowledge_feedback as store
from assistant.store.audit import AuditEntry, append_audit
from assistant.types import Scope

Value = dict[str, Any]
# below this there is nothing to learn from
LEAST = 5
# how much a question from feedback weighs against a labelled one, in shares of their sets
_WEIGH = 0.5
FIGURES = ("hit@1", "recall@5", "mrr@10")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Settings that would serve feedback better; `n` is its number. `sound`: the labelled questions are served no worse in any figure."""

    n: int
    settings: Mapping[str, float]
    before: Mapping[str, Mapping[str, float]]
    after: Mapping[str, Mapping[str, float]]
    cases: int
    sound: bool


def proposed(state: State, *, by: str, days: int = 90, settings: Mapping[str, Any] | None = None) -> Proposal:
    """Looks for settings that serve the questions from feedback without harm to the labelled ones, or takes `settings`, and keeps what it would change.

    A half of the labelled questions is looked at when settings are chosen; the other half and all directions are judged besides. Raises InvalidInput for
    too little feedback, Conflict when nothing better is found.
    """
    _named(by)
    # settings are compared where both encoders have their say on every question
    live = bench(state.knowledge, "always")
    asked = collected(state.knowledge.library(by), days=days).cases
    labelled = [case for path in labelled_files(state.workspace.root) for case in all_cases(path)]
    if settings is None and len(asked) < LEAST:
        raise InvalidInput(f"{len(asked)} questions with a right place; a proposal needs at least {LEAST}", code="too_little")
    if settings is None:
        chosen = [case for case in labelled if case.group % 2 == 0]
        mix = fit_mix([_trial(live, asked, state.scope, _WEIGH), *([_trial(live, chosen, state.scope, 1.0)] if chosen else [])], live.mix)
    else:
        mix = mix_of(settings, live.mix)
    moved = _moved(live.mix, mix)
    if not moved:
        raise Conflict("no other settings serve the feedback better", code="nothing_better")
    before, after = (_figures(replace(live, mix=each), labelled, asked, state.scope) for each in (live.mix, mix))
    sound = all(after[name][figure] >= before[name][figure] for name in before if name != "feedback" for figure in FIGURES)
    report: Value = {"moved": moved, "before": before, "after": after, "cases": len(asked), "sound": sound}
    tenant = state.knowledge.tenant

    def write(conn: Any) -> int:
        n = store.propose(conn, asdict(mix), report, tenant=tenant, by=by, at=state.now)
        append_audit(conn, [AuditEntry("ranking.proposed", by, {"n": n, "moved": moved, "sound": sound}, state.now)], tenant=tenant)
        return n

    n = state.store.write_now(write)
    return Proposal(n, {name: to for name, (_, to) in moved.items()}, before, after, len(asked), sound)


def decided(state: State, n: int, act: str, *, by: str) -> Value:
    """Applies, rejects or reverts a change. A running server follows within its poll. Raises NotFound, Conflict (`worse`: it would harm), InvalidInput."""
    _named(by)
    to = {"approve": store.APPLIED, "reject": store.REJECTED, "revert": store.REVERTED}.get(act)
    if to is None:
        raise InvalidInput("approve, reject or revert", code="bad_option")
    tenant = state.knowledge.tenant

    def write(conn: Any) -> None:
        found = store.decide(conn, n, to, tenant=tenant, by=by, at=state.now)
        if to == store.APPLIED and not found.report.get("sound"):
            raise Conflict("it serves labelled questions worse; propose other settings", code="worse")
        append_audit(conn, [AuditEntry(f"ranking.{to}", by, {"n": n, "moved": found.report.get("moved", {})}, state.now)], tenant=tenant)

    state.store.write_now(write)
    state.knowledge.tune()
    return {"n": n, "state": to, "settings": asdict(state.knowledge.mix)}


def changes(state: State) -> list[Value]:
    """Every proposal with its figures, newest first."""
    found = state.store.read_now(lambda conn: store.ranking_changes(conn, tenant=state.knowledge.tenant))
    return [{"n": e.n, "state": e.state, "by": e.by, "at": e.at, "decided_by": e.decided_by, "decided": e.decided, **e.report} for e in found]


def _named(by: str) -> None:
    if not by.strip():
        raise InvalidInput("say who decides it", code="nobody")


def _trial(live: Bench, cases: Sequence[Case], scope: Scope, weigh: float) -> Trial:
    return Trial(live, tuple(cases), scope, settled=lambda _: False, absent=lambda _: False, rivals=lambda _: frozenset(), weigh=weigh)


def _moved(old: Mix, new: Mix) -> Value:
    pairs = {name: [getattr(old, name), getattr(new, name)] for name in GRID if hasattr(old, name)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _figures(live: Bench, labelled: Sequence[Case], asked: Sequence[Case], scope: Scope) -> dict[str, dict[str, float]]:
    """The figures by direction, and of the feedback."""
    made: dict[str, dict[str, float]] = {}
    for each in run_cases(live, labelled, scope):
        found = scores(each.sections)
        made[f"{each.asked} over {each.over}"] = _means(found)
    own = [ranking for each in run_cases(live, asked, scope) if each.over == "all" for ranking in each.sections]
    return {**made, "feedback": _means(scores(own))}


def _means(found: Any) -> dict[str, float]:
    return {"hit@1": round(found.hit1.mean, 4), "recall@5": round(found.recall5.mean, 4), "mrr@10": round(found.mrr10.mean, 4)}
