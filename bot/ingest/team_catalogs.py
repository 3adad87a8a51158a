"""The catalogues of teams that have something of their own: each is a copy of the shared one with that laid over it.

Where one installation serves many workspaces, what is imported, reviewed and accepted in Slack is the team's own. A
team that has nothing of its own is answered from the shared catalogue, and costs nothing. Each process makes its copies
for itself, in a folder of its own, when they are asked for: nothing is in them that the seeds and the workspace
database do not have, so they may be deleted at any time.
"""

import logging
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple, TypeVar

from bot.catalog.damage import DAMAGE_ERRORS
from bot.catalog.models import CatalogPosition, CatalogRecord, Entry
from bot.catalog.own_entries import apply_own, entry_of_record, make_own, own_records
from bot.catalog.records import read_position, write_position
from bot.catalog.repository import Catalog
from bot.database_advice import advice_on
from bot.errors import CatalogueError, HalobotError
from bot.ingest.phrasing_review import ReviewDesk
from bot.ingest.process_folder import ProcessFolder
from bot.private_files import DATABASE_FILES
from bot.search.service import SearchService
from bot.storage.stores import Stores

log = logging.getLogger(__name__)
MAX_OPEN = 16  # catalogues of teams in one process: each is a file like the shared one, and what is cached of it
CLOSE_AFTER_SECONDS = 3600.0  # without a question
REMOVE_AFTER_SECONDS = 600.0  # the file of a catalogue that was closed: somebody may be reading it
MAX_ATTEMPTS = 5  # at a change, while other processes change the same
_TEAM_ID = re.compile(r"T[A-Z0-9]{1,30}")  # it becomes a part of a file's name
_Result = TypeVar("_Result")


class TeamCatalogBehindError(CatalogueError):
    """What a team's catalogue was made of has changed since: do it again in a new one."""

    for_people = ""


class _MadeOf(NamedTuple):
    """What a team's catalogue was made of, besides its records, whose position is in its file."""

    shared_revision: int
    decisions: tuple[int, int]


class OpenCatalog:
    """A team's catalogue in this process. `made_of` is None while it is not whole."""

    def __init__(self, team: str, path: Path, used_at: float) -> None:
        self.team, self.used_at = team, used_at
        self.catalog = Catalog(path)
        self.catalog.owner = team
        self.search = SearchService(self.catalog)
        self.made_of: _MadeOf | None = None


class _OwnEntries(NamedTuple):
    """What a team has of its own, as a catalogue whose arrivals are recorded."""

    own: list[Entry]

    def entries(self) -> list[Entry]:
        return self.own


