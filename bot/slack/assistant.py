"""What a tool answered, as blocks for Slack's own assistant. It needs neither Bolt nor a workspace."""

from collections.abc import Callable

from bot.conversation.answers import ComparisonAnswer, Interpretation, ResultAnswer, UpgradeAnswer
from bot.search.lookups import is_newest_version
from bot.search.small_talk.replies import AboutFacts, freshness_lines
from bot.search.snapshot import SearchSnapshot
from bot.slack.views.answers import answer_page, comparison_page
from bot.slack.views.assistant import assistant_blocks
from bot.slack.views.blocks import Block, context
from bot.slack.views.context import ViewContext
from bot.slack.views.mrkdwn import note_text
from bot.slack.views.upgrade import upgrade_page

MAX_SOURCES = 3  # that the newest version tells of


def answer_blocks(
    meaning: Interpretation, snapshot: SearchSnapshot, read_facts: Callable[[SearchSnapshot], AboutFacts]
) -> list[Block]:
    """The page of an answer that is looked at; no blocks where its text says it all."""
    answer, episodes = meaning.answer, snapshot.episodes
    view_context = ViewContext(command="", offset=meaning.offset)
    match answer:
        case ComparisonAnswer((older, newer, versions, result)) if older != newer and versions and result.has_answer:
            page = comparison_page(older, newer, result, episodes, view_context)
        case ResultAnswer(result) if result.query.intent not in ("nothing", "help"):
            is_newest = is_newest_version(snapshot, result) and not meaning.offset
            lines = freshness_lines(read_facts(snapshot), MAX_SOURCES) if is_newest else ()
            page = answer_page(result, episodes, view_context, lines)
        case UpgradeAnswer(checklist) if checklist.sections:
            page = upgrade_page(checklist, episodes, view_context)
        case _:
            return []
    note = [context(note_text(meaning.note, 1_000))] if meaning.note else []
    return assistant_blocks([*note, *page.blocks])
