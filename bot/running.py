"""Runs the bot by Socket Mode or HTTP, together with its background work, until the process is told to end."""

from __future__ import annotations

import gc
import logging
import math
import os
import signal
from typing import TYPE_CHECKING

from bot import logs
from bot.background import RepeatedJob
from bot.errors import SettingError
from bot.monitoring import start_looks, start_telling
from bot.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.app import Application
    from bot.slack.workspaces import InstalledWorkspaces
    from bot.workers import Worker

MANY_NEED = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "HALO_ENCRYPTION_KEY")
log = logging.getLogger(__name__)
OWN_SECONDS = 10.0  # between two looks at what other processes imported for single teams
PAGES_SECONDS = 30.0  # between two looks for what was imported elsewhere, where only pages are served
MAX_CONNECTION_LOOK_AGE = 30.0  # seconds; there is one every second
NEW_OBJECTS, YOUNG_LOOKS, OLD_LOOKS = 20_000, 50, 10  # after so many, Python looks for garbage among the newer ones


def run_socket_mode(application: Application, host: str) -> None:
    """Connect to Slack by Socket Mode and stay; with HALO_HTTP_PORT, serve the health pages. Raises SettingError or
    SlackError before it connects.
    """
    from bot.slack.health_pages import HealthPages
    from bot.slack.page_server import PageServer
    from bot.slack.socket_mode import serve_socket_mode
    from bot.slack.startup import wait_at_start
    from bot.warm_up import start_warming_up

    settings, ending, problems = application.settings, application.ending, application.problems
    settings.need("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    if settings.many_workspaces:
        raise SettingError(
            "With SLACK_CLIENT_ID many workspaces are served, which needs HTTP: `halobot run --http 3000`. For the one "
            "workspace of SLACK_BOT_TOKEN, remove SLACK_CLIENT_ID and SLACK_CLIENT_SECRET."
        )
    logs.prepare()
    services = application.services  # before Slack: a fault of the databases is reported at once
    health = HealthPages(problems, application.now, application.metrics)
    problems.expect("connection", MAX_CONNECTION_LOOK_AGE)
    start_looks(application)
    if settings.http_port:
        PageServer(health, host, settings.http_port).start()
    wait_at_start(application.slack_client, ending)
    bolt_app = application.build_bolt_app(services)
    start_schedulers(application)
    token, on_replaced = settings.slack_app_token or "", application.metrics.note_reconnected
    look_less_for_garbage()
    start_warming_up(application.search, ending.begun)
    serve_socket_mode(bolt_app, token, ending, problems, health, on_replaced)
    bolt_app.listener_runner.listener_executor.shutdown()
    ending.finish()


def run_http(application: Application, port: int, host: str, worker: Worker | None = None) -> None:
    """Serve Slack's signed requests and the health pages on a port, and stay. Raises SettingError or SlackError before
    it listens. `worker`: what this process has of its parent, where it is one of several.
    """
    from bot.public_app import build_public_app
    from bot.slack.health_pages import HealthPages
    from bot.slack.http import build_http_app
    from bot.slack.http_server import serve
    from bot.slack.page_server import PageServer
    from bot.slack.startup import wait_at_start
    from bot.warm_up import start_warming_up

    settings, ending, problems = application.settings, application.ending, application.problems
    application.has_others |= worker is not None
    if worker:
        application.metrics.is_one_of_several(os.getpid())
    settings.need(*(MANY_NEED if settings.many_workspaces else ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")))
    logs.prepare()
    services = application.services  # before Slack: a fault of the databases is told at once
    health = HealthPages(problems, application.now, application.metrics)
    problems.expect("connection", math.inf)  # not ok until the server listens
    start_looks(application, tells=worker is None)
    waiting = None if worker else PageServer(health, host, port).start()  # until Slack answers
    if settings.many_workspaces:
        ending.install()
        start_serving_many(application)
    else:
        wait_at_start(application.slack_client, ending)
    bolt_app, secret = application.build_bolt_app(services), settings.slack_signing_secret or ""
    pages = build_public_app(application, pages_apart=True) if settings.public_url else None
    routes = application.install_routes
    http_app = build_http_app(bolt_app, secret, health=health, pages=pages, install_routes=routes)
    if worker:
        join_workers(application, worker)
    else:
        start_schedulers(application)
    if waiting:
        waiting.stop()
    log_level, on_listening = settings.log_level.lower(), lambda: problems.report("connection")
    listening = worker.listening_socket() if worker else None
    look_less_for_garbage()
    start_warming_up(application.search, ending.begun)
    serve(http_app, host, port, log_level, ending.begin, settings.trusted_proxies, on_listening, listening)
    bolt_app.listener_runner.listener_executor.shutdown()
    ending.finish()


def look_less_for_garbage() -> None:
    """From now on, Python looks more rarely for garbage, and never among what is there already.

    As it comes, it looks after 700 new objects. The catalogue in memory is hundreds of thousands of them, which live
    long: going through these took a tenth of all time under load, in pauses of up to a third of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, YOUNG_LOOKS, OLD_LOOKS)


def run_pages(application: Application, port: int, host: str) -> None:
    """Serve the catalogue's pages and feeds on a port and stay, without Slack."""
    from bot.public_app import build_public_app
    from bot.slack.http_server import serve

    settings, ending = application.settings, application.ending
    ending.install()
    bring_pages_up_to_date(application)
    RepeatedJob(PAGES_SECONDS, lambda: bring_pages_up_to_date(application), "pages").start()
    app = build_public_app(application)
    serve(app, host, port, settings.log_level.lower(), ending.begin, settings.trusted_proxies)
    ending.finish()


def bring_pages_up_to_date(application: Application) -> None:
    """Take in what was imported elsewhere, and record what arrived: the bot does so itself, pages alone do not."""
    application.upkeep.catch_up(application.catalog)
    application.stores.arrivals.sync(application.catalog, application.now())


def start_serving_many(application: Application) -> None:
    """Know the workspaces that installed the app, and look each minute for what other processes know of them."""
    from bot.slack.workspaces import LOOK_SECONDS, InstalledWorkspaces

    if application.settings.slack_bot_token:
        log.warning(
            "SLACK_BOT_TOKEN is not used: many workspaces are served. Its workspace is, too, once it has installed the "
            "app from /slack/install."
        )
    workspaces = application.workspaces
    if isinstance(workspaces, InstalledWorkspaces):
        RepeatedJob(LOOK_SECONDS, look_at_workspaces(application, workspaces), "workspaces").start()
    # In every process, whether it posts digests or not: each has the catalogues of teams for itself.
    RepeatedJob(OWN_SECONDS, application.team_catalogs.refresh, "teams' catalogues").start()


def look_at_workspaces(application: Application, workspaces: InstalledWorkspaces) -> Callable[[], None]:
    """A look for what is stored of workspaces; tokens that no key fits are a problem."""
    from bot.slack.workspaces import UNREADABLE_TOKENS

    def look() -> None:
        workspaces.look()
        for text in workspaces.problems():
            application.problems.begin("workspace_database", Problem(UNREADABLE_TOKENS, text, is_serious=False))
        if not workspaces.problems():
            application.problems.over(UNREADABLE_TOKENS)

    return look


def join_workers(application: Application, worker: Worker) -> None:
    """Be one of several workers: what is done beside answering is done by one of them, and all end with the parent."""
    worker.end_with_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))

    def lead() -> None:
        start_telling(application)
        start_schedulers(application)

    prepare_schedulers(application)
    worker.report_ready()
    worker.when_leading(lead)  # after that: a first worker that ends before it is ready ends the parent


def prepare_schedulers(application: Application) -> None:
    """Build what `start_schedulers` starts. Raises SettingError where a setting is wrong: each worker says so when it
    starts, not only the one that leads.
    """
    _ = application.digest_runner, application.review_desk, application.describer
    if application.settings.halo_sources:
        _ = application.poller


def start_schedulers(application: Application) -> None:
    """From now on, post what is due, read sources and learn from phrasings, in threads beside answering."""
    from bot.catalog.learning import start_learning
    from bot.digests.runner import start_scheduler
    from bot.ingest.describer import start_describing
    from bot.ingest.poller import start_polling
    from bot.storage.retention import DAY_SECONDS, remove_old

    def remove() -> None:
        remove_old(application.engine, application.now())
        application.stores.question_log.remove_old(application.now())

    RepeatedJob(DAY_SECONDS, remove, "retention").start()
    start_scheduler(application.digest_runner)
    if application.settings.halo_sources:
        start_polling(application.poller)
    start_describing(application.review_desk, application.describer)
    start_learning(application.catalog)
