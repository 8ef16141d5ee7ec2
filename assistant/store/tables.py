"""Every table but the knowledge room's, as SQLAlchemy metadata; no statement runs here.

Personal text lives only in columns whose `info` says so. Ids are made by the Ids seam and unique across tenants; natural keys carry the tenant in the key.
`seq` numbers the events of one conversation; a message and a turn each own one number, by which the log finds their content again.
"""

from __future__ import annotations

import sqlalchemy as sa

from assistant.store.columns import PERSONAL, Instant

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
_json = sa.JSON(none_as_null=True)


def _tenant(*, key: bool = False) -> sa.Column[str]:
    return sa.Column("tenant", sa.String(64), primary_key=key, nullable=False)


def _conversation() -> sa.Column[str]:
    return sa.Column("conversation", sa.ForeignKey("conversations.id"), nullable=False)


conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    _tenant(),
    sa.Column("contact", sa.String(200), nullable=False, info=PERSONAL),
    sa.Column("company", sa.String(64), nullable=False),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("owner", sa.String(80), nullable=False),
    sa.Column("owner_epoch", sa.Integer, nullable=False),
    sa.Column("episode", sa.Integer, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("state", _json, nullable=False, info=PERSONAL),
    sa.Column("fence", sa.Integer, nullable=False),
    sa.Column("turn_holder", sa.String(200)),
    sa.Column("turn_taken", sa.Float),
    sa.Column("turn_expires", sa.Float),
    sa.Column("created", Instant, nullable=False),
    sa.Column("updated", Instant, nullable=False),
    sa.Index("ix_conversations_contact", "tenant", "contact", "status"),
    sa.Index("ix_conversations_owner", "tenant", "owner", "updated"),
)

