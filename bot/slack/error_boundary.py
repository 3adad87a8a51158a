"""The error boundary around every listener, and the services that listeners use."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.client import HTTPException
from typing import NamedTuple, TypeVar
from urllib.error import URLError

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.catalog.models import Entry
from bot.catalog.repository import Catalog
from bot.digests.service import DigestService
from bot.errors import HalobotError, WorkspaceError
from bot.ingest.fetch import Fetcher
from bot.ingest.phrasing_review import ReviewDesk
from bot.ingest.schedule import SourceStatus
from bot.ingest.team_catalogs import TeamCatalogs
from bot.problems import ProblemList
from bot.references import current_reference, with_reference
from bot.search.lookups import about_facts
from bot.search.service import SearchService
from bot.search.small_talk.replies import AboutFacts
from bot.search.snapshot import SearchSnapshot
from bot.slack.api_errors import ApiFailure, ErrorMeaning, classify_error
from bot.slack.command_answers import CommandAnswers
from bot.slack.delivery import notify_user
from bot.slack.job_client import DeliveryUnknownError, JobClient
from bot.slack.jobs import JobRunner, RetryLaterError, current_run
from bot.slack.metrics import Metrics
from bot.slack.views.blocks import Message, text_message
from bot.slack.views.errors import (
    GIVEN_UP,
    NOT_IN_CHANNEL,
    RATE_LIMITED,
    STOPPED,
    TRYING,
    UNKNOWN_ANSWER,
    problem_message,
    unexpected_error_message,
)
from bot.slack.workspaces import Workspaces
from bot.storage.stores import Stores
from bot.storage.transactions import DATABASE_UNAVAILABLE

log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
MAX_TELLING_ATTEMPTS = 60  # at a job that is given up, until its person could be told
UNASKED_EVENTS = frozenset(
    {"app_home_opened", "member_joined_channel", "link_shared", "app_uninstalled", "tokens_revoked"}
)
TOLD_AT_ATTEMPT = 3  # who pressed something hears then that it takes longer


class Services(NamedTuple):
    """What listeners use: built by `bot.app`, replaced in tests."""

    search: SearchService
    stores: Stores
    jobs: JobRunner
    problems: ProblemList  # what is wrong now
    metrics: Metrics
    command_answers: CommandAnswers  # what each person's last command was answered
    now: Callable[[], float] = time.time  # seconds since 1970
    digests: DigestService | None = None
    admins: tuple[str, ...] = ()  # who may change digests; empty: everyone
    unfurl_domains: tuple[str, ...] | None = None  # whose links unfurl; None: those of the episodes' pages
    source_statuses: Callable[[], Sequence[SourceStatus]] = tuple  # how the watched sources do
    read_facts: Callable[[SearchSnapshot], AboutFacts] = about_facts  # what the bot knows of itself
    test_error_command: bool = False  # whether `boom` fails on purpose
    review: ReviewDesk | None = None  # where proposals of phrasings are decided on
    workspaces: Workspaces | None = None  # whom the bot serves
    problems_by_team: dict[str, ProblemList] | None = None  # with many workspaces: between the bot and Slack, of each
    team_catalogs: TeamCatalogs | None = None  # of teams with changes of their own; None: all share one catalogue
    entry_url: Callable[[Entry], str] = lambda entry: ""  # the page of an entry; empty where there are no pages
    fetcher: Fetcher | None = None  # of addresses that people give; None: one that reaches public addresses only

    def problems_of(self, team: str) -> ProblemList:
        """Where to note what is wrong between the bot and Slack: with many workspaces, each has a list of its own, as
        it has its own token.
        """
        if self.problems_by_team is None:
            return self.problems
        return self.problems_by_team.setdefault(team, ProblemList(now=self.now))

    def sentences_for(self, team: str) -> list[str]:
        """What is wrong now, for people of a workspace: nothing that is another one's, and no sources."""
        if self.problems_by_team is None:
            return self.problems.sentences("sources")
        return self.problems.sentences("sources", "digests", "slack") + self.problems_of(team).sentences()

    def search_of(self, team: str | None) -> SearchService:
        """Search as a team sees it. Raises HalobotError where its catalogue cannot be had."""
        return self.team_catalogs.search_of(team or "") if self.team_catalogs else self.search

    def is_ready(self, team: str | None) -> bool:
        """Whether a question of the team needs no workspace database."""
        return self.team_catalogs is None or self.team_catalogs.is_ready(team or "")

    def change_catalog(self, team: str | None, work: Callable[[Catalog], _Result]) -> _Result:
        """Do work that imports into the team's catalogue. Raises what the work raises, and HalobotError."""
        return self.team_catalogs.change(team or "", work) if self.team_catalogs else work(self.search.catalog)

    def desk_of(self, team: str | None) -> ReviewDesk | None:
        """Where the proposals of the team are read and written."""
        return self.team_catalogs.desk_of(team or "") if self.team_catalogs and self.review else self.review

    def decide(self, team: str | None, decision: Callable[[ReviewDesk], _Result]) -> _Result:
        """Decide on proposals of the team. Raises what the decision raises, and HalobotError."""
        if self.team_catalogs:
            return self.team_catalogs.decide(team or "", decision)
        if self.review is None:
            raise HalobotError("Nothing is decided on here.")
        return decision(self.review)


Listener = Callable[[Args, Services], None]


