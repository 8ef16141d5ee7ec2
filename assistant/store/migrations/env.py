"""What alembic runs for every command: the connection comes from the caller, with its transaction."""

from __future__ import annotations

from alembic import context

from assistant.store.migrate import TABLES

context.configure(connection=context.config.attributes["connection"], target_metadata=TABLES, render_as_batch=True, transactional_ddl=True)
context.run_migrations()
