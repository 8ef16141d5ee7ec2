"""Versions of documents with their text, tombstones, acts on documents, registered sources, pages of sections, and what readers have applied."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # an empty text for what is there already: the catalogue is known by its id, everything else came from the workspace
    op.add_column("documents", sa.Column("origin", sa.Text(), nullable=False, server_default="workspace"))
    op.add_column("documents", sa.Column("approver", sa.Text(), nullable=False, server_default=""))
    op.add_column("sections", sa.Column("page", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE documents SET origin = 'catalog' WHERE id = 'catalog'")
    _make_versions()
    _make_tombstones()
    _make_acts()
    _make_sources()


def downgrade() -> None:
    for table in ("knowledge_applied", "knowledge_sources", "knowledge_audit", "tombstones", "document_versions"):
        op.drop_table(table)
    for table, column in (("sections", "page"), ("documents", "approver"), ("documents", "origin")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)


def _make_versions() -> None:
    op.create_table(
        "document_versions",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.String(32), nullable=True),
        sa.Column("valid_until", sa.String(32), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("route_to", sa.String(64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("approver", sa.Text(), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("cut", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("published", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", "language", "version", name="pk_document_versions"),
    )


def _make_tombstones() -> None:
    op.create_table(
        "tombstones",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lifted", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("n", name="pk_tombstones"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tombstones_id", "tombstones", ["tenant", "id"])


def _make_acts() -> None:
    op.create_table(
        "knowledge_audit",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("document", sa.String(200), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_knowledge_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_knowledge_audit_document", "knowledge_audit", ["tenant", "document", "n"])


def _make_sources() -> None:
    op.create_table(
        "knowledge_sources",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(700), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("added", sa.String(32), nullable=False),
        sa.Column("synced", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "origin", name="pk_knowledge_sources"),
    )
    op.create_table(
        "knowledge_applied",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("reader", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "reader", name="pk_knowledge_applied"),
    )
