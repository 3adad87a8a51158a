"""The whole of the pages, as a function from an address to a reply. It knows no HTTP: `server` does."""

import logging
import re
import threading
import time
from collections.abc import Mapping
from urllib.parse import urlencode

from bot.conversation.filter_parameters import UnknownValueError
from bot.errors import HalobotError
from bot.references import with_reference
from bot.search.cache import LruCache
from bot.search.service import SearchService
from bot.storage.arrival_dates import ArrivalDates
from bot.storage.transactions import DATABASE_UNAVAILABLE
from bot.web import feeds, search_view, views
from bot.web.models import PageReply, SiteOptions, UnavailableError
from bot.web.page import Page
from bot.web.rendering import FOLDER

log = logging.getLogger(__name__)
MAX_KEPT_BYTES = 32_000_000  # of rendered pages, with …
KEPT_BYTES = 2_000  # … what each takes beside its body: a redirect has none
MAX_KEPT_ADDRESS = 300  # characters; what is asked at a longer one is not asked again
DATES_SECONDS = 5.0  # between two looks for new arrivals; after one that failed …
DATES_RETRY_SECONDS = 30.0  # … this long

ROUTES: tuple[tuple[str, views.PageView], ...] = (
    ("/", views.show_home),
    ("/(?P<name>versions|areas|episodes|feeds)", views.show_index),
    ("/search", search_view.show_search),
    ("/(?P<folder>changes|questions|guides)/(?P<key>[^/]+)", views.show_entry),
    ("/(?P<folder>changes|questions|guides)", views.show_kind),
    (r"/versions/(?P<version>[^/]+?)(?P<ending>\.md|\.csv)?", views.show_version),
    ("/upgrade", views.find_upgrade),
    (r"/upgrade/(?P<older>[^/]+)/(?P<newer>[^/]+?)(?P<ending>\.md|\.csv)?", views.show_upgrade),
    ("/areas/(?P<area>[^/]+)", views.show_area),
    ("/episodes/(?P<episode>[^/]+)", views.show_episode),
    (r"/feed\.(?P<ending>atom|json)", feeds.show_feed),
    (r"/robots\.txt", views.show_robots),
    (r"/sitemap\.xml", views.show_sitemap),
)
Kept = tuple[object, PageReply]  # the state that a page is of, and the page
STATIC_FILES = {"/page.css": "text/css", "/icon.svg": "image/svg+xml"}


class Site:
    """Answers addresses from the catalogue as it is. Thread-safe. What was rendered is kept until something changes."""

    def __init__(self, search: SearchService, dates: ArrivalDates, options: SiteOptions) -> None:
        self.search, self.dates, self.options = search, dates, options
        self.forget()
        self._seq, self._look_again_at = 0, 0.0
        self._looking = threading.Lock()

    def forget(self) -> None:
        """Make every page anew."""
        self._kept = LruCache[str, Kept](MAX_KEPT_BYTES, size_of=lambda kept: len(kept[1].body) + KEPT_BYTES)

    def get(self, path: str, query: Mapping[str, str]) -> PageReply:
        """The reply to any address; nothing is raised."""
        if path in STATIC_FILES:
            return PageReply((FOLDER / f"static{path}").read_bytes(), STATIC_FILES[path])
        with with_reference() as reference:
            try:
                return self._get(path, query)
            except UnknownValueError as error:
                return self._problem_page(path, 404, "That is not here", str(error))
            except UnavailableError as error:
                return self._problem_page(path, 503, "Not just now", str(error))
            except HalobotError as error:
                log.warning("A page could not be made: %s", error if error.for_people else type(error).__name__)
                return self._problem_page(path, 503, "Not just now", error.for_people or str(error))
            except Exception:
                log.exception("A page failed (reference %s)", reference)
                sentence = f"Nothing is lost. Please tell whoever runs this the reference {reference}."
                return self._problem_page(path, 500, "Something went wrong here", sentence)

    def _problem_page(self, path: str, status: int, title: str, sentence: str) -> PageReply:
        """A page that says what is wrong, with ways on; it needs no database."""
        page = Page(path, {}, {}, None, self.options, self.dates)  # type: ignore[arg-type]
        return page.render("problem.html", title, status=status, sentence=sentence)

    def _get(self, path: str, query: Mapping[str, str]) -> PageReply:
        matches = ((re.fullmatch(pattern, path), view) for pattern, view in ROUTES)
        match, view = next(((match, view) for match, view in matches if match), (None, None))
        if match is None or view is None:
            raise UnknownValueError("There is no page at this address.")
        address, latest = f"{path}?{urlencode(sorted(query.items()), errors='replace')}", self._latest_seq()
        with self.search.snapshot() as snapshot:
            position = (snapshot.revision, latest)
            kept = self._kept.get(address) if len(address) <= MAX_KEPT_ADDRESS else None
            if kept and kept[0] == position:
                return kept[1]
            page = Page(path, match.groupdict(), query, snapshot, self.options, self.dates)
            reply = view(page)
        if page.has_dates and len(address) <= MAX_KEPT_ADDRESS:
            self._kept.add({address: (position, reply)})
        return reply

    def _latest_seq(self) -> int:
        """The last arrival, looked for now and then, by one thread."""
        if time.monotonic() >= self._look_again_at and self._looking.acquire(blocking=False):
            try:
                self._look_again_at = time.monotonic() + DATES_RETRY_SECONDS
                self._seq = self.dates.latest_seq()
                self._look_again_at = time.monotonic() + DATES_SECONDS
            except DATABASE_UNAVAILABLE as error:
                log.warning("The page cannot look for arrivals: %s", error)
            finally:
                self._looking.release()
        return self._seq
