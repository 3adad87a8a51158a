"""The Alembic migrations of the workspace database. A migration imports nothing of this project, so that it does the
same for ever, and is not edited after it was released: add the next one, and its number to `upgrade.REVISIONS`.
"""
