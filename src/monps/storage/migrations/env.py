"""Run by Alembic, on the connection that ``monps.storage.schema`` hands it."""

from alembic import context

from monps.storage.orm import metadata

# Batches rebuild a table where SQLite cannot alter it; both databases undo half a migration.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