def with_error_boundary(listener: Listener, services: Services) -> Callable[[Args], None]:
    """A listener for Bolt that never raises. It shows the person the sentence of a known problem, and for any other
    error a reference that is also in the log. A job that can be done later is postponed; when that was tried for too
    long, the person is told.

    Bolt's own `app.error` would come too late: an exception right after `ack()` loses the ack, and Slack then shows a
    failure of its own.
    """

    def run(args: Args) -> None:
        job_run = current_run(args.context)
        if job_run is None:
            _guarded(listener, args, services)
            return
        job_run.is_started = True
        args.ack()  # nobody waits for it, but Bolt
        team = args.context.team_id or ""
        args.client = client = JobClient(
            args.client, job_run, services.problems_of(team), services.metrics.note_rate_limited
        )
        if services.workspaces:
            client.on_refused = partial(services.workspaces.refused, team)
            client.history_limit = services.workspaces.history_limit(team)
        try:
            if job_run.is_hopeless:
                job_run.retry = RetryLaterError(f"{job_run.job.endings} processes ended in the middle of it")
            else:
                job_run.retry = _guarded(listener, args, services)
            if job_run.retry and (job_run.is_last or job_run.is_hopeless):
                log.error("%s: given up, %s", listener.__name__, job_run.retry)
                job_run.retry = _notify_user(args, text_message(STOPPED if job_run.is_hopeless else GIVEN_UP))
                if job_run.job.attempts >= MAX_TELLING_ATTEMPTS:
                    job_run.retry = None
            elif job_run.retry and job_run.job.attempts == TOLD_AT_ATTEMPT and "response_url" in args.body:
                _notify_user(args, text_message(TRYING))
            if job_run.retry and client.has_posted:
                job_run.retry.is_unsure = True  # the next attempt looks for what is out already
            if not job_run.retry:
                services.metrics.note_job_done(services.now() - job_run.job.received_at)
        finally:
            job_run.finished.set()

    run.__name__ = listener.__name__  # Bolt logs it; functools.wraps would break its injection of `args`
    return run


def _guarded(listener: Listener, args: Args, services: Services) -> RetryLaterError | None:
    """Run a listener. Whoever asked is told of its failure, unless it is returned, to be tried again later."""
    began = time.monotonic()
    try:
        listener(args, services)
        log.debug("%s: done in %.0f ms", listener.__name__, 1000 * (time.monotonic() - began))
    except RetryLaterError as later:
        return later
    except DATABASE_UNAVAILABLE as error:
        if current_run(args.context):
            return RetryLaterError(f"the database does not answer ({type(error).__name__})")
        log.warning("%s: %s", listener.__name__, error)
        return _notify_user(args, problem_message(WorkspaceError.for_people))
    except HalobotError as error:
        log.warning("%s: %s", listener.__name__, _for_log(error))
        return _notify_user(args, problem_message(error.for_people or str(error)))
    except DeliveryUnknownError:
        return _notify_user(args, text_message(UNKNOWN_ANSWER))
    except (SlackApiError, URLError, HTTPException, ConnectionError, TimeoutError) as error:
        return _handle_slack_error(args, listener.__name__, classify_error(error))
    except Exception:
        return _report_unexpected(args, listener.__name__)
    return None


def _for_log(error: HalobotError) -> object:
    """What a person is told may say what they wrote; what only the operator is told does not."""
    return error if error.for_people else type(error).__name__


@contextmanager
def logged_only(subject: str) -> Iterator[None]:
    """For what is remembered after the reply is out: a failure is logged, for the person has their answer."""
    try:
        yield
    except HalobotError as error:  # as of a database that is away: it says all that there is to say
        log.warning("not remembered: %s: %s", subject, _for_log(error))
    except Exception:
        log.exception("not remembered: %s", subject)


def _handle_slack_error(args: Args, name: str, failure: ApiFailure) -> RetryLaterError | None:
    """Slack refused our message. The person is told another way: that it was not posted, or that they have to look.
    The code is logged, the text, which may be private, is not.
    """
    log.error("%s: Slack refused with %s", name, failure.code)
    if failure.allows_response_url:
        return _notify_user(args, text_message(NOT_IN_CHANNEL))
    if failure.meaning is ErrorMeaning.RATE_LIMITED:
        return _notify_user(args, text_message(RATE_LIMITED))
    if failure.meaning is ErrorMeaning.DELIVERY_UNKNOWN:
        return _notify_user(args, text_message(UNKNOWN_ANSWER)) if current_run(args.context) else None
    return _report_unexpected(args, name)


def _report_unexpected(args: Args, name: str) -> RetryLaterError | None:
    """A fault of ours: the person sees its reference, the log has the rest."""
    with with_reference(current_reference()) as reference:
        log.exception("reference %s in %s", reference, name)
        return _notify_user(args, unexpected_error_message(reference))


def _notify_user(args: Args, message: Message) -> RetryLaterError | None:
    """Tell the person privately, by the way that is still open; nobody, where nobody asked for anything. Returns why a
    job has to be tried again: they could not be told.
    """
    if args.body.get("event", {}).get("type") in UNASKED_EVENTS:
        return None
    try:
        if args.body.get("type") == "block_suggestion":
            args.ack(options=[])  # a menu can show nothing but options
        elif "command" in args.body and args.ack.response is None:
            args.ack(**message, response_type="ephemeral")
        else:
            if args.ack.response is None:
                args.ack()
            if not notify_user(args, message):
                return RetryLaterError("the person could not be told", is_unsure=True)
    except RetryLaterError as later:
        return later
    except Exception:
        log.exception("the person could not be told")
    return None
