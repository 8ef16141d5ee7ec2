"""What can be wrong across the files of a workspace: names that lead nowhere, circles, texts and parameters that disagree; no room's own rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.workspace.model import Problem, Settings, Workspace, nearest
from assistant.workspace.source import Report

# hand-off reasons the assistant itself gives; routing.yaml may add further ones for clauses and intents
REASONS = (
    "unrecognised_twice", "ask_limit", "policy_human_only", "urgent_line_stop", "price_negotiation", "anger_repeat", "model_unavailable", "customer_request",
    "low_confidence", "tool_failed",
)  # fmt: skip
_LABELS = {"sku": "product", "ticket": "ticket kind", "text": "text key"}


def names(report: Report, workspace: Workspace | None) -> None:
    """Every name used that nothing declares becomes a problem with the nearest declared one."""
    known = {kind: list(found) for kind, found in report.declared.items()}
    if workspace is not None:
        known["status"] = list(workspace.statuses)
        known["priority"] = list(workspace.routing.priorities)
        known["intent"] = list(workspace.intents)
        known["skill"] = _skills(workspace)
        known["reason"] = sorted({*REASONS, *workspace.routing.reasons})
    for kind, name, place in report.used:
        if kind in known and name not in known[kind]:
            report.problems.append(replace(place, message=f"unknown {_LABELS.get(kind, kind)} {name!r}", hint=nearest(name, known[kind])))
        elif kind not in known and workspace is not None:
            report.problems.append(replace(place, message=f"unknown {_LABELS.get(kind, kind)} {name!r}: none is declared"))


def _skills(workspace: Workspace) -> list[str]:
    agents = {skill for agent in workspace.fixture.agents.values() for skill in agent.skills}
    return sorted(agents | {skill for queue in workspace.routing.queues.values() for skill in queue.skills})


def settings(found: Settings, report: Report) -> Iterator[Problem]:
    """Mistakes in assistant.toml beyond its types."""
    yield from ()


def everything(workspace: Workspace, report: Report) -> Iterator[Problem]:
    """All problems that need more than one file to see."""
    yield from ()
