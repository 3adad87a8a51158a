"""The fixtures of other folders that the faults were shown with, and one that imports a document.

Slack reaches the app by signed HTTP only: none of the faults was of the way it does.
"""

from collections.abc import Callable

import pytest

from bot.catalog.models import Entry
from bot.ingest.load import parse_or_report
from bot.ingest.readers.registry import read_document
from bot.ingest.report import ImportReport
from bot.ingest.service import import_documents
from tests.ingest.conftest import fetcher as fetcher
from tests.ingest.conftest import naps as naps
from tests.ingest.conftest import now as now
from tests.ingest.conftest import site as site
from tests.ingest.conftest import states as states
from tests.search.conftest import bare_file as bare_file
from tests.search.conftest import make_service as make_service
from tests.search.conftest import service as service
from tests.whole_app.conftest import halo as halo
from tests.whole_app.conftest import settings as settings
from tests.whole_app.conftest import slack as slack
from tests.whole_app.conftest import started as started

Imported = tuple[dict[str, Entry], ImportReport]


@pytest.fixture
def way() -> str:
    """How Slack reaches the app."""
    return "http"


@pytest.fixture
def imported(empty, now) -> Callable[[str | bytes, str], Imported]:
    """Imports a document of this name into an empty catalogue. Gives the entries by key, and the report."""

    def read(document: str | bytes, name: str) -> Imported:
        data = document.encode() if isinstance(document, str) else document
        report = import_documents(empty, [parse_or_report(name, lambda: read_document(data, name))], now)
        return {entry.key: entry for entry in empty.entries()}, report

    return read
