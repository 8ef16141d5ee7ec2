"""The built-in order system: buyers, orders, stock, tickets, effects; and the agents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_agents()
    _make_stock()
    _make_orders()


def downgrade() -> None:
    op.drop_table("order_lines")
    op.drop_table("orders")
    op.drop_table("contacts")
    op.drop_table("tickets")
    op.drop_table("stock")
    op.drop_table("effects")
    op.drop_table("companies")
    op.drop_table("agents")


def _make_agents() -> None:
    op.create_table(
        "agents",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("queues", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_agents"),
    )
    op.create_table(
        "companies",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("tier", sa.String(32), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_companies"),
    )
    op.create_table(
        "effects",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key", name="pk_effects"),
    )


def _make_stock() -> None:
    op.create_table(
        "stock",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("sku", sa.String(64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "sku", name="pk_stock"),
    )
    op.create_table(
        "tickets",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("order_number", sa.String(64), nullable=True),
        sa.Column("queue", sa.String(64), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_tickets"),
    )
    op.create_index("ix_tickets_company", "tickets", ["tenant", "company"])
    op.create_index("ix_tickets_order", "tickets", ["tenant", "order_number"])
    op.create_table(
        "contacts",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("phone", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "company", "name", name="pk_contacts"),
        sa.ForeignKeyConstraint(["tenant", "company"], ["companies.tenant", "companies.id"], name="fk_contacts_tenant"),
    )
    op.create_index("ix_contacts_email", "contacts", ["tenant", "email"])


def _make_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("placed", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("delivered", sa.String(32), nullable=True),
        sa.Column("ship_to", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("tracking", sa.String(64), nullable=False),
        sa.Column("carrier", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("invoiced", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "number", name="pk_orders"),
        sa.ForeignKeyConstraint(["tenant", "company"], ["companies.tenant", "companies.id"], name="fk_orders_tenant"),
    )
    op.create_index("ix_orders_company", "orders", ["tenant", "company"])
    op.create_table(
        "order_lines",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("order_number", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku", sa.String(64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "order_number", "position", name="pk_order_lines"),
        sa.ForeignKeyConstraint(["tenant", "order_number"], ["orders.tenant", "orders.number"], name="fk_order_lines_tenant"),
    )
