"""`/halo import <url>`: reads the address, shows what it would bring, and imports that when Import is clicked.

An import changes what everybody finds, or all of a team where several share Halobot, so only the people of HALO_ADMINS
may; where nobody is named, nobody may. It is checked when the command is typed and again at the click.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock

from slack_bolt import Args

from bot.catalog.repository import Catalog
from bot.errors import HalobotError
from bot.ingest.fetch import validate_url
from bot.ingest.reading_process import reading_apart
from bot.ingest.report import ImportReport
from bot.ingest.service import import_url, preview_url
from bot.slack.actors import admin_refusal
from bot.slack.delivery import action_value, notify_user
from bot.slack.error_boundary import Services, logged_only
from bot.slack.request import Reply, Request
from bot.slack.views import imports as say
from bot.slack.views.blocks import Message, text_message
from bot.slack.views.errors import problem_message

log = logging.getLogger(__name__)
MAX_IMPORT_SECONDS = 120.0  # for reading what was fetched
_import_lock = Lock()  # a slow site holds one of the threads that answer people, never all of them


def on_import(request: Request, services: Services) -> Reply:
    """What an address would bring, with the buttons Import and Cancel. As that may take a minute, "Reading …" comes
    first.
    """
    if request.args is None:
        raise HalobotError("Addresses are imported in Slack, or with `halobot import`.")
    if trouble := _refusal(request.args, services):
        return Reply(text_message(trouble), private=True)
    url = _checked_address(request.argument)
    with _one_at_a_time():
        notify_user(request.args, say.reading_message(url))
        with reading_apart(MAX_IMPORT_SECONDS):
            catalog = services.search_of(request.team).catalog
            report, seen = preview_url(catalog, url, _now(services), services.fetcher)
    summary = _summarize(url, report)
    if not report.has_changes:
        return Reply(_without_changes(report, summary), private=True)
    return Reply(say.confirmation_message(summary, say.encode_import(url, seen)), private=True)


def on_confirmed(args: Args, services: Services) -> None:
    """ "Import": import what was shown; the result takes the place of the buttons."""
    args.ack()
    notify_user(args, _run_import(args, services, *say.decode_import(action_value(args))), replace=True)


def on_cancelled(args: Args, services: Services) -> None:
    """ "Cancel": the catalogue stays as it is."""
    args.ack()
    notify_user(args, text_message(say.CANCELLED), replace=True)


def _run_import(args: Args, services: Services, url: str, seen: str) -> Message:
    if trouble := _refusal(args, services):
        return text_message(trouble)
    try:
        with _one_at_a_time():
            notify_user(args, say.reading_message(url), replace=True)  # the buttons go, so nobody clicks twice
            report = _import(args, services, url, seen)
    except HalobotError as error:
        return problem_message(error.for_people or str(error))
    log.info("%s of %s imported an address: %s", args.context.user_id, args.context.team_id, report)
    if services.digests is not None:
        with logged_only("what an import brought"):  # the next digest looks again
            services.digests.record_arrivals()
    summary = _summarize(url, report)
    own_team = args.context.team_id or "" if services.team_catalogs else ""
    return say.imported_message(summary, own_team) if report.has_changes else _without_changes(report, summary)


def _import(args: Args, services: Services, url: str, seen: str) -> ImportReport:
    """Import what was shown, for the person's team alone where others share Halobot."""

    def import_into(catalog: Catalog) -> ImportReport:
        report = import_url(catalog, url, seen, _now(services), services.fetcher)
        with logged_only("the index of an import"):
            catalog.finish_index()  # or the next person's question would
        return report

    with reading_apart(MAX_IMPORT_SECONDS):
        return services.change_catalog(args.context.team_id, import_into)


def _without_changes(report: ImportReport, summary: say.ImportSummary) -> Message:
    """ "Nothing new" is only said of what was understood."""
    return say.nothing_new_message(summary) if report.unchanged else say.nothing_read_message(summary)


def _refusal(args: Args, services: Services) -> str:
    """Why this person may not import; empty when they may."""
    return admin_refusal(args, services.admins, say.NO_ADMINS, say.NOT_AN_ADMIN)


def _checked_address(address: str) -> str:
    """The address. Raises HalobotError when it is none, or too long for a button."""
    if not say.encode_import(address, "0" * 16):
        raise HalobotError(say.ADDRESS_TOO_LONG)
    return validate_url(address)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Raises HalobotError while another address is being read."""
    if not _import_lock.acquire(blocking=False):
        raise HalobotError(say.BUSY)
    try:
        yield
    finally:
        _import_lock.release()


def _summarize(url: str, report: ImportReport) -> say.ImportSummary:
    """A report as it is shown: what needs a person first."""
    rows = [
        say.ImportRow(outcome.kind, outcome.key, outcome.title, outcome.reason, outcome.line_number)
        for outcome in report.outcomes_by_urgency()
    ]
    return say.ImportSummary(url, str(report), rows, report.remarks, report.count("unsure"))


def _now(services: Services) -> datetime:
    return datetime.fromtimestamp(services.now(), UTC)
