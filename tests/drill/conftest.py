"""The drill's own tests use the same PostgreSQL as those of storage."""

from tests.storage.conftest import postgresql_server, postgresql_url

__all__ = ["postgresql_server", "postgresql_url"]
