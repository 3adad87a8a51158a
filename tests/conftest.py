"""Fixtures of many tests: a catalogue of the shipped seeds, an empty one, a small seeds folder, a dump of a database.

The seeds are loaded once a session, and every test gets its own copy of the file. Nothing here changes the environment.
"""

import gc
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from bot.catalog.models import Entry, Seeds, Version
from bot.catalog.repository import Catalog
from bot.catalog.seeds import read_seeds
from bot.settings import PROJECT, Settings, read_settings
from tests.prepared import new_catalog

# No deadline: how long an example takes says nothing about whether it is right. The same examples every time, so that a
# red test is about the change at hand. To look for new ones: pytest --hypothesis-profile=default
hypothesis.settings.register_profile("halobot", deadline=None, derandomize=True)
hypothesis.settings.load_profile("halobot")

Dump = Callable[[Path], dict[str, list[Any]]]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two for each processor where there are few: tests wait for processes and for time to pass. Each needs 0.4 GB."""
    processors = os.cpu_count() or 1
    return max(processors, min(2 * processors, 8))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What waits long comes first: all else is done meanwhile. pytest-xdist gives each worker a stretch of the list."""
    workers = getattr(config, "workerinput", {"workercount": 1})["workercount"]
    long = [item for item in items if item.get_closest_marker("long")]
    others = iter([item for item in items if not item.get_closest_marker("long")])
    count, ordered = len(items), list[pytest.Item]()
    for number in range(workers):
        first, size = long[number::workers], (count - len(ordered)) // (workers - number)
        ordered += [*first, *islice(others, max(size - len(first), 0))]
    items[:] = [*ordered, *others]


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: looking through it again and again for garbage takes as long as
    many tests. What tests leave is looked for more rarely, too.
    """
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(scope="session")
def shipped_seeds() -> Seeds:
    """The seeds as they are in git, read once."""
    return read_seeds(PROJECT / "seeds")


@pytest.fixture(scope="session")
def shipped_file(shipped_seeds: Seeds, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue file loaded from the shipped seeds. Copy it, never open it."""
    path = tmp_path_factory.mktemp("shipped") / "catalog.db"
    catalogue = Catalog(path)
    catalogue.load_seeds(shipped_seeds)
    catalogue.close()
    return path


@pytest.fixture
def catalogue(shipped_file: Path, tmp_path: Path) -> Iterator[Catalog]:
    """A catalogue of the shipped seeds that the test may change."""
    opened = Catalog(Path(shutil.copy(shipped_file, tmp_path / "catalog.db")))
    yield opened
    opened.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Catalog]:
    """A catalogue with nothing in it."""
    opened = Catalog(new_catalog(tmp_path / "empty.db"))
    yield opened
    opened.close()


@pytest.fixture
def dump() -> Dump:
    """Everything that is in a database file, by table: equal dumps are equal databases."""

    def read(path: Path) -> dict[str, list[Any]]:
        db = sqlite3.connect(path)
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found = {table: sorted(db.execute(f"SELECT * FROM [{table}]").fetchall(), key=repr) for table in tables}
        db.close()
        return found

    return read


@pytest.fixture
def settings_for(tmp_path: Path) -> Callable[..., Settings]:
    """Settings whose files all lie in the test's own folder; keywords are settings by name."""

    def make(**given: object) -> Settings:
        own = {
            "HALO_CATALOG": tmp_path / "empty.db",
            "HALO_SEEDS": tmp_path / "seeds",
            "HALO_WORKSPACE_URL": f"sqlite:///{tmp_path}/workspace.db",
        }
        return read_settings({name: str(value) for name, value in {**own, **given}.items()}, tmp_path / "no.env")

    return make


class SeedsFolder:
    """A small seeds folder that a test may break: two changes of v2.206, one FAQ answer, two areas, two episodes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("areas.toml", '[[area]]\nname = "Tickets"\nalso = ["desk"]\n[[area]]\nname = "Reporting"\n')
        self.write(
            "episodes.toml",
            '[[episode]]\nnumber = 13\nurl = "https://example.com/13"\nhosts = ["Mendy"]\nversions = ["2.206"]\n'
            "[[episode]]\nnumber = 14\n",
        )
        self.write(
            "glossary.toml",
            'everyday = ["work people"]\nsame = [["ticket", "case"]]\n'
            '[[means]]\nterm = "jira"\nmeans = ["issue tracker"]\n',
        )
        self.write(
            "answers.toml",
            '[[faq]]\nkey = "faq-sso"\ntitle = "Signing in once"\nanswer = "Connect the Azure application."\n',
        )
        self.write(
            "releases/v2.206.toml",
            self.release(
                "2.206", self.feature("1016865", "Jira default status"), self.feature("794180", "Report of stock")
            ),
        )

    def write(self, name: str, text: str | bytes) -> Path:
        """Write one file of the folder."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    @staticmethod
    def feature(key: str, title: str, **fields: Any) -> str:
        """A [[feature]] block; TOML writes texts, lists and true as JSON does."""
        values = {"key": key, "title": title, "summary": f"{title}, in a sentence.", "area": "Tickets", **fields}
        return "\n".join(
            ["[[feature]]", *(f"{name} = {json.dumps(value)}" for name, value in values.items() if value is not None)]
        )

    @staticmethod
    def release(version: str, *features: str) -> str:
        """A file of one version."""
        return "\n\n".join([f'version = "{version}"', *features])

    def read(self) -> Seeds:
        """The folder as records. Raises SeedError as for a person."""
        return read_seeds(self.path)


@pytest.fixture
def folder(tmp_path: Path) -> SeedsFolder:
    """A small, correct seeds folder."""
    return SeedsFolder(tmp_path / "seeds")


@pytest.fixture
def make_entry() -> Callable[..., Entry]:
    """An entry that came from elsewhere; keywords say what is special about it."""

    def make(key: str = "5551234", title: str = "Zebra crossings: painted by robots", **fields: Any) -> Entry:
        given = {
            "summary": "Robots now paint them.",
            "version": Version(2, 206),
            "area": "Tickets",
            "source": "post",
            **fields,
        }
        return Entry(key=key, kind=given.pop("kind", "feature"), title=title, **given)

    return make
