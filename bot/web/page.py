"""One look at one address: what was asked, the catalogue as it is, and how a page of it is made."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import quote

from bot.conversation.filter_parameters import AskedFilters, area_slugs
from bot.search.snapshot import SearchSnapshot
from bot.storage.arrival_dates import ArrivalDate, ArrivalDates
from bot.storage.transactions import DATABASE_UNAVAILABLE
from bot.web.addresses import file_name, relative_link, with_query
from bot.web.models import PageReply, SiteOptions
from bot.web.rendering import render

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass
class Page:
    """A page that is being made, in one read transaction."""

    path: str
    names: Mapping[str, str]  # the parts of the path that its pattern names
    query: Mapping[str, str]  # the last value of each name
    snapshot: SearchSnapshot
    options: SiteOptions
    dates: ArrivalDates
    links: list[str] = field(default_factory=list)
    has_dates: bool = True  # False: the workspace database did not answer, so the page is not kept

    @cached_property
    def slugs(self) -> dict[str, str]:
        """Every area by its slug."""
        return area_slugs(self.snapshot.areas)

    def link(self, target: str) -> str:
        """A link from here to a path."""
        self.links.append(target)
        here, target = (f"/{file_name(one)}" if self.options.is_static else one for one in (self.path, target))
        return relative_link(here, target)

    def url(self, target: str) -> str:
        """A path's whole address; empty where it is not known."""
        path = f"/{file_name(target)}" if self.options.is_static and target != "/" else target
        return f"{self.options.public_url}{path}" if self.options.public_url else ""

    def area_path(self, name: str) -> str:
        """Where the page of an area is."""
        return f"/areas/{quote(next((slug for slug, area in self.slugs.items() if area == name), ''))}"

    def feed(self, ending: str, filters: AskedFilters | None = None, text: str = "") -> str:
        """Where the feed of these filters is. `ending`: atom or json."""
        values = {"q": text, **(filters.in_address(self.slugs) if filters else {})}
        return with_query(f"/feed.{ending}", values.items())

    def arrivals_of(self, keys: Iterable[str]) -> dict[str, list[ArrivalDate]]:
        """When these entries arrived; empty, and noted, where the workspace database does not answer."""
        return self._ask(lambda: self.dates.of_keys(keys)) or {}

    def latest_keys(self, limit: int) -> list[str]:
        """The keys of the last news, the newest first; as `arrivals_of` where the database does not answer."""
        return self._ask(lambda: self.dates.latest_keys(limit)) or []

    def _ask(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except DATABASE_UNAVAILABLE as error:
            log.warning("The page cannot tell when entries came: %s", error)
            self.has_dates = False
            return None

    def render(
        self,
        template: str,
        title: str,
        description: str = "",
        canonical: str = "",
        feed_of: AskedFilters | None = None,
        feed_text: str = "",
        status: int = 200,
        **values: Any,
    ) -> PageReply:
        """A page. `feed_of` and `feed_text`: what its feed is narrowed to; `canonical`: its path, where it has many."""
        text = render(
            template,
            page=self,
            title=title,
            description=" ".join(description.split())[:300],
            canonical=self.url(canonical or self.path) if status == 200 else "",
            feeds={ending: self.feed(ending, feed_of, feed_text) for ending in ("atom", "json")},
            **values,
        )
        return PageReply(text.encode(), status=status, links=tuple(dict.fromkeys(self.links)))

    def redirect(self, target: str) -> PageReply:
        """Another page has the answer."""
        return PageReply(status=303, location=self.link(target), links=(target,))
