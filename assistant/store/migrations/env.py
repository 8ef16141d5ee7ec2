"""What alembic runs for every command: the connection comes from the caller, with its transaction."""

from __future__ import annotations

from alembic import context

from assistant.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
context.run_migrations()
