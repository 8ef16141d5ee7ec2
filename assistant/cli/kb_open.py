"""Opens the documents of a workspace and a state for one command, and prints what the commands on them have to say."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.config import config_of

if TYPE_CHECKING:
    from assistant.knowledge.library import Library, Outcome
    from assistant.store.engine import SqlStore


@contextmanager
def opened(workspace: Path, *, state: Path | None, who: str = "operator") -> Iterator[Library]:
    """The library of a workspace's state; the clock is the state's business time. Raises ConfigError, BackendUnavailable."""
    from assistant.knowledge.encoders import company_encoder
    from assistant.knowledge.library import Library
    from assistant.store.engine import open_store
    from assistant.workspace.load import load_workspace

    config = config_of(workspace, state=state)
    found = load_workspace(config.workspace)
    with open_store(config.state / "assistant.db") as store:
        encoder = company_encoder(found.settings.knowledge, config)
        yield Library(store, found, encoder, config.state, business_clock(store, found), who, fetch=_fetch(found))


def business_clock(store: SqlStore, workspace: Any) -> Any:
    """The time documents are valid at: the machine's, or a demonstration's as it was stored last."""
    from assistant.clock import FrozenClock, SystemClock
    from assistant.store.settings import business_time

    start = workspace.settings.clock.start
    if start is None:
        return SystemClock()
    stored = store.read_now(lambda conn: business_time(conn, tenant=workspace.settings.workspace.id))
    return FrozenClock(max(start, stored) if stored else start)


def _fetch(workspace: Any) -> Any:
    """How addresses are fetched; None while the workspace does not allow it."""
    if not workspace.settings.knowledge.fetch:
        return None
    from functools import partial

    from assistant.knowledge.fetch import fetch

    return partial(fetch, limits=workspace.settings.knowledge.fetch_limits)


def say(value: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(plain(value), ensure_ascii=False))


def plain(value: object) -> Any:
    """A value as JSON: dataclasses as objects, instants and days as ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(each) for name, each in asdict(value).items()}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.as_posix() if isinstance(value, Path) else value


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome for programs."""
    report = outcome.report
    names = ("added", "changed", "retired", "unchanged", "held", "drafts", "sections", "chunks", "embedded", "writes")
    documents = [{"document": id_, "language": language, "version": version} for id_, language, version in report.documents]
    problems = [{"where": each.where, "reason": each.reason, "code": each.code} for each in outcome.problems]
    notes = [
        {"path": note.path, "format": note.format, "repairs": dict(note.repairs), "quarantined": list(note.quarantined)}
        | {"findings": [{"kind": kind, "quote": quote} for kind, quote in note.findings]}
        for note in outcome.notes
    ]
    shown = {name: getattr(report, name) for name in names}
    plan = [{"step": each.step, "document": each.id, "language": each.language, "path": each.path} for each in outcome.plan]
    rest = {"documents": documents, "buried": list(report.buried), "restored": list(outcome.restored), "failed": problems, "cleaning": notes}
    return {**shown, **rest, **({"dry_run": True, "plan": plan} if outcome.dry else {})}


def print_outcome(outcome: Outcome) -> None:
    """An outcome for people: counts, what cleaning did, and at the end everything that was left out."""
    report = outcome.report
    for each in outcome.plan if outcome.dry else ():
        print(f"{each.step:<10} {each.id} ({each.language})  {each.path}")
    for note in outcome.notes:
        print(f"cleaned {note.path} ({note.format}): " + ", ".join(f"{count} {kind}" for kind, count in note.repairs.items()))
        for quote in note.quarantined:
            print(f"  kept out, because it instructs a model: {quote}")
    if not outcome.dry:
        print(
            f"{report.added} added, {report.changed} changed, {report.retired} retired, {report.unchanged} unchanged, {report.held} held, "
            f"{report.drafts} drafts; {report.sections} sections, {report.embedded} vectors computed, {report.writes} rows written"
        )
    if outcome.restored:
        print(f"back from removal: {', '.join(outcome.restored)}")
    if report.buried:
        print(f"removed by hand and kept out: {', '.join(report.buried)} (`assistant kb add ID` brings one back)")
    print_problems([f"{each.where}: {each.reason}" for each in outcome.problems])


def excerpt(text: str, most: int = 160) -> str:
    """The beginning of a text on one line, cut between words where it can be."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[:most]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head[most // 2 :] else head} …"


def print_problems(lines: Sequence[str]) -> None:
    for line in lines:
        print(f"not read  {line}", file=sys.stderr)
