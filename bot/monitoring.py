"""Everything that is looked at all the time while the bot runs. What is wrong goes into the one list of problems."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.background import RepeatedJob
from bot.problems import CheckName, not_known

if TYPE_CHECKING:
    from bot.app import Application
    from bot.slack.slack_look import SlackLook

log = logging.getLogger(__name__)
DIGEST_SECONDS = SOURCE_SECONDS = 30.0  # between two looks
TELL_SECONDS = 5.0
MAX_LOOKS_MISSED = 2.5  # a look is older than so many times its interval: it hangs


def start_looks(application: Application, tells: bool = True) -> None:
    """From now on, look at the databases, their disks, Slack, digests and sources, each in a thread of its own, so that
    one that hangs keeps none of the others; and tell the operator what is found, unless another process does.
    """
    from bot.slack.slack_look import LOOK_SECONDS as SLACK_SECONDS
    from bot.storage.health import LOOK_SECONDS as DATABASE_SECONDS

    _start(application, ("disks", "workspace_database", "catalogue"), DATABASE_SECONDS, application.health.look)
    _start(application, ("slack",), SLACK_SECONDS, _slack_look(application).look)
    _start(application, ("digests",), DIGEST_SECONDS, look_at_digests(application))
    if application.settings.halo_sources:
        _start(application, ("sources",), SOURCE_SECONDS, look_at_sources(application))
    if tells:
        start_telling(application)


def start_telling(application: Application) -> None:
    """From now on, tell the operator what is found."""
    RepeatedJob(TELL_SECONDS, application.problems.tell_operator, "telling the operator").start()


def _start(application: Application, checks: tuple[CheckName, ...], seconds: float, look: Callable[[], object]) -> None:
    from bot.storage.transactions import DATABASE_UNAVAILABLE

    problems = application.problems

    def run() -> None:
        try:
            look()
        except Exception as error:
            is_odd = not isinstance(error, DATABASE_UNAVAILABLE)  # that is told by the look at the database
            log.warning("The look at %s fails: %s", " ".join(checks), type(error).__name__, exc_info=is_odd)
            for check in checks:
                problems.report(check, [not_known(check)])

    for check in checks:
        problems.expect(check, MAX_LOOKS_MISSED * seconds)
    RepeatedJob(seconds, run, f"the look at {' '.join(checks)}").start()


def _slack_look(application: Application) -> SlackLook:
    from bot.slack.slack_look import TIMEOUT_SECONDS, SlackLook
    from bot.slack.web_client import BoundedWebClient

    token, url = application.slack_client.token, application.settings.slack_api_url  # with many workspaces none
    client = BoundedWebClient(token, base_url=url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    return SlackLook(client, application.problems)


def look_at_digests(application: Application) -> Callable[[], None]:
    """A look for digests that are due and not out."""
    from bot.digests.overdue import OverdueDigests
    from bot.storage.outbox_figures import OutboxFigures

    figures = OutboxFigures(application.engine)
    overdue = OverdueDigests(application.digest_runner.builder, figures, application.settings.digest_posts_per_minute)

    def look() -> None:
        try:
            teams = application.workspaces.served()
        except OSError:  # Slack did not say yet whom the token is for
            teams = None
        now = application.now()
        found = overdue.find(now, teams)
        application.problems.report("digests", [digest.problem for digest in found])
        application.metrics.set_overdue(len(found))
        application.metrics.set_outbox(figures.counts(), now)

    return look


def look_at_sources(application: Application) -> Callable[[], None]:
    """A look for sources that have failed for a day."""
    from bot.ingest.schedule import failing_problems

    def look() -> None:
        statuses = application.source_statuses()
        application.problems.report("sources", failing_problems(statuses))
        application.metrics.set_sources(statuses)

    return look
