"""Replies that show an answer: a result, a comparison, an entry, or help."""

from slack_bolt import Args

from bot.conversation.answers import EntryAnswer, HelpAnswer, HelpGroup, Verb
from bot.conversation.result_text import no_changes_between, no_upgrade_changes, no_version_between
from bot.conversation.verbs import HELP_GROUPS, find_help_group, verbs_by_name
from bot.search import lookups
from bot.search.lookups import Comparison
from bot.search.models import Query, SearchResult, UpgradeChecklist
from bot.search.small_talk.replies import SOURCE_TOPICS, about_text, freshness_lines
from bot.search.snapshot import SearchSnapshot
from bot.slack.delivery import action_value, is_direct_message, is_private, notify_user
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, Request
from bot.slack.views import errors, sharing
from bot.slack.views.answers import answer_page, comparison_page, page_message
from bot.slack.views.blocks import Block, text_message
from bot.slack.views.conversation import entry_message
from bot.slack.views.help import (
    VerbGroup,
    VerbHelp,
    empty_question_message,
    help_group_message,
    help_message,
    verb_help_message,
)
from bot.slack.views.sharing import entry_work_object, shared_card
from bot.slack.views.upgrade import upgrade_page

MAX_SOURCES = 3  # that `latest` tells of; `status` tells of all
QUIET_TOPICS = ("thanks", "bye")


def reply_to_question(request: Request, services: Services) -> Reply:
    """The answer to a question, on the page that is looked at."""
    with services.search_of(request.team).snapshot() as snapshot:
        return reply_with_result(request, snapshot, snapshot.search(request.text), services)


def on_boom(request: Request, services: Services) -> Reply:
    """Fails, to prove that a failure is told by its reference."""
    raise RuntimeError("boom, as asked for")


def reply_about(request: Request, snapshot: SearchSnapshot, query: Query, services: Services) -> Reply:
    """What the bot says of itself. It is no answer that could be watched, rated, paged or counted as missing; only the
    person sees what answers thanks and goodbyes.
    """
    text = about_reply_text(query, snapshot, services, request.view_context.command)
    return Reply(text_message(text), private=query.topic in QUIET_TOPICS)


def about_reply_text(query: Query, snapshot: SearchSnapshot, services: Services, command: str) -> str:
    """The reply to a query with the intent `about`."""
    read = services.read_facts if query.topic in SOURCE_TOPICS else lookups.about_facts
    return about_text(query, read(snapshot), command)


def reply_with_result(request: Request, snapshot: SearchSnapshot, result: SearchResult, services: Services) -> Reply:
    """The page of a result that the request looks at, with its buttons; with the newest version, how new it is."""
    if result.query.intent in ("nothing", "help"):
        return Reply(empty_question_message(request.view_context.command))
    question = result.query.text
    is_newest = lookups.is_newest_version(snapshot, result) and not request.view_context.offset
    lines = freshness_lines(services.read_facts(snapshot), MAX_SOURCES) if is_newest else ()
    context = request.view_context

    def make() -> Reply:
        page = answer_page(result, snapshot.episodes, context, lines)
        return Reply(
            page_message(page, context, question, result.has_answer), page=page, result=result, question=question
        )

    return snapshot.kept_answers.page(result, (context, tuple(lines)), make, _blocks)


def _blocks(reply: Reply) -> list[Block]:
    blocks: list[Block] = reply.message["blocks"]
    return blocks


def reply_with_comparison(
    request: Request, snapshot: SearchSnapshot, comparison: Comparison, question: str, services: Services
) -> Reply:
    """What came between two versions, or that nothing did."""
    older, newer, versions, result = comparison
    if older == newer:
        return reply_with_result(request, snapshot, result, services)
    if not versions:
        return Reply(text_message(no_version_between(older, newer)))
    if not result.has_answer:
        return Reply(text_message(no_changes_between(older, newer)))
    context = request.view_context

    def make() -> Reply:
        page = comparison_page(older, newer, result, snapshot.episodes, context)
        return Reply(page_message(page, context, question), page=page, result=result, question=question)

    return snapshot.kept_answers.page(result, (context, older, newer, question), make, _blocks)


def reply_with_checklist(request: Request, snapshot: SearchSnapshot, checklist: UpgradeChecklist) -> Reply:
    """What an upgrade brings, or that nothing is known."""
    if not checklist.sections:
        return Reply(text_message(no_upgrade_changes(checklist)))
    page, question = upgrade_page(checklist, snapshot.episodes, request.view_context), checklist.question
    return Reply(page_message(page, request.view_context, question), page=page, question=question)


def reply_with_entry(answer: EntryAnswer, snapshot: SearchSnapshot) -> Reply:
    """One entry with all that a message holds of it, and before it what was asked about it."""
    return Reply(entry_message(answer.entry, snapshot.episodes, answer.aspect, answer.versions))


def reply_with_shared_entry(request: Request, snapshot: SearchSnapshot, key: str) -> Reply:
    """An entry for the channel that the conversation is in."""
    if request.channel.startswith("D"):
        return Reply(text_message(sharing.NOWHERE_TO_SHARE))
    if not request.view_context.public:
        return Reply(text_message(sharing.PRESS_SHARE))
    entry = lookups.find_entry(snapshot, key)
    if entry is None:
        return Reply(text_message(errors.ENTRY_GONE))
    card_for_all = shared_card(entry, snapshot.episodes, request.user)
    return Reply({}, shared_card=(card_for_all, entry_work_object(entry, snapshot.episodes)))


def reply_with_help(wanted: HelpAnswer, command: str) -> Reply:
    """How to ask, or how one verb is used, or what to ask."""
    if wanted.verb:
        return Reply(verb_help_message(command, _verb_help(wanted.verb)))
    if wanted.group:
        return Reply(help_group_message(command, _group(wanted.group), _verbs_of(wanted.group)))
    return Reply(help_message(command, [_group(group) for group in HELP_GROUPS]))


def on_help_group(args: Args, services: Services) -> None:
    """A button under help: the verbs of one group, in its place where only this person sees it."""
    args.ack()
    group = find_help_group(action_value(args))
    if group:
        command = "" if is_direct_message(args) else "/halo"
        notify_user(args, help_group_message(command, _group(group), _verbs_of(group)), replace=is_private(args))


def _group(group: HelpGroup) -> VerbGroup:
    return VerbGroup(group.name, group.title, group.about)


def _verbs_of(group: HelpGroup) -> list[VerbHelp]:
    return [_verb_help(verbs_by_name()[name]) for name in group.verbs]


def _verb_help(verb: Verb) -> VerbHelp:
    return VerbHelp(verb.example, verb.help, verb.name, verb.aliases)
