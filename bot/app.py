"""The composition root: settings -> stores -> search -> Slack app. Imports stay inside the functions, so that each
command loads only what it needs (`halobot ask` neither Bolt nor SQLAlchemy).
"""

from __future__ import annotations

import logging
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.settings import ADMINS, PROJECT, Settings, path_of

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_sdk import WebClient
    from sqlalchemy import Engine

    from bot.catalog.models import Entry
    from bot.catalog.repository import Catalog
    from bot.digests.runner import Digests
    from bot.ingest.poller import Watch
    from bot.ingest.readers.halo_api import HaloApi
    from bot.ingest.schedule import Source, SourceStatus
    from bot.search.service import SearchService
    from bot.slack.app import Services
    from bot.slack.publisher import Timing
    from bot.storage.feedback import QuestionLog
    from bot.storage.source_states import SourceStates

log = logging.getLogger(__name__)
SHIPPED_SEEDS = PROJECT / "seeds"


def start_logging(settings: Settings) -> None:
    """Logs go to standard error, so that standard output is only answers."""
    logging.basicConfig(
        stream=sys.stderr, level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )


def open_catalogue(settings: Settings) -> Catalog:
    """The catalogue, brought up to the seeds if they changed. Raises SeedError or CatalogueError."""
    from bot.catalog.repository import Catalog

    catalogue = Catalog(settings.catalog)
    load_seeds(catalogue, settings)
    catalogue.on_created = lambda: load_seeds(catalogue, settings)  # deleted under a running bot, it is made anew
    return catalogue


def load_seeds(catalogue: Catalog, settings: Settings, again: bool = False) -> str:
    """Bring the catalogue up to the seeds when their files changed (or `again`). Returns what was done, in words."""
    from bot.catalog import seeds

    folder = settings.seeds or SHIPPED_SEEDS
    if (
        not again
        and folder.is_dir()
        and catalogue.seeds_signature == seeds.folder_signature(folder, entries=settings.seeds is not None)
    ):
        return "The seeds are loaded already."
    # With HALO_SEEDS=none there are no entries, but areas and glossary are still what people's words are understood by.
    read = seeds.read_seeds(folder) if settings.seeds else seeds.read_areas_and_glossary(folder)
    report = f"Seeds loaded into {catalogue.path}: {catalogue.load_seeds(read)}."
    log.info(report)
    return report


def open_ask(settings: Settings) -> SearchService:
    """The use case on the catalogue of these settings."""
    from bot.search.service import SearchService

    return SearchService(open_catalogue(settings))


def watched_sources(settings: Settings) -> tuple[Source, ...]:
    """What HALO_SOURCES names; relative paths are meant from the project's folder. Raises SettingError."""
    from bot.ingest.load import is_address
    from bot.ingest.schedule import API, parse_sources

    return tuple(
        source if is_address(source.name) or source.name == API else replace(source, name=str(path_of(source.name)))
        for source in parse_sources(settings.halo_sources)
    )


def open_source_states(settings: Settings) -> SourceStates:
    """What is remembered of the watched sources."""
    from bot.storage.database import open_workspace
    from bot.storage.source_states import SourceStates

    return SourceStates(open_workspace(settings.workspace_url))


def halo_api(settings: Settings) -> HaloApi:
    """The tenant of HALO_API_URL. Raises SettingError when one of its three settings is missing."""
    from bot.ingest.readers.halo_api import HaloApi

    settings.need("HALO_API_URL", "HALO_API_CLIENT_ID", "HALO_API_CLIENT_SECRET")
    return HaloApi(
        settings.halo_api_url or "", settings.halo_api_client_id or "", settings.halo_api_client_secret or ""
    )


def open_watch(settings: Settings) -> Watch:
    """What HALO_SOURCES names, ready to be read; the operator is told of what fails."""
    from bot.ingest.poller import Watch
    from bot.storage.arrivals import Arrivals
    from bot.storage.database import open_workspace
    from bot.storage.source_states import SourceStates

    engine = open_workspace(settings.workspace_url)
    arrivals = Arrivals(engine)

    def quietly(entries: Sequence[Entry], now: datetime) -> None:
        arrivals.record_silently(entries, now.timestamp())

    watched = watched_sources(settings)
    return Watch(
        open_catalogue(settings),
        SourceStates(engine),
        watched,
        api=lambda: halo_api(settings),
        quietly=quietly,
        tell=operator(settings),
    )


def start_watching(settings: Settings) -> None:
    """Read the watched sources in the background from now on; nothing at all when HALO_SOURCES is empty."""
    if settings.halo_sources:
        from bot.ingest import scheduler

        scheduler.start(open_watch(settings))


def operator(settings: Settings) -> Callable[[str], None]:
    """Tells whoever runs the bot: in the log, and by a direct message to each person of HALO_ADMINS."""

    def tell(text: str) -> None:
        from slack_sdk.errors import SlackClientError

        from bot.slack.views.blocks import escape

        log.warning("%s", text)
        people = [admin for admin in settings.admins if admin != ADMINS and settings.slack_bot_token]
        for admin in people:
            try:
                slack_client(settings).chat_postMessage(
                    channel=admin, text=escape(text), mrkdwn=False, unfurl_links=False
                )
            except (SlackClientError, OSError) as error:
                log.warning("%s could not be told: %s", admin, error)

    return tell


def slack_client(settings: Settings) -> WebClient:
    """Slack's client as we want it: told to wait, it waits; a lost connection is never retried, for that could post
    twice.
    """
    from slack_sdk import WebClient

    from bot.slack.retry import RateLimitRetryHandler

    return WebClient(
        settings.slack_bot_token,
        base_url=settings.slack_api_url,
        timeout=10,
        retry_handlers=[RateLimitRetryHandler(max_retry_count=2)],
    )


