"""The people who can take conversations, with what they hold now."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.errors import NotFound
from assistant.store.quick import rows
from assistant.store.tables import agents, handoffs
from assistant.types import Agent

_fields = [column.name for column in agents.c if column.name != "tenant"]
_load = (
    sa.select(handoffs.c.assigned_to, sa.func.count().label("load"))
    .where(handoffs.c.tenant == sa.bindparam("tenant"), handoffs.c.state == sa.literal_column("'assigned'"))
    .group_by(handoffs.c.assigned_to)
)
_all = sa.select(agents).where(agents.c.tenant == sa.bindparam("tenant")).order_by(agents.c.id)


def list_agents(conn: Connection, *, tenant: str) -> tuple[Agent, ...]:
    """By id, each with the number of hand-offs assigned to it."""
    load = {row.assigned_to: row.load for row in rows(conn, _load, {"tenant": tenant})}
    return tuple(
        Agent(
            id=row.id,
            name=row.name,
            skills=tuple(row.skills),
            queues=tuple(row.queues),
            languages=tuple(row.languages),
            capacity=row.capacity,
            load=load.get(row.id, 0),
            present=row.present,
        )
        for row in rows(conn, _all, {"tenant": tenant})
    )


def find_agent(conn: Connection, name: str, *, tenant: str) -> Agent:
    """By id, or by name where only one has it. Raises NotFound."""
    everyone = list_agents(conn, tenant=tenant)
    found = [agent for agent in everyone if agent.id == name] or [agent for agent in everyone if agent.name == name]
    if len(found) != 1:
        raise NotFound(f"no agent is called {name}" if not found else f"several agents are called {name}: use the id")
    return found[0]


def put_agents(conn: Connection, entries: Sequence[Agent], *, tenant: str) -> None:
    """Adds agents or replaces those with the same id."""
    if not entries:
        return
    conn.execute(agents.delete().where(agents.c.tenant == tenant, agents.c.id.in_([each.id for each in entries])))
    rows = [{"tenant": tenant, **{name: getattr(each, name) for name in _fields}} for each in entries]
    conn.execute(agents.insert(), rows)


def set_presence(conn: Connection, agent_id: str, *, tenant: str, present: bool) -> None:
    """Raises NotFound."""
    query = agents.update().where(agents.c.tenant == tenant, agents.c.id == agent_id).values(present=present)
    if conn.execute(query).rowcount == 0:
        raise NotFound("no such agent")
