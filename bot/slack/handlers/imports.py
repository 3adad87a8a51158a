"""`/halo import <url>`: the address is read, what it would bring is shown, and Import takes that in. Only for those in
HALO_ADMINS.

An import changes the catalogue for everybody, so where nobody is named nobody may. Asked when it is typed, and again at
the click.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock

from slack_bolt import Args

from bot.digests.service import may
from bot.errors import HalobotError
from bot.ingest.by_address import look, take
from bot.ingest.fetch import checked
from bot.ingest.report import IntakeReport
from bot.ingest.telling import ORDER, counts_text
from bot.slack.delivery import tell, value_of
from bot.slack.error_boundary import Services
from bot.slack.handlers.digests import asker
from bot.slack.request import Reply, Said
from bot.slack.views import imports as say
from bot.slack.views.blocks import Message
from bot.slack.views.errors import problem
from bot.slack.views.notes import note

log = logging.getLogger(__name__)
_turn = Lock()  # a slow site may hold one of the threads that answer people, not all of them


def on_import(said: Said, services: Services) -> Reply:
    """What an address would bring, with the buttons; "Reading …" first, for that may take a minute."""
    if said.args is None:
        raise HalobotError("Addresses are imported in Slack, or with `halobot import`.")
    if trouble := _trouble(said.args, services):
        return Reply(note(trouble), private=True)
    url = _address(said.text.partition(" ")[2])
    with _one_at_a_time():
        tell(said.args, say.reading(url))
        report, seen = look(services.ask.catalogue, url, _now(services), services.fetcher)
    found = _found(url, report)
    return Reply(
        say.would_bring(found, say.import_value(url, seen)) if _brings(report) else say.nothing_new(found), private=True
    )


def on_confirmed(args: Args, services: Services) -> None:
    """ "Import": what was shown is taken in, and what came of it stands in place of the buttons."""
    args.ack()
    tell(args, _taken(args, services, *say.read_import(value_of(args))), replace=True)


def on_cancelled(args: Args, services: Services) -> None:
    """ "Cancel": the catalogue stays as it is."""
    args.ack()
    tell(args, note(say.CANCELLED), replace=True)


def _taken(args: Args, services: Services, url: str, seen: str) -> Message:
    if trouble := _trouble(args, services):
        return note(trouble)
    try:
        with _one_at_a_time():
            tell(args, say.reading(url), replace=True)  # and the buttons are gone: nobody presses twice
            report = take(services.ask.catalogue, url, seen, _now(services), services.fetcher)
    except HalobotError as error:
        return problem(str(error))
    log.info("%s of %s imported %s: %s", args.context.user_id, args.context.team_id, url, report)
    if services.digests is not None:
        services.digests.sync()  # what arrived is news from this moment on
    return say.imported(_found(url, report)) if _brings(report) else say.nothing_new(_found(url, report))


def _trouble(args: Args, services: Services) -> str:
    """Why this person may not; empty when they may."""
    if not services.admins:
        return say.NOBODY
    return "" if may(asker(args), services.admins) else say.NOT_YOU


def _address(typed: str) -> str:
    """The address that was typed. Raises HalobotError when it is none, or no button could hold it."""
    address = say.address_of(typed)
    if not say.import_value(address, "0" * 16):
        raise HalobotError(say.TOO_LONG)
    return checked(address)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Raises HalobotError when another address is being read."""
    if not _turn.acquire(blocking=False):
        raise HalobotError(say.BUSY)
    try:
        yield
    finally:
        _turn.release()


def _found(url: str, report: IntakeReport) -> say.Found:
    """A report as it is told: what needs a person first, as on the command line."""
    outcomes = sorted(report.outcomes, key=lambda one: ORDER.index(one.what))
    lines = [say.Line(one.what, one.key, one.title, one.why, one.place) for one in outcomes]
    return say.Found(url, counts_text(report), lines, report.remarks, report.count("unsure"))


def _brings(report: IntakeReport) -> bool:
    """Whether importing changes anything."""
    return any(report.count(what) for what in ("new", "merged", "changed", "unsure"))


def _now(services: Services) -> datetime:
    return datetime.fromtimestamp(services.now(), UTC)
