"""Commands are tried on the same stand-ins as what they start."""

from tests.digests.conftest import rig, slack, slack_server
from tests.ingest.conftest import site

__all__ = ["rig", "site", "slack", "slack_server"]
