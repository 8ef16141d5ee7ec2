"""What language models took, by conversation and day, for their budgets."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_usage",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "day", "conversation", name="pk_model_usage"),
    )
    op.create_index("ix_model_usage_conversation", "model_usage", ["tenant", "conversation"])


def downgrade() -> None:
    op.drop_table("model_usage")
