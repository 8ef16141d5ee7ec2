"""What was said and answered in conversations that programs hold by repeating it, so that they are found again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chains",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("turn", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_chains_conversation"),
        sa.ForeignKeyConstraint(["turn"], ["turns.id"], name="fk_chains_turn"),
        sa.PrimaryKeyConstraint("tenant", "chain", name="pk_chains"),
    )
    op.create_index("ix_chains_conversation", "chains", ["conversation"])


def downgrade() -> None:
    op.drop_table("chains")