def open_digests(
    settings: Settings,
    ask: SearchService | None = None,
    engine: Engine | None = None,
    timing: Timing | None = None,
    now: Callable[[], float] = time.time,
) -> Digests:
    """Digests and watches on the databases of these settings, by the clock `now`. Raises SeedError, CatalogueError or
    WorkspaceError.
    """
    from slack_sdk import WebClient

    from bot.digests.builder import Desk
    from bot.digests.runner import Digests
    from bot.slack.publisher import Publisher, Timing
    from bot.slack.rate_limiter import Pace
    from bot.storage.arrivals import Arrivals
    from bot.storage.database import open_workspace
    from bot.storage.outbox import Outbox
    from bot.storage.subscriptions import Subscriptions
    from bot.storage.watches import Watches

    engine, timing, asking = (
        engine or open_workspace(settings.workspace_url),
        timing or Timing(),
        ask or open_ask(settings),
    )

    # No retry of any kind: the publisher itself waits where Slack says so, and looks before it posts again.
    client = WebClient(
        settings.slack_bot_token,
        base_url=settings.slack_api_url,
        timeout=timing.timeout,  # type: ignore[arg-type]
        retry_handlers=[],
    )
    publisher = Publisher(
        Outbox(engine),
        lambda team: client,
        Pace(settings.digest_posts_per_minute),
        settings.on_unknown_delivery,
        timing,
        now,
    )
    desk = Desk(
        asking.catalog, Arrivals(engine), Subscriptions(engine), publisher.ledger, Watches(engine), asking.matching_keys
    )
    return Digests(desk, publisher, threads=max(2, min(16, settings.digest_posts_per_minute // 60)))


def open_services(settings: Settings, now: Callable[[], float] = time.time) -> Services:
    """What listeners work with, by the clock `now`. Raises WorkspaceError, SeedError or CatalogueError."""
    from bot.ingest.poller import statuses
    from bot.slack.app import Services
    from bot.storage.database import open_workspace
    from bot.storage.source_states import SourceStates
    from bot.storage.stores import open_stores

    ask, engine = open_ask(settings), open_workspace(settings.workspace_url)
    digests = open_digests(settings, ask, engine, now=now)
    digests.sync()
    watched, states = watched_sources(settings), SourceStates(engine)

    def sources() -> list[SourceStatus]:
        return statuses(watched, states, datetime.fromtimestamp(now(), UTC))

    return Services(
        ask,
        open_stores(engine),
        now,
        digests,
        settings.admins,
        settings.unfurl_domains,
        sources,
        settings.test_error_command,
    )


def open_questions(settings: Settings) -> QuestionLog:
    """What was asked in vain, and what people thought of answers."""
    from bot.storage.database import open_workspace
    from bot.storage.feedback import QuestionLog

    return QuestionLog(open_workspace(settings.workspace_url))


def slack_app(settings: Settings, services: Services | None = None) -> App:
    """The Bolt app with everything registered. Raises SlackError when Slack refuses the token, WorkspaceError,
    CatalogueError.
    """
    from slack_bolt import App
    from slack_bolt.error import BoltError
    from slack_sdk.errors import SlackApiError

    from bot.errors import SlackError
    from bot.slack.app import register_routes
    from bot.slack.executor import LISTENER_THREADS, WaitingExecutor

    services = services or open_services(settings)
    # Bolt also finds SLACK_BOT_TOKEN in the environment by itself, and warns that it does not need it.
    logging.getLogger("slack_bolt.App").addFilter(lambda record: "`token` will be unused" not in record.getMessage())
    # Socket Mode needs no signing secret, but Bolt wants one: a random one lets no HTTP request in.
    try:
        app = App(
            client=slack_client(settings),
            signing_secret=settings.slack_signing_secret or secrets.token_hex(16),
            raise_error_for_unhandled_request=False,
            listener_executor=WaitingExecutor(LISTENER_THREADS),
        )
    except (BoltError, SlackApiError, OSError) as error:
        raise SlackError(
            f"Slack did not accept SLACK_BOT_TOKEN ({_reason(error)}). Run `halobot doctor` to see what to change."
        ) from error
    register_routes(app, services)
    return app


def _reason(error: Exception) -> str:
    from slack_sdk.errors import SlackApiError

    return (
        str(error.response.get("error", "no answer"))
        if isinstance(error, SlackApiError)
        else str(error).splitlines()[0]
    )


def run_socket_mode(settings: Settings) -> None:
    """Connect to Slack by Socket Mode and stay. Raises SettingError or SlackError before connecting."""
    from slack_bolt.adapter.socket_mode import SocketModeHandler

    settings.need("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    services = open_services(settings)
    handler = SocketModeHandler(slack_app(settings, services), settings.slack_app_token)
    start_digests(services)
    start_watching(settings)
    handler.start()  # type: ignore[no-untyped-call]


def run_http(settings: Settings, port: int, host: str) -> None:
    """Serve Slack's signed requests on a port and stay."""
    import uvicorn

    from bot.slack.http import build_http_app

    settings.need("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")
    services = open_services(settings)
    app = build_http_app(slack_app(settings, services))
    start_digests(services)
    start_watching(settings)
    uvicorn.run(app, host=host, port=port, log_level=settings.log_level.lower())


def start_digests(services: Services) -> None:
    """Post what is due from now on, beside answering."""
    from bot.digests.runner import start_scheduler

    if services.digests is not None:
        start_scheduler(services.digests)
