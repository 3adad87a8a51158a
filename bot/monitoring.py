"""Everything that is looked at all the time while the bot runs. What is wrong goes into the one list of problems."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.background import RepeatedJob
from bot.problems import CheckName, ProblemList, not_known

if TYPE_CHECKING:
    from bot.app import Application
    from bot.slack.slack_look import SlackLook

log = logging.getLogger(__name__)
DIGEST_SECONDS = SOURCE_SECONDS = 30.0  # between two looks
TELL_SECONDS = 5.0
MAX_LOOKS_MISSED = 2.5  # a look is older than so many times its interval: it hangs
Look = tuple[tuple[CheckName, ...], float, Callable[[], object]]  # of these checks, every so many seconds


def start_looks(application: Application, tells: bool = True) -> list[RepeatedJob]:
    """From now on, look at the databases, their disks, Slack, digests and sources, each in a thread of its own, so that
    one that hangs keeps none of the others; and tell the operator what is found, unless another process does. Returns
    these threads' jobs.
    """
    from bot.slack.slack_look import LOOK_SECONDS as SLACK_SECONDS
    from bot.storage.health import LOOK_SECONDS as DATABASE_SECONDS

    looks: list[Look] = [
        (("disks", "workspace_database", "catalogue"), DATABASE_SECONDS, application.health.look),
        (("slack",), SLACK_SECONDS, _slack_look(application).look),
        (("digests",), DIGEST_SECONDS, look_at_digests(application)),
    ]
    if application.settings.halo_sources:
        looks.append((("sources",), SOURCE_SECONDS, look_at_sources(application)))
    jobs = [_repeated(application.problems, *look).start() for look in looks]
    return [*jobs, start_telling(application)] if tells else jobs


def start_telling(application: Application) -> RepeatedJob:
    """From now on, tell the operator what is found. Returns that thread's job."""

    def tell() -> None:
        application.problems.tell_operator()
        application.operator_notices.keep()

    return RepeatedJob(TELL_SECONDS, tell, "telling the operator").start()


def _repeated(
    problems: ProblemList, checks: tuple[CheckName, ...], seconds: float, look: Callable[[], object]
) -> RepeatedJob:
    from bot.storage.transactions import DATABASE_UNAVAILABLE

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
    return RepeatedJob(seconds, run, f"the look at {' '.join(checks)}")


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
