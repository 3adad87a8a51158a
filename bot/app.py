"""The composition root: builds every store, client and service from the settings, each once.

Imports stay inside the functions, so that a command loads only what it needs: `halobot ask` loads neither Bolt nor
SQLAlchemy.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

from bot import logs
from bot.settings import Settings, path_of, shipped_path
from bot.sqlite_address import file_of

if TYPE_CHECKING:
    from slack_bolt import App
    from sqlalchemy import Engine
    from starlette.routing import Route

    from bot.catalog.models import Entry
    from bot.catalog.repository import Catalog
    from bot.digests.runner import DigestRunner
    from bot.digests.service import DigestService
    from bot.ingest.catalog_upkeep import CatalogUpkeep
    from bot.ingest.describer import Describer
    from bot.ingest.phrasing_review import ReviewDesk
    from bot.ingest.poller import SourcePoller
    from bot.ingest.readers.halo_api.client import HaloApi
    from bot.ingest.report import ImportReport
    from bot.ingest.schedule import SourceStatus, WatchedSource
    from bot.ingest.team_catalogs import TeamCatalogs
    from bot.problems import ProblemList
    from bot.search.service import SearchService
    from bot.slack.authorization import InstalledApp
    from bot.slack.error_boundary import Services
    from bot.slack.metrics import Metrics
    from bot.slack.operator_notices import OperatorNotices
    from bot.slack.publisher import LeaseTiming, Publisher
    from bot.slack.self_facts import SelfFacts
    from bot.slack.shutdown import Shutdown
    from bot.slack.web_client import BoundedWebClient
    from bot.slack.workspaces import Workspaces
    from bot.storage.health import Health
    from bot.storage.stores import Stores

log = logging.getLogger(__name__)


def start_logging(settings: Settings) -> None:
    """Log to standard error, so that standard output has only answers."""
    logs.start(settings.log_level, settings.log_format, settings.secrets)


class Application:
    """Everything Halobot is made of. Each part is built once, when it is first asked for.

    A part that cannot be built raises a HalobotError: SettingError, SeedError, CatalogueError, WorkspaceError or
    SlackError. `now` is the clock of all parts, in seconds since 1970.
    """

    def __init__(
        self, settings: Settings, now: Callable[[], float] = time.time, timing: LeaseTiming | None = None
    ) -> None:
        self.settings, self.now = settings, now
        # Whether other processes may answer the same people: workers of this machine, or other machines.
        self.has_others = settings.http_workers > 1 or not settings.workspace_url.startswith("sqlite")
        self._timing = timing

    # -- entries and search: no workspace database, no Slack ------------------------------------------------------

    @cached_property
    def catalog(self) -> Catalog:
        """The catalogue with the seeds and all that was imported, also when its file is deleted while the bot runs."""
        return self.upkeep.open(self.settings.catalog)

    @cached_property
    def upkeep(self) -> CatalogUpkeep:
        """Keeps the catalogue whole."""
        from bot.ingest.catalog_sync import CatalogSync
        from bot.ingest.catalog_upkeep import CatalogUpkeep
        from bot.ingest.seed_loading import load_seeds_folder
        from bot.storage.peek import peek_position

        url, seeds = self.settings.workspace_url, self.settings.seeds
        path = file_of(url)
        return CatalogUpkeep(
            CatalogSync(lambda: self.stores.catalog_records, partial(peek_position, url)),
            # With HALO_SEEDS=none there are no entries, but the parser still needs the areas and the glossary.
            partial(load_seeds_folder, folder=seeds or shipped_path("seeds"), with_entries=seeds is not None),
            has_workspace=lambda: path.exists() if path else not url.startswith("sqlite"),
            apply_accepted=lambda catalog: self._desk_for(catalog).apply(),
            tell=self.notify_operator,
        )

    @cached_property
    def problems(self) -> ProblemList:
        """What is wrong now."""
        from bot.problems import ProblemList

        return ProblemList(self.operator_notices.tell, self.now)

    @cached_property
    def operator_notices(self) -> OperatorNotices:
        """Tells the operator of problems, once."""
        from bot.slack.operator_notices import OperatorNotices

        turns = (lambda: self.stores.turns) if self.has_others else None
        return OperatorNotices(self.tell_admins, turns, socket.gethostname())

    @cached_property
    def health(self) -> Health:
        """How the databases and their disks do."""
        from bot.storage.health import Health

        catalog, search_once = self.catalog, partial(self.search.search, "jira default status")
        return Health(self.engine, partial(self.upkeep.problems, catalog), catalog.path, self.problems, search_once)

    @cached_property
    def search(self) -> SearchService:
        """Search over the catalogue."""
        from bot.search.service import SearchService

        return SearchService(self.catalog)

    @property
    def has_many_workspaces(self) -> bool:
        """Whether what is imported and decided in Slack is the team's own: all workspaces that install the app share
        this installation.
        """
        return self.settings.many_workspaces

    @cached_property
    def team_catalogs(self) -> TeamCatalogs:
        """The catalogues of teams that have changes of their own."""
        from bot.ingest.team_catalogs import TeamCatalogs

        folder, catch_up = self.settings.catalog.with_name("catalogs"), partial(self.upkeep.catch_up, self.catalog)
        return TeamCatalogs(self.search, self.stores, folder, catch_up, self.now)

    # -- the workspace database -----------------------------------------------------------------------------------

    @cached_property
    def engine(self) -> Engine:
        """The workspace database, upgraded."""
        from bot.storage.database import open_workspace

        return open_workspace(self.settings.workspace_url, self.notify_operator)

    @cached_property
    def stores(self) -> Stores:
        """Every store on the workspace database."""
        from bot.storage.stores import open_stores
        from bot.storage.token_cipher import TokenCipher

        keys, days = self.settings.encryption_keys, self.settings.question_days
        return open_stores(self.engine, TokenCipher(keys) if keys else None, days)

    @cached_property
    def review_desk(self) -> ReviewDesk:
        """Where proposals of phrasings are decided on."""
        return self._desk_for(self.catalog)

    def _desk_for(self, catalog: Catalog) -> ReviewDesk:
        from bot.ingest.phrasing_review import ReviewDesk

        def record_silently(entries: Sequence[Entry]) -> None:
            self.stores.arrivals.record_silently(entries, self.now())

        return ReviewDesk(catalog, self.stores.proposals, record_silently)

    @cached_property
    def describer(self) -> Describer | None:
        """Asks a language model to describe new changes; None without HALO_LLM_URL and HALO_LLM_MODEL."""
        from bot.ingest.describer import Describer
        from bot.ingest.llm_client import ChatClient

        settings = self.settings
        if not (settings.llm_url and settings.llm_model):
            return None
        client = ChatClient(settings.llm_url, settings.llm_model, settings.llm_key)
        return Describer(self.catalog, self.stores.proposals, client, self.notify_operator)

    # -- sources --------------------------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> tuple[WatchedSource, ...]:
        """What HALO_SOURCES names; relative paths as in all settings. Raises SettingError."""
        from bot.ingest.schedule import parse_sources

        return parse_sources(self.settings.halo_sources, path_of)

    def source_statuses(self) -> list[SourceStatus]:
        """How each source is doing."""
        from bot.ingest.poller import source_statuses

        return source_statuses(self.sources, self.stores.source_states, datetime.fromtimestamp(self.now(), UTC))

    @cached_property
    def self_facts(self) -> SelfFacts:
        """How new the catalogue is, and how the sources do. Without sources the workspace database is not opened."""
        from bot.slack.self_facts import SelfFacts

        statuses = self.source_statuses if self.settings.halo_sources else tuple
        return SelfFacts(statuses, lambda keys, team: self.stores.arrivals.of_team(team).first_seen_at(keys))

    def open_halo_api(self) -> HaloApi:
        """A client for the tenant of HALO_API_URL. Raises SettingError when one of its three settings is missing."""
        from bot.ingest.readers.halo_api.client import HaloApi

        own = self.settings
        own.need("HALO_API_URL", "HALO_API_CLIENT_ID", "HALO_API_CLIENT_SECRET")
        return HaloApi(own.halo_api_url or "", own.halo_api_client_id or "", own.halo_api_client_secret or "")

    @cached_property
    def poller(self) -> SourcePoller:
        """Reads the sources when they are due. What an import brings is an arrival at once, for digests and watches; a
        first reading is none. The operator hears of failures.
        """
        from bot.ingest.poller import SourcePoller, reading_source_apart

        return SourcePoller(
            self.catalog,
            self.stores.source_states,
            self.sources,
            open_halo_api=self.open_halo_api,
            on_imported=self._record_arrivals,
            before_silent_import=self._record_silently,
            notify_operator=self.notify_operator,
            reading=reading_source_apart,
            turn=self.stores.turns.turn,
        )

    def _record_arrivals(self, report: ImportReport, now: datetime) -> None:
        self.review_desk.apply()  # an entry that came again has what was accepted for it
        self.stores.arrivals.sync(self.catalog, now.timestamp())
        if self.has_many_workspaces:
            self.team_catalogs.refresh()

    def _record_silently(self, entries: Sequence[Entry], now: datetime) -> None:
        self.stores.arrivals.record_silently(entries, now.timestamp())

    def notify_operator(self, sentence: str) -> None:
        """Tell whoever runs the bot: in the log, and by a direct message to each person that HALO_ADMINS names."""
        log.warning("%s", sentence)
        self.tell_admins(sentence)

    def tell_admins(self, text: str) -> bool:
        """Send a direct message to each person that HALO_ADMINS names. Returns False when none of them got it."""
        from bot.digests.rights import ADMINS

        people = [admin for admin in self.admins if admin != ADMINS and not admin.startswith("-")]
        if people and (self.settings.slack_bot_token or self.settings.many_workspaces):
            from bot.slack.operator import tell_people

            return tell_people(self.workspaces.client, people, text)
        return True  # there is nobody

    @cached_property
    def admins(self) -> tuple[str, ...]:
        """Whom HALO_ADMINS names. With many workspaces, who is named without one is nobody."""
        from bot.digests.rights import with_teams_only

        return with_teams_only(self.settings.admins) if self.settings.many_workspaces else self.settings.admins

    # -- Slack ----------------------------------------------------------------------------------------------------

    @cached_property
    def slack_client(self) -> BoundedWebClient:
        """Slack's Web API for answers."""
        from bot.serving import build_client

        return build_client(self.settings, self.metrics.note_rate_limited)

    @cached_property
    def workspaces(self) -> Workspaces:
        """Those that are served: the one of SLACK_BOT_TOKEN, or with SLACK_CLIENT_ID those that installed the app."""
        from bot.serving import build_workspaces
        from bot.slack.publisher import LeaseTiming

        timeout, client = (self._timing or LeaseTiming()).timeout, self.slack_client
        return build_workspaces(self.settings, client, timeout, lambda: self.stores.installations, self.now)

    @cached_property
    def installed_app(self) -> InstalledApp | None:
        """What Bolt needs so that workspaces can install the app; None for the one of SLACK_BOT_TOKEN."""
        from bot.serving import build_installed_app

        client, workspaces = self.slack_client, self.workspaces
        return build_installed_app(self.settings, client, workspaces, lambda: self.stores.installations, self.now)

    @cached_property
    def metrics(self) -> Metrics:
        """The figures of this process."""
        from bot.slack.metrics import Metrics

        return Metrics(self.problems)

    @cached_property
    def publisher(self) -> Publisher:
        """Posts digests."""
        from bot.slack.publisher import LeaseTiming, Publisher
        from bot.slack.rate_limiter import RateLimiter
        from bot.storage.lease_clock import delivery_clocks

        settings, timing = self.settings, self._timing or LeaseTiming()
        now, lease_now = delivery_clocks(self.engine, self.now)
        return Publisher(
            self.stores.outbox,
            self.workspaces.digest_client,
            RateLimiter(settings.digest_posts_per_minute),
            settings.on_unknown_delivery,
            timing,
            now,
            served_teams=self.workspaces.served,
            lease_now=lease_now,
            ending=self.ending.begun,
        )

    @cached_property
    def digest_runner(self) -> DigestRunner:
        """Posts what is due: digests, and messages to people whose watches have something new."""
        from bot.digest_parts import build_runner

        return build_runner(self)

    @cached_property
    def digest_service(self) -> DigestService:
        """What people can do with digests."""
        from bot.digest_parts import build_service

        return build_service(self)

    @cached_property
    def services(self) -> Services:
        """What Slack's handlers work with."""
        from bot.slack.command_answers import CommandAnswers
        from bot.slack.error_boundary import Services
        from bot.slack.jobs import JobRunner
        from bot.storage.lease_clock import LeaseClock

        self.digest_runner.record_at_start()
        return Services(
            search=self.search,
            stores=self.stores,
            jobs=JobRunner(self.stores.inbox, self.workspaces.served, LeaseClock(self.engine), self.ending.begun),
            problems=self.problems,
            metrics=self.metrics,
            problems_by_team={} if self.settings.many_workspaces else None,
            command_answers=CommandAnswers(self.stores.conversations if self.has_others else None, self.now),
            now=self.now,
            digests=self.digest_service,
            admins=self.admins,
            workspaces=self.workspaces,
            unfurl_domains=self.settings.unfurl_domains,
            source_statuses=self.source_statuses,
            read_facts=self.self_facts.read,
            test_error_command=self.settings.test_error_command,
            review=self.review_desk,
            team_catalogs=self.team_catalogs if self.has_many_workspaces else None,
            entry_url=self.entry_url,
        )

    def entry_url(self, entry: Entry) -> str:
        """The page of an entry that everybody has; empty where there is none."""
        from bot.web.addresses import entry_url

        with self.search.snapshot() as snapshot:
            is_shared = entry.key in snapshot.vocabulary.keys
        return entry_url(self.settings.public_url or "", entry) if is_shared else ""

    def build_bolt_app(self, services: Services | None = None) -> App:
        """The Bolt app with every route on it. Raises SlackError when Slack refuses the token."""
        from bot.slack.app import build_app

        secret, installed = self.settings.slack_signing_secret, self.installed_app
        return build_app(self.slack_client, secret, services or self.services, installed)

    @property
    def install_routes(self) -> list[Route]:
        """The pages from which workspaces install the app; none for the one of SLACK_BOT_TOKEN."""
        from bot.slack.oauth import InstallPages

        return InstallPages(self.installed_app.oauth_flow).routes() if self.installed_app else []

    # -- running --------------------------------------------------------------------------------------------------

    @cached_property
    def ending(self) -> Shutdown:
        """How this process ends when it is told to."""
        from bot.slack.shutdown import Shutdown

        return Shutdown()