turns = sa.Table(
    "turns",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    _tenant(),
    _conversation(),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("record", _json, nullable=False, info=PERSONAL),
    sa.Column("reply", _json, nullable=False, info=PERSONAL),
    sa.UniqueConstraint("conversation", "seq"),
    sa.Index("ix_turns_created", "tenant", "created"),
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("conversation", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("id", sa.String(200), primary_key=True),
    _tenant(),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("sender", sa.String(200), nullable=False, info=PERSONAL),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False, info=PERSONAL),
    sa.Column("attachments", _json, nullable=False, info=PERSONAL),
    sa.Column("reply_to", sa.String(200), nullable=False),
    sa.Column("sent_at", Instant, nullable=False),
    sa.Column("turn", sa.ForeignKey("turns.id")),
    sa.UniqueConstraint("conversation", "seq"),
)
sa.Index(
    "ix_messages_unanswered",
    messages.c.tenant,
    sqlite_where=sa.and_(messages.c.turn.is_(None), messages.c.role == "customer"),
    postgresql_where=sa.and_(messages.c.turn.is_(None), messages.c.role == "customer"),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("conversation", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    _tenant(),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("data", _json, nullable=False, info=PERSONAL),
    sa.Column("at", Instant, nullable=False),
)

handoffs = sa.Table(
    "handoffs",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    _tenant(),
    _conversation(),
    sa.Column("reason", sa.String(64), nullable=False),
    sa.Column("queue", sa.String(64), nullable=False),
    sa.Column("priority", sa.String(16), nullable=False),
    sa.Column("skills", _json, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("on_duty", sa.Boolean, nullable=False),
    sa.Column("opens", Instant),
    sa.Column("summary", _json, nullable=False, info=PERSONAL),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("assigned_to", sa.String(64), nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("assigned", Instant),
    sa.Column("closed", Instant),
    sa.Index("ix_handoffs_queue", "tenant", "state", "queue", "priority", "created"),
)
sa.Index(
    "uq_handoffs_open",
    handoffs.c.conversation,
    unique=True,
    sqlite_where=handoffs.c.state != "closed",
    postgresql_where=handoffs.c.state != "closed",
)

gaps = sa.Table(
    "gaps",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    _tenant(),
    _conversation(),
    sa.Column("turn", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False, info=PERSONAL),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("data", _json, nullable=False, info=PERSONAL),
    sa.Column("at", Instant, nullable=False),
    sa.Column("closed", Instant),
    sa.Index("ix_gaps_open", "tenant", "closed", "at"),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    _tenant(),
    sa.Column("conversation", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(64), nullable=False),
    sa.Column("who", sa.String(200), nullable=False, info=PERSONAL),
    sa.Column("what", _json, nullable=False, info=PERSONAL),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_audit_conversation", "tenant", "conversation", "n"),
    sqlite_autoincrement=True,
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    _tenant(),
    _conversation(),
    sa.Column("kind", sa.String(64), nullable=False),
    sa.Column("data", _json, nullable=False, info=PERSONAL),
    sa.Column("created", Instant, nullable=False),
    sa.Column("due", Instant, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("done", Instant),
    sqlite_autoincrement=True,
)
sa.Index("ix_outbox_due", outbox.c.tenant, outbox.c.due, sqlite_where=outbox.c.done.is_(None), postgresql_where=outbox.c.done.is_(None))

confirmations = sa.Table(
    "confirmations",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    _tenant(),
    _conversation(),
    sa.Column("customer", sa.String(200), nullable=False, info=PERSONAL),
    sa.Column("tool", sa.String(64), nullable=False),
    sa.Column("order_number", sa.String(64), nullable=False),
    sa.Column("order_version", sa.Integer, nullable=False),
    sa.Column("arguments", _json, nullable=False, info=PERSONAL),
    sa.Column("arguments_hash", sa.String(64), nullable=False),
    sa.Column("expires", Instant, nullable=False),
    sa.Column("used_by", sa.String(200)),
    sa.Index("ix_confirmations_open", "conversation", "used_by"),
)

write_intents = sa.Table(
    "write_intents",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    _tenant(),
    _conversation(),
    sa.Column("message", sa.String(200), nullable=False),
    sa.Column("tool", sa.String(64), nullable=False),
    sa.Column("order_number", sa.String(64), nullable=False),
    sa.Column("order_version", sa.Integer, nullable=False),
    sa.Column("arguments", _json, nullable=False, info=PERSONAL),
    sa.Column("arguments_hash", sa.String(64), nullable=False),
    sa.Column("fence", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("error", sa.String(64), nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("updated", Instant, nullable=False),
    sa.Index("ix_write_intents_message", "message"),
)
sa.Index(
    "ix_write_intents_open",
    write_intents.c.tenant,
    sqlite_where=write_intents.c.state == "intended",
    postgresql_where=write_intents.c.state == "intended",
)

receipts = sa.Table(
    "receipts",
    metadata,
    sa.Column("key", sa.ForeignKey("write_intents.key"), primary_key=True),
    sa.Column("id", sa.String(64), nullable=False),
    _tenant(),
    _conversation(),
    sa.Column("tool", sa.String(64), nullable=False),
    sa.Column("order_number", sa.String(64)),
    sa.Column("ticket", sa.String(64)),
    sa.Column("changes", _json, nullable=False, info=PERSONAL),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_receipts_conversation", "conversation", "at"),
    sa.Index("ix_receipts_order", "tenant", "order_number"),
)

settings = sa.Table(
    "settings",
    metadata,
    _tenant(key=True),
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("value", _json),
)

companies = sa.Table(
    "companies",
    metadata,
    _tenant(key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("tier", sa.String(32), nullable=False),
    sa.Column("language", sa.String(16), nullable=False),
)

contacts = sa.Table(
    "contacts",
    metadata,
    _tenant(key=True),
    sa.Column("company", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(200), primary_key=True, info=PERSONAL),
    sa.Column("email", sa.String(254), nullable=False, info=PERSONAL),
    sa.Column("phone", sa.String(64), nullable=False, info=PERSONAL),
    sa.ForeignKeyConstraint(["tenant", "company"], ["companies.tenant", "companies.id"]),
    sa.Index("ix_contacts_email", "tenant", "email"),
)

orders = sa.Table(
    "orders",
    metadata,
    _tenant(key=True),
    sa.Column("number", sa.String(64), primary_key=True),
    sa.Column("company", sa.String(64), nullable=False),
    sa.Column("status", sa.String(32), nullable=False),
    sa.Column("placed", sa.Date, nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("delivered", Instant),
    sa.Column("ship_to", sa.Text, nullable=False, info=PERSONAL),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("fee", sa.BigInteger, nullable=False),
    sa.Column("tracking", sa.String(64), nullable=False),
    sa.Column("carrier", sa.String(64), nullable=False),
    sa.Column("note", sa.Text, nullable=False, info=PERSONAL),
    sa.Column("invoiced", sa.Date),
    sa.Column("version", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(["tenant", "company"], ["companies.tenant", "companies.id"]),
    sa.Index("ix_orders_company", "tenant", "company"),
)

order_lines = sa.Table(
    "order_lines",
    metadata,
    _tenant(key=True),
    sa.Column("order_number", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sku", sa.String(64), nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("price", sa.BigInteger, nullable=False),
    sa.ForeignKeyConstraint(["tenant", "order_number"], ["orders.tenant", "orders.number"]),
)

stock = sa.Table(
    "stock",
    metadata,
    _tenant(key=True),
    sa.Column("sku", sa.String(64), primary_key=True),
    sa.Column("quantity", sa.Integer),
)

tickets = sa.Table(
    "tickets",
    metadata,
    _tenant(key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(64), nullable=False),
    sa.Column("company", sa.String(64), nullable=False),
    sa.Column("contact", sa.String(200), nullable=False, info=PERSONAL),
    sa.Column("order_number", sa.String(64)),
    sa.Column("queue", sa.String(64), nullable=False),
    sa.Column("fields", _json, nullable=False, info=PERSONAL),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_tickets_company", "tenant", "company"),
    sa.Index("ix_tickets_order", "tenant", "order_number"),
)

effects = sa.Table(
    "effects",
    metadata,
    _tenant(key=True),
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("body_hash", sa.String(64), nullable=False),
    sa.Column("receipt", _json, nullable=False, info=PERSONAL),
    sa.Column("at", Instant, nullable=False),
)

agents = sa.Table(
    "agents",
    metadata,
    _tenant(key=True),
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False, info=PERSONAL),
    sa.Column("skills", _json, nullable=False),
    sa.Column("queues", _json, nullable=False),
    sa.Column("languages", _json, nullable=False),
    sa.Column("capacity", sa.Integer, nullable=False),
    sa.Column("present", sa.Boolean, nullable=False),
)

model_usage = sa.Table(
    "model_usage",
    metadata,
    _tenant(key=True),
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("conversation", sa.String(64), primary_key=True),
    sa.Column("calls", sa.Integer, nullable=False),
    sa.Column("tokens", sa.Integer, nullable=False),
    sa.Column("cost", sa.BigInteger, nullable=False),
    sa.Index("ix_model_usage_conversation", "tenant", "conversation"),
)

chains = sa.Table(
    "chains",
    metadata,
    _tenant(key=True),
    sa.Column("chain", sa.String(64), primary_key=True),
    _conversation(),
    sa.Column("turn", sa.ForeignKey("turns.id"), nullable=False),
    sa.Index("ix_chains_conversation", "conversation"),
)
