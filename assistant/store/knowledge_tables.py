"""The knowledge base's tables: documents, their versions and sections, chunks, vectors, sources, tombstones, traces, changes, acts and feedback; no query."""

from __future__ import annotations

import sqlalchemy as sa

from assistant.store.columns import PERSONAL, Instant
from assistant.store.tables import metadata


def _tenant() -> sa.Column[str]:
    return sa.Column("tenant", sa.String(64), primary_key=True)


documents = sa.Table(
    "documents",
    metadata,
    _tenant(),
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("language", sa.String(16), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("level", sa.String(16), nullable=False),
    sa.Column("audience", sa.String(16), nullable=False),
    sa.Column("products", sa.JSON, nullable=False),
    sa.Column("valid_from", Instant),
    sa.Column("valid_until", Instant),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("route_to", sa.String(64), nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("updated", Instant, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("approver", sa.Text, nullable=False),
)

versions = sa.Table(
    "document_versions",
    metadata,
    _tenant(),
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("language", sa.String(16), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("level", sa.String(16), nullable=False),
    sa.Column("audience", sa.String(16), nullable=False),
    sa.Column("products", sa.JSON, nullable=False),
    sa.Column("valid_from", Instant),
    sa.Column("valid_until", Instant),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("route_to", sa.String(64), nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("approver", sa.Text, nullable=False),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("cut", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("places", sa.JSON, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("published", Instant),
)

tombstones = sa.Table(
    "tombstones",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("tenant", sa.String(64), nullable=False),
    sa.Column("id", sa.String(200), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", sa.String(200), nullable=False, info=PERSONAL),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("lifted", Instant),
    sa.Index("ix_tombstones_id", "tenant", "id"),
    sqlite_autoincrement=True,
)

traces = sa.Table(
    "knowledge_traces",
    metadata,
    _tenant(),
    sa.Column("document", sa.String(200), primary_key=True),
    sa.Column("said", sa.LargeBinary, nullable=False),
    sa.Column("named", sa.LargeBinary, nullable=False),
    sa.Column("chunks", sa.JSON, nullable=False),
    sa.Column("languages", sa.JSON, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
)

acts = sa.Table(
    "knowledge_audit",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("tenant", sa.String(64), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("who", sa.String(200), nullable=False, info=PERSONAL),
    sa.Column("act", sa.String(16), nullable=False),
    sa.Column("document", sa.String(200), nullable=False),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("detail", sa.JSON, nullable=False),
    sa.Index("ix_knowledge_audit_document", "tenant", "document", "n"),
    sqlite_autoincrement=True,
)

registered = sa.Table(
    "knowledge_sources",
    metadata,
    _tenant(),
    sa.Column("origin", sa.String(700), primary_key=True),
    sa.Column("options", sa.JSON, nullable=False),
    sa.Column("added", Instant, nullable=False),
    sa.Column("synced", Instant),
)

applied = sa.Table(
    "knowledge_applied",
    metadata,
    _tenant(),
    sa.Column("reader", sa.String(64), primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

sections = sa.Table(
    "sections",
    metadata,
    _tenant(),
    sa.Column("document", sa.String(200), primary_key=True),
    sa.Column("language", sa.String(16), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("heading", sa.Text, nullable=False),
    sa.Column("context", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("products", sa.JSON, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("page", sa.Integer, nullable=False),
)

chunks = sa.Table(
    "chunks",
    metadata,
    _tenant(),
    sa.Column("document", sa.String(200), primary_key=True),
    sa.Column("language", sa.String(16), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("section", sa.String(200), primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)

vectors = sa.Table(
    "vectors",
    metadata,
    _tenant(),
    sa.Column("encoder", sa.String(100), primary_key=True),
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

changes = sa.Table(
    "knowledge_changes",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("tenant", sa.String(64), nullable=False),
    sa.Column("document", sa.String(200), nullable=False),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_knowledge_changes_tenant", "tenant", "n"),
    sqlite_autoincrement=True,
)

feedback = sa.Table(
    "feedback",
    metadata,
    _tenant(),
    sa.Column("turn", sa.String(64), primary_key=True),
    sa.Column("by", sa.String(200), primary_key=True, info=PERSONAL),
    sa.Column("conversation", sa.String(64), nullable=False),
    sa.Column("thumb", sa.Integer, nullable=False),
    sa.Column("document", sa.String(200), nullable=False),
    sa.Column("section", sa.String(200), nullable=False),
    sa.Column("text", sa.Text, nullable=False, info=PERSONAL),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_feedback_at", "tenant", "at"),
)

ranking = sa.Table(
    "ranking_changes",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("tenant", sa.String(64), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("mix", sa.JSON, nullable=False),
    sa.Column("report", sa.JSON, nullable=False),
    sa.Column("by", sa.String(200), nullable=False, info=PERSONAL),
    sa.Column("at", Instant, nullable=False),
    sa.Column("decided_by", sa.String(200), nullable=False, info=PERSONAL),
    sa.Column("decided", Instant),
    sqlite_autoincrement=True,
)

_ALL = (documents, sections, chunks, vectors, changes, versions, tombstones, traces, acts, registered, applied, feedback, ranking)
ROOM = frozenset(table.name for table in _ALL)
