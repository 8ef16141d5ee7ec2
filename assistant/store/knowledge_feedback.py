"""What people thought of answers, turn by turn, and changes of ranking proposed from it with who decided on them; what a thumb means is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.errors import Conflict, NotFound
from assistant.store.knowledge_tables import feedback, ranking
from assistant.store.tables import turns
from assistant.types import Json

PROPOSED, APPLIED, REVERTED, REJECTED = "proposed", "applied", "reverted", "rejected"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's word on one turn. `thumb` is 1, -1 or 0; `document` and `section` name the place that answers, where a person said so; `text` is free."""

    turn: str
    conversation: str
    by: str
    thumb: int
    at: datetime
    document: str = ""
    section: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Feedback with the question it was given on and the places its answer cited: (document, section)."""

    feedback: Feedback
    question: str
    cited: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RankingChange:
    """Settings of the ranking: `mix` in whole, `report` with figures before and after. At most one is applied."""

    n: int
    state: str
    mix: Mapping[str, Json]
    report: Mapping[str, Json]
    by: str
    at: datetime
    decided_by: str = ""
    decided: datetime | None = None


def save_feedback(conn: Connection, given: Feedback, *, tenant: str) -> None:
    """Keeps it in place of what the same person said of the same turn before. Raises NotFound when there is no such turn in that conversation."""
    there = sa.select(turns.c.id).where(turns.c.id == given.turn, turns.c.tenant == tenant, turns.c.conversation == given.conversation)
    if conn.execute(there).one_or_none() is None:
        raise NotFound("no such turn")
    values = {name: getattr(given, name) for name in Feedback.__slots__}
    f = feedback.c
    if conn.execute(feedback.update().where(f.tenant == tenant, f.turn == given.turn, f.by == given.by).values(**values)).rowcount == 0:
        conn.execute(feedback.insert(), {**values, "tenant": tenant})


def conversation_of(conn: Connection, turn: str, *, tenant: str) -> str:
    """Raises NotFound."""
    found = conn.execute(sa.select(turns.c.conversation).where(turns.c.id == turn, turns.c.tenant == tenant)).scalar()
    if found is None:
        raise NotFound("no such turn")
    return str(found)


def feedback_since(conn: Connection, since: datetime, *, tenant: str) -> tuple[Judged, ...]:
    """Oldest first."""
    question = turns.c.record["message"]["text"].as_string().label("question")
    query = sa.select(feedback, turns.c.reply, question).join(turns, turns.c.id == feedback.c.turn)
    query = query.where(feedback.c.tenant == tenant, feedback.c.at >= since).order_by(feedback.c.at, feedback.c.turn, feedback.c.by)
    return tuple(_judged(row) for row in conn.execute(query))


def _judged(row: Any) -> Judged:
    given = Feedback(row.turn, row.conversation, row.by, row.thumb, row.at, row.document, row.section, row.text)
    cited = tuple(dict.fromkeys((str(each.get("document", "")), str(each.get("section", ""))) for each in row.reply.get("citations") or ()))
    return Judged(given, row.question or "", cited)


def propose(conn: Connection, mix: Mapping[str, Json], report: Mapping[str, Json], *, tenant: str, by: str, at: datetime) -> int:
    """Keeps a proposal and gives its number."""
    values = {"tenant": tenant, "state": PROPOSED, "mix": dict(mix), "report": dict(report), "by": by, "at": at, "decided_by": ""}
    result = conn.execute(ranking.insert().values(**values))
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def ranking_changes(conn: Connection, *, tenant: str, state: str = "") -> tuple[RankingChange, ...]:
    """Newest first; in one state only when named."""
    query = sa.select(ranking).where(ranking.c.tenant == tenant).order_by(ranking.c.n.desc())
    rows = conn.execute(query.where(ranking.c.state == state) if state else query)
    return tuple(RankingChange(row.n, row.state, row.mix, row.report, row.by, row.at, row.decided_by, row.decided) for row in rows)


def decide(conn: Connection, n: int, state: str, *, tenant: str, by: str, at: datetime) -> RankingChange:
    """Moves a change on: a proposal is applied or rejected, an applied one reverted; applying one reverts the one before. Raises NotFound, Conflict."""
    found = next((each for each in ranking_changes(conn, tenant=tenant) if each.n == n), None)
    if found is None:
        raise NotFound(f"there is no proposal {n}")
    if state not in {PROPOSED: (APPLIED, REJECTED), APPLIED: (REVERTED,), REVERTED: (APPLIED,)}.get(found.state, ()):
        raise Conflict(f"proposal {n} is {found.state}", code="state")
    done = {"decided_by": by, "decided": at}
    if state == APPLIED:
        conn.execute(ranking.update().where(ranking.c.tenant == tenant, ranking.c.state == APPLIED).values(state=REVERTED, **done))
    conn.execute(ranking.update().where(ranking.c.tenant == tenant, ranking.c.n == n).values(state=state, **done))
    return found


def applied_mix(conn: Connection, *, tenant: str) -> Mapping[str, Json]:
    """The settings of the applied change; empty when there is none."""
    found = conn.execute(sa.select(ranking.c.mix).where(ranking.c.tenant == tenant, ranking.c.state == APPLIED)).scalar()
    return dict(found) if found else {}
