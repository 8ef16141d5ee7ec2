"""The history of the schema, one file a revision, run by alembic; `migrate.HEAD` names the newest."""
