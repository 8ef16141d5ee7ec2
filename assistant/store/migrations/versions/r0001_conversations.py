"""Conversations, messages, turns, the event log, hand-offs, and what a turn writes beside them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_audit()
    _make_settings()
    _make_gaps()
    _make_outbox()
    _make_write_intents()
    _make_receipts()


def downgrade() -> None:
    op.drop_table("receipts")
    op.drop_table("messages")
    op.drop_table("write_intents")
    op.drop_table("turns")
    op.drop_table("outbox")
    op.drop_table("handoffs")
    op.drop_table("gaps")
    op.drop_table("events")
    op.drop_table("confirmations")
    op.drop_table("settings")
    op.drop_table("conversations")
    op.drop_table("audit")


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_conversation", "audit", ["tenant", "conversation", "n"])
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("owner_epoch", sa.Integer(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("turn_holder", sa.String(200), nullable=True),
        sa.Column("turn_taken", sa.Float(), nullable=True),
        sa.Column("turn_expires", sa.Float(), nullable=True),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("updated", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_contact", "conversations", ["tenant", "contact", "status"])
    op.create_index("ix_conversations_owner", "conversations", ["tenant", "owner", "updated"])


def _make_settings() -> None:
    op.create_table(
        "settings",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "name", name="pk_settings"),
    )
    op.create_table(
        "confirmations",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("customer", sa.String(200), nullable=False),
        sa.Column("tool", sa.String(64), nullable=False),
        sa.Column("order_number", sa.String(64), nullable=False),
        sa.Column("order_version", sa.Integer(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("arguments_hash", sa.String(64), nullable=False),
        sa.Column("expires", sa.String(32), nullable=False),
        sa.Column("used_by", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_confirmations"),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_confirmations_conversation"),
    )
    op.create_index("ix_confirmations_open", "confirmations", ["conversation", "used_by"])
    op.create_table(
        "events",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq", name="pk_events"),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_events_conversation"),
    )


def _make_gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("turn", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("closed", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_gaps"),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_gaps_conversation"),
    )
    op.create_index("ix_gaps_open", "gaps", ["tenant", "closed", "at"])
    op.create_table(
        "handoffs",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("queue", sa.String(64), nullable=False),
        sa.Column("priority", sa.String(16), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("on_duty", sa.Boolean(), nullable=False),
        sa.Column("opens", sa.String(32), nullable=True),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("assigned_to", sa.String(64), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("assigned", sa.String(32), nullable=True),
        sa.Column("closed", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_handoffs_conversation"),
    )
    op.create_index("ix_handoffs_queue", "handoffs", ["tenant", "state", "queue", "priority", "created"])
    op.create_index(
        "uq_handoffs_open", "handoffs", ["conversation"], unique=True, sqlite_where=sa.text("state != 'closed'"), postgresql_where=sa.text("state != 'closed'")
    )


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("due", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("n", name="pk_outbox"),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_outbox_conversation"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_due", "outbox", ["tenant", "due"], sqlite_where=sa.text("done IS NULL"), postgresql_where=sa.text("done IS NULL"))
    op.create_table(
        "turns",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_turns_conversation"),
        sa.UniqueConstraint("conversation", "seq", name="uq_turns_conversation_seq"),
    )
    op.create_index("ix_turns_created", "turns", ["tenant", "created"])


def _make_write_intents() -> None:
    op.create_table(
        "write_intents",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("message", sa.String(200), nullable=False),
        sa.Column("tool", sa.String(64), nullable=False),
        sa.Column("order_number", sa.String(64), nullable=False),
        sa.Column("order_version", sa.Integer(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("arguments_hash", sa.String(64), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("error", sa.String(64), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("updated", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_write_intents"),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_write_intents_conversation"),
    )
    op.create_index("ix_write_intents_message", "write_intents", ["message"])
    op.create_index(
        "ix_write_intents_open", "write_intents", ["tenant"], sqlite_where=sa.text("state = 'intended'"), postgresql_where=sa.text("state = 'intended'")
    )
    op.create_table(
        "messages",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("sender", sa.String(200), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("reply_to", sa.String(200), nullable=False),
        sa.Column("sent_at", sa.String(32), nullable=False),
        sa.Column("turn", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("conversation", "id", name="pk_messages"),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_messages_conversation"),
        sa.ForeignKeyConstraint(["turn"], ["turns.id"], name="fk_messages_turn"),
        sa.UniqueConstraint("conversation", "seq", name="uq_messages_conversation_seq"),
    )
    op.create_index(
        "ix_messages_unanswered",
        "messages",
        ["tenant"],
        sqlite_where=sa.text("turn IS NULL AND role = 'customer'"),
        postgresql_where=sa.text("turn IS NULL AND role = 'customer'"),
    )


def _make_receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("tool", sa.String(64), nullable=False),
        sa.Column("order_number", sa.String(64), nullable=True),
        sa.Column("ticket", sa.String(64), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_receipts"),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_receipts_conversation"),
        sa.ForeignKeyConstraint(["key"], ["write_intents.key"], name="fk_receipts_key"),
    )
    op.create_index("ix_receipts_conversation", "receipts", ["conversation", "at"])
    op.create_index("ix_receipts_order", "receipts", ["tenant", "order_number"])
