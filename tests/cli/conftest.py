"""The commands use the same stand-ins as the tests of what they start."""

from tests.digests.conftest import rig, slack, slack_server
from tests.ingest.conftest import site

__all__ = ["rig", "site", "slack", "slack_server"]
