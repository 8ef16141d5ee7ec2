"""What people thought of answers, and the changes of ranking that were proposed from it."""

import sqlalchemy as sa
from alembic import op

from assistant.store.columns import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("turn", sa.String(64), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("thumb", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(200), nullable=False),
        sa.Column("section", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "turn", "by", name="pk_feedback"),
    )
    op.create_index("ix_feedback_at", "feedback", ["tenant", "at"])
    op.create_table(
        "ranking_changes",
        sa.Column("n", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("mix", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("decided_by", sa.String(200), nullable=False),
        sa.Column("decided", Instant()),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("ranking_changes")
    op.drop_table("feedback")