class TeamCatalogs:
    """Which catalogue a team is answered from. Thread-safe.

    `catch_up()` brings what other processes imported for everybody into the shared catalogue.
    """

    def __init__(
        self,
        shared: SearchService,
        stores: Stores,
        folder: Path,
        catch_up: Callable[[], object] = lambda: None,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.shared, self._stores, self._catch_up = shared, stores, catch_up
        self._now, self._clock = now, clock
        self._folder, self._numbers = ProcessFolder(folder), count(1)
        self._teams = frozenset[str]()  # that have something of their own, as far as this process knows
        self._open: OrderedDict[str, OpenCatalog] = OrderedDict()
        self._closed: list[tuple[float, Path]] = []  # their files are removed later
        self._recorded: dict[str, int] = {}  # the last change of each team whose arrivals are recorded
        self._lock, self._making = threading.RLock(), threading.RLock()

    # -- asking -------------------------------------------------------------------------------------------------------

    def has_own(self, team: str) -> bool:
        """Whether a team has something of its own."""
        return team in self._teams

    def had_own(self, team: str) -> bool:
        """Whether a team has something of its own, or had."""
        return team in self._teams or team in self._recorded

    def is_ready(self, team: str) -> bool:
        """Whether a question of the team needs no workspace database: its catalogue is made, or it has none."""
        return team not in self._teams or self._find(team) is not None

    def search_of(self, team: str) -> SearchService:
        """Search as a team sees it. Raises CatalogueError or WorkspaceError where its catalogue cannot be made."""
        if team not in self._teams:
            return self.shared
        return (self._find(team) or self.current(team)).search

    def catalog_of(self, team: str) -> Catalog:
        """The catalogue that a team sees. Raises as `search_of` does."""
        return self.search_of(team).catalog

    # -- changing -----------------------------------------------------------------------------------------------------

    def change(self, team: str, work: Callable[[Catalog], _Result]) -> _Result:
        """Do work that changes a team's catalogue, and that keeps what it changes as the team's own. What it changed is
        in the next answer. Raises what the work raises, and HalobotError for what is no team.
        """
        _require_team(team)
        for _ in range(MAX_ATTEMPTS):
            catalog = self.current(team).catalog
            try:
                result = work(catalog)
            except TeamCatalogBehindError:
                continue
            self._teams |= {team}
            self.current(team)
            return result
        raise CatalogueError("Other processes import all the time; nothing was changed. Try again.")

    def desk_of(self, team: str) -> ReviewDesk:
        """Where the team's own proposals are read and written; to decide on them, see `decide`."""
        return self._desk(team, self.search_of(team).catalog)

    def decide(self, team: str, decision: Callable[[ReviewDesk], _Result]) -> _Result:
        """Make a decision on the team's own proposals. Raises as `change` does."""
        return self.change(team, lambda catalog: decision(self._desk(team, catalog)))

    def _desk(self, team: str, catalog: Catalog) -> ReviewDesk:
        def record_silently(entries: Sequence[Entry]) -> None:
            self._stores.arrivals.of_team(team).record_silently(entries, self._now())

        return ReviewDesk(catalog, self._stores.proposals.of_team(team), record_silently)

    # -- keeping in step ----------------------------------------------------------------------------------------------

    def refresh(self) -> dict[str, int]:
        """See which teams have something of their own, and make the open catalogues anew that are behind; those that
        nobody used for long are closed. Returns the last change of each team's records.
        """
        changes = self._stores.own_records.changes()
        teams = {team for team, change in changes.items() if change.has_records}
        teams |= self._stores.proposals.teams_with_accepted()
        self._catch_up()  # what was published meanwhile is in the shared catalogue before a team loses it
        self._teams = frozenset(filter(_TEAM_ID.fullmatch, teams))
        with self._lock:
            opened = list(self._open.values())
        for one in opened:
            if one.team not in self._teams or self._clock() - one.used_at > CLOSE_AFTER_SECONDS:
                self.close(one.team)
                continue
            try:
                self.current(one.team)
            except HalobotError as error:
                log.warning("The catalogue of %s could not be brought up to date: %s", one.team, error)
        self._remove_closed()
        return {team: change.change for team, change in changes.items()}

    def record_arrivals(self) -> None:
        """Record what arrived for single teams, after what arrived for everybody."""
        for team, change in self.refresh().items():
            if self._recorded.get(team) != change:
                _, records = self._stores.own_records.of_team(team)
                entries = [entry for entry in map(entry_of_record, records) if entry]
                arrivals = self._stores.arrivals.of_team(team)
                arrivals.sync(_OwnEntries(entries), self._now())
                there = self.shared.catalog.keys() | {entry.key for entry in entries}
                arrivals.record_gone(there, partial(self._given_up, team), self._now())
                self._recorded[team] = change

    def _given_up(self, team: str, keys: Collection[str]) -> set[str]:
        own = self._stores.own_records.known(team)
        return {key for key in keys if own.get(key) is False}

    def current(self, team: str) -> OpenCatalog:
        """A team's catalogue, with all that it has now: made anew where it is behind. Raises CatalogueError,
        WorkspaceError, or HalobotError for what is no team.
        """
        with self._making:
            with self._lock:
                opened = self._open.get(team)
            if opened is not None and not self.is_behind(opened):
                return opened
            made = self._make(team, opened.used_at if opened else self._clock())
            with self._lock:
                self.close(team)
                self._open[team] = made
                while len(self._open) > MAX_OPEN:
                    self.close(next(iter(self._open)))
            return made

    def close(self, team: str) -> None:
        """Close a team's catalogue; it is made again when it is asked for."""
        with self._lock:
            opened = self._open.pop(team, None)
            if opened is not None:
                self._closed.append((self._clock(), opened.catalog.path))

    def close_all(self) -> None:
        """Close all, and remove their files."""
        with self._lock:
            for team in list(self._open):
                self.close(team)
        self._folder.close()

    # -- making -------------------------------------------------------------------------------------------------------

    def _find(self, team: str) -> OpenCatalog | None:
        """The open catalogue of a team, if it is whole."""
        with self._lock:
            opened = self._open.get(team)
            if opened is None or opened.made_of is None:
                return None
            self._open.move_to_end(team)
            opened.used_at = self._clock()
            return opened

    def _make(self, team: str, used_at: float) -> OpenCatalog:
        _require_team(team)
        try:
            path = self._folder.path / f"{team}-{next(self._numbers)}.db"
        except OSError as error:
            raise CatalogueError(f"The catalogue of {team} cannot be made ({error}).") from error
        made = OpenCatalog(team, path, used_at)
        made.catalog.recorder = _OwnRecorder(self, made)
        made.catalog.on_created = partial(self._fill, made)  # also where the file is deleted later
        try:
            made.catalog.entry_count()
        except BaseException as error:
            made.catalog.close()
            _remove_files(path)
            if isinstance(error, DAMAGE_ERRORS):  # SQLite's own, as of a full disk
                text = f"The catalogue of {team} cannot be made ({error}). {advice_on(str(error))}"
                raise CatalogueError(text.rstrip()) from error
            raise
        return made

    def _fill(self, made: OpenCatalog) -> None:
        """Copy the shared catalogue into an empty one, and lay over it what the team has of its own."""
        made.made_of = None
        catalog, shared = made.catalog, self.shared.catalog
        decisions = self._stores.proposals.of_team(made.team).latest_change()
        change, records = self._stores.own_records.of_team(made.team)
        self._catch_up()
        with shared.read_transaction():
            revision = shared.revision
            shared.db.conn.backup(catalog.db.conn)
        with catalog.write_transaction() as db:
            make_own(db)
            apply_own(catalog, db, records)
            write_position(db, CatalogPosition(made.team, change))
        self._desk(made.team, catalog).apply()
        catalog.finish_index()
        made.made_of = _MadeOf(revision, decisions)

    def is_behind(self, opened: OpenCatalog) -> bool:
        """Whether a team's catalogue lacks something by now."""
        decisions = self._stores.proposals.of_team(opened.team).latest_change()
        return self.is_moved(opened) or opened.made_of is None or opened.made_of.decisions != decisions

    def is_moved(self, opened: OpenCatalog) -> bool:
        """Whether others changed what an import into this catalogue builds on."""
        made_of, position = opened.made_of, read_position(opened.catalog.db)
        if made_of is None or position is None or made_of.shared_revision != self.shared.catalog.revision:
            return True
        return position.change != self._stores.own_records.change_of(opened.team)

    def keep(self, opened: OpenCatalog, records: list[CatalogRecord]) -> CatalogPosition:
        """Keep what an import into a team's catalogue changed. Raises TeamCatalogBehindError where that is moved."""
        position = read_position(opened.catalog.db)
        if position is None or self.is_moved(opened):
            raise TeamCatalogBehindError("The catalogue has changed meanwhile; nothing was imported. Try again.")
        own = own_records(records, self.shared.catalog)
        change = self._stores.own_records.record(opened.team, own, position.change)
        if change is None:
            raise TeamCatalogBehindError("Another process imports for the same team; nothing was imported. Try again.")
        return CatalogPosition(opened.team, change)

    def _remove_closed(self) -> None:
        with self._lock:
            due = [path for at, path in self._closed if self._clock() - at > REMOVE_AFTER_SECONDS]
            self._closed = [(at, path) for at, path in self._closed if path not in due]
        for path in due:
            _remove_files(path)


class _OwnRecorder:
    """The recorder of a team's catalogue: what an import changes is kept as the team's own."""

    def __init__(self, catalogs: TeamCatalogs, opened: OpenCatalog) -> None:
        self._catalogs, self._opened = catalogs, opened

    def catch_up(self, catalog: Catalog) -> int:
        """Nothing is brought in: a catalogue that is behind is made anew. Raises TeamCatalogBehindError."""
        if self._catalogs.is_moved(self._opened):
            raise TeamCatalogBehindError("The catalogue has changed meanwhile; nothing was imported. Try again.")
        return 0

    def record(self, catalog: Catalog, records: list[CatalogRecord]) -> None:
        """Keep these records. Raises TeamCatalogBehindError."""
        position = self._catalogs.keep(self._opened, records)
        catalog.note_kept()
        write_position(catalog.db, position)


def _remove_files(path: Path) -> None:
    for suffix in DATABASE_FILES:
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _require_team(team: str) -> None:
    if not _TEAM_ID.fullmatch(team):
        raise HalobotError("Slack did not say which workspace this is, so nothing was changed. Try again there.")
