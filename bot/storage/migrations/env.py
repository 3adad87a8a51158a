"""Run by Alembic for each of its commands: uses the connection of the caller, and so the caller's transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
