"""What can be wrong across the files of a workspace: names that lead nowhere, and what `check_company` and `check_conduct` find; no room's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.workspace import check_company, check_conduct, check_evals, check_examples, check_unused, places
from assistant.workspace.check_evals import Evaluations
from assistant.workspace.model import Problem, Texts, Workspace, nearest
from assistant.workspace.source import Report

# hand-off reasons the assistant itself gives; routing.yaml may add further ones for clauses and intents
REASONS = (
    "unrecognised_twice", "ask_limit", "policy_human_only", "urgent_line_stop", "price_negotiation", "anger_repeat", "model_unavailable", "customer_request",
    "low_confidence", "tool_failed",
)  # fmt: skip
_LABELS = {"sku": "product", "ticket": "ticket kind", "text": "text key"}


def names(report: Report, workspace: Workspace | None) -> Iterator[Problem]:
    """Every name used that nothing declares, with the nearest declared one; a file that could not be read makes no follow-up mistakes."""
    known = {kind: list(found) for kind, found in report.declared.items()}
    if workspace is not None:
        known["status"] = list(workspace.statuses)
        known["priority"] = list(workspace.routing.priorities)
        known["intent"] = list(workspace.intents)
        known["skill"] = _skills(workspace)
        known["reason"] = reasons(workspace)
    for kind, name, place in report.used:
        if kind in known and name not in known[kind]:
            yield replace(place, message=f"unknown {_LABELS.get(kind, kind)} {name!r}", hint=nearest(name, known[kind]))
        elif kind not in known and workspace is not None:
            yield replace(place, message=f"unknown {_LABELS.get(kind, kind)} {name!r}: none is declared")


def everything(workspace: Workspace, standard: Texts) -> Iterator[Problem]:
    """All problems that need more than one value to see. `standard` are the packaged texts, whose keys the assistant uses."""
    yield from check_company.problems(workspace)
    yield from check_conduct.problems(workspace, standard, reasons(workspace))


def notes(workspace: Workspace, standard: Texts) -> tuple[Problem, ...]:
    """What looks like a mistake, and with which a company can be served all the same."""
    return (*check_unused.problems(workspace, standard, assistants_own=REASONS), *places.notes(workspace), *check_examples.problems(workspace))


def evaluations(workspace: Workspace, found: Evaluations, beside: Sequence[str] | None, report: Report) -> Iterator[Problem]:
    """Names in scenarios that lead nowhere. `beside` are the ids of documents in other formats, None when not all of them are known before they are read."""
    pages = [document.id for document in workspace.documents]
    documents = [*pages, *beside] if beside is not None else []
    yield from check_evals.problems(workspace, found, documents=documents, reasons=reasons(workspace), declared=report.declared)


def reasons(workspace: Workspace) -> list[str]:
    """The hand-off reasons there are: the assistant's own and those of routing.yaml."""
    return sorted({*REASONS, *workspace.routing.reasons})


def _skills(workspace: Workspace) -> list[str]:
    agents = {skill for agent in workspace.fixture.agents.values() for skill in agent.skills}
    return sorted(agents | {skill for queue in workspace.routing.queues.values() for skill in queue.skills})
