"""What the digests and watches of a team with changes of its own are built from."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import NamedTuple

from bot.catalog.repository import Catalog
from bot.errors import CatalogueError
from bot.ingest.catalog_upkeep import CatalogUpkeep
from bot.ingest.team_catalogs import OpenCatalog, TeamCatalogs
from bot.storage.arrivals import Arrivals
from bot.storage.stores import Stores


class SharedSupply(NamedTuple):
    """What the shared catalogue should have, how what it lacks is brought back, and what raises where it is behind."""

    expected: Callable[[Collection[str]], set[str]]
    restore: Callable[[Collection[str]], object]
    require_current: Callable[[], object]


class TeamView(NamedTuple):
    """A team's catalogue as it is now, and what arrived for the team."""

    team: str
    catalogs: TeamCatalogs
    stores: Stores
    opened: OpenCatalog | None  # None: the team has nothing of its own now
    for_all: SharedSupply

    @property
    def catalog(self) -> Catalog:
        """What the team sees."""
        return self.opened.catalog if self.opened else self.catalogs.shared.catalog

    @property
    def matching_keys(self) -> Callable[[str, Collection[str]], Sequence[str]]:
        """Search in that."""
        return self.opened.search.matching_keys if self.opened else self.catalogs.shared.matching_keys

    @property
    def arrivals(self) -> Arrivals:
        """What arrived for everybody and for the team."""
        return self.stores.arrivals.of_team(self.team)

    def expected(self, keys: Collection[str]) -> set[str]:
        """Those of these entries that should be in the team's catalogue. What the team has no longer of its own should
        be where everybody has it.
        """
        own = self.stores.own_records.known(self.team)
        given_up = {key for key in keys if own.get(key) is False}
        everybody_s = {record.id for record in self.stores.catalog_records.entries(given_up)} if given_up else set()
        others = {key for key in keys if key not in own}
        return {key for key in keys if own.get(key)} | everybody_s | self.for_all.expected(others)

    def restore(self, keys: Collection[str]) -> None:
        """Bring back what somebody removed; the team's catalogue has it at the next look."""
        self.for_all.restore(keys)
        self.catalogs.close(self.team)

    def require_current(self) -> None:
        """Raise CatalogueError where the team's catalogue lacks something by now."""
        if self.opened is None:
            self.for_all.require_current()
        elif self.catalogs.is_behind(self.opened):
            raise CatalogueError(f"The catalogue of {self.team} has changed just now.")


def team_views(catalogs: TeamCatalogs, stores: Stores, upkeep: CatalogUpkeep) -> Callable[[str], TeamView | None]:
    """What says what a team sees that has something of its own, or had: then it was told what others hear later. None
    for any other. It raises CatalogueError or WorkspaceError.
    """
    shared = catalogs.shared.catalog
    supply = SharedSupply(
        upkeep.sync.expected, partial(upkeep.restore_entries, shared), partial(upkeep.sync.catch_up, shared)
    )

    def view_of(team: str) -> TeamView | None:
        if not catalogs.had_own(team):
            return None
        opened = catalogs.current(team) if catalogs.has_own(team) else None
        return TeamView(team, catalogs, stores, opened, supply)

    return view_of
