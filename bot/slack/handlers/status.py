"""Replies to `areas` and `status`."""

from collections.abc import Sequence

from bot import __version__
from bot.conversation.entry_text import pluralize
from bot.digests.rights import Actor
from bot.ingest.schedule import SourceStatus, source_label
from bot.search.lookups import AreaCount
from bot.search.small_talk.replies import freshness_lines, knowledge_sentence
from bot.search.snapshot import SearchSnapshot
from bot.slack.digest_replies import status_lines
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, Request
from bot.slack.views.status import MAX_LINES, AreaRow, BotStatus, areas_message, status_message


def reply_with_areas(areas: Sequence[AreaCount], command: str) -> Reply:
    """Every area, what people call it and how many changes it has."""
    return Reply(areas_message([AreaRow(*area) for area in areas], command))


def reply_with_status(request: Request, snapshot: SearchSnapshot, services: Services) -> Reply:
    """The release, the catalogue and how new it is, this workspace's digests and failing sources; private, for it
    counts the person's watches.
    """
    watches = services.stores.watches.of_person(request.team, request.user)
    actor = Actor(request.team, request.channel, request.user)
    digests = status_lines(services.digests, actor) if services.digests else []
    failing = services.sentences_for(request.team)
    failing += [_failing_source_text(source) for source in services.source_statuses() if source.error]
    facts = services.read_facts(snapshot)
    freshness = freshness_lines(facts, MAX_LINES)
    status = BotStatus(__version__, knowledge_sentence(facts), len(watches), digests, failing, freshness)
    return Reply(status_message(status), private=True)


def _failing_source_text(source: SourceStatus) -> str:
    """Without the address and the reason, which may be secret: `halobot sources` shows them to the operator."""
    since = f", not read since {source.last_success:%d %B %H:%M} UTC" if source.last_success else ", never read so far"
    name = source_label(source.name)
    return f"The source {name} fails ({pluralize(source.failures, 'time')}{since}). `halobot sources` says why."
