"""Every message, modal and card of the bot, made of fixed entries. `texts/` shows them as a person reads them.

After a change that was meant, renew them and read the diff aloud:

    .venv/bin/python -m tests.slack.views.gallery
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.digests.changes import ALREADY_SO
from bot.search.small_talk.replies import AboutFacts, SourceReading, freshness_lines
from bot.slack.digest_card_replies import HIDDEN, UNKNOWN
from bot.slack.digest_proposals import NOT_ADDED, STAYS
from bot.slack.views import (
    answers,
    blocks,
    conversation,
    digest_cards,
    digest_proposals,
    digests,
    entry_modal,
    errors,
    export,
    forgetting,
    help,
    home,
    imports,
    notices,
    phrasings,
    related_modal,
    search_modal,
    sharing,
    status,
    subscription_modal,
    unfurls,
    upgrade,
    watches,
)
from bot.slack.views.context import ShareTarget, ViewContext
from bot.slack.views.digest_cards import CardRef, WindowRef
from bot.slack.views.digest_proposals import ProposalRef
from bot.slack.views.pagination import ResultsPage
from bot.slack.views.search_modal import SearchState
from bot.slack.views.watches import WatchRow
from bot.storage.models import ForgottenCounts
from tests.slack.views.examples import (
    ANOTHER,
    ASKED,
    AT_V214,
    BIG_EDITION,
    CHANGE,
    CHECKLIST,
    CHOICES,
    ELSEWHERE,
    EMPTY_EDITION,
    ENTRIES,
    EPISODES,
    HOME,
    IMPORT,
    IN_CHANNEL,
    IN_THREAD,
    JIRA,
    LOCK,
    MANY,
    PAGE,
    PAUSED,
    PROPOSALS,
    SMALL_EDITION,
    SMALL_VERSION,
    SSO,
    V206,
    V214,
    VERBS,
    WATCHES,
    WEEKLY,
    WHOLE_VERSION,
    answer_message,
    result,
)
from tests.slack.views.rendering import render

TEXTS = Path(__file__).parent / "texts"
FRESHNESS = freshness_lines(
    AboutFacts(
        (V206, V214),
        newest_since=date(2026, 4, 14),
        sources=(
            SourceReading("example.com", datetime(2026, 5, 2, 7, 30), datetime(2026, 4, 14, 8, 0)),
            SourceReading("notes.csv", None, None),
            SourceReading("another.example.com", datetime(2026, 5, 2, 7, 30), None),
        ),
    ),
    2,
)
GROUPS = (
    help.VerbGroup("versions", "Versions", "What a version brings, or an upgrade from one to another."),
    help.VerbGroup("digests", "Digests", "A digest posts what is new into a channel. Or say it: `make it fridays`."),
)
WEEKLY_WORDS = "Billing & invoicing, every Monday at 09:00 (Europe/London). The first one comes on Monday."
FORM = subscription_modal.DigestForm(
    "C1", "Europe/London", ["Billing & invoicing", "Portal"], keywords="jira", leave_out="Portal", versions=(V206, V214)
)
FILLED_IN = {
    "values": {
        "areas": {"areas": {"type": "multi_static_select", "selected_options": [blocks.option("Portal", "Portal")]}},
        "words": {"words": {"type": "plain_text_input", "value": "zendesk"}},
        "at": {"at": {"type": "timepicker", "selected_time": "07:30"}},
        "leave_out": {"leave_out": {"type": "plain_text_input", "value": None}},
    }
}
START = digest_proposals.change_button("Start with what is new in v2.214", ProposalRef("7", "0123456789", "[1]"))


def version_pages(offset: int, is_public: bool) -> ResultsPage:
    """The pages of a version."""
    return answers.answer_page(WHOLE_VERSION, EPISODES, ViewContext(offset=offset, public=is_public))


THREAD = digests.digest_thread(BIG_EDITION, EPISODES)
UNSHOWN = [HIDDEN.format("2 more digests", "are"), UNKNOWN.format("1 more digest", "is")]

# "module/what it shows"; each module has its file of texts.
GALLERY: dict[str, Callable[[], Any]] = {
    "answers/one result": lambda: answer_message(result(JIRA)),
    "answers/several results": lambda: answer_message(result(*ENTRIES, corrections=(("jria", "jira"),))),
    "answers/narrowed": lambda: answer_message(result(JIRA, filters=AT_V214, notes=("v2.21 read as v2.210",))),
    "answers/second page": lambda: answer_message(result(*MANY), ViewContext(offset=5)),
    "answers/in a channel": lambda: answer_message(result(*ENTRIES), ViewContext("@halo", public=True)),
    "answers/in a direct message": lambda: answer_message(result(*ENTRIES), ViewContext("")),
    "answers/marked as helpful": lambda: answer_message(result(JIRA), ViewContext(banner=answers.MARKED_HELPFUL)),
    "answers/by number": lambda: answer_message(
        result(JIRA, LOCK, intent="keys", text="1016865 1044274 5", unknown_keys=("5",))
    ),
    "answers/nothing": lambda: answer_message(result(text="zendesk macros")),
    "answers/nothing, in a channel": lambda: answer_message(
        result(text="zendesk <macros>", suggestions=(JIRA, SSO)), ViewContext("@halo", public=True)
    ),
    "answers/a list": lambda: answer_message(result(*ENTRIES, intent="list", text="everything for jira")),
    "answers/a version": lambda: answer_message(WHOLE_VERSION),
    "answers/last page of a version": lambda: answer_message(WHOLE_VERSION, ViewContext(offset=59)),
    "answers/the newest version": lambda: answers.page_message(
        answers.answer_page(SMALL_VERSION, EPISODES, ViewContext(), FRESHNESS), ViewContext(), "latest"
    ),
    "answers/a version with possible changes": lambda: answer_message(SMALL_VERSION),
    "answers/two versions": lambda: answers.page_message(
        answers.comparison_page(V206, V214, SMALL_VERSION, EPISODES, ViewContext()),
        ViewContext(),
        "compare 2.206 2.214",
    ),
    "answers/one of those shown": lambda: conversation.entry_message(JIRA, EPISODES),
    "answers/its minute": lambda: conversation.entry_message(JIRA, EPISODES, "minute"),
    "answers/its link": lambda: conversation.entry_message(JIRA, EPISODES, "link"),
    "answers/its version": lambda: conversation.entry_message(JIRA, EPISODES, "version"),
    "answers/whether an older version has it": lambda: conversation.entry_message(
        JIRA, EPISODES, "availability", (V206, V214)
    ),
    "answers/its warning": lambda: conversation.entry_message(JIRA, EPISODES, "warning"),
    "answers/the first one in a thread": lambda: conversation.first_in_thread(
        answer_message(result(JIRA), ViewContext("@halo", public=True))
    ),
    "upgrade/first screen": lambda: answers.page_message(
        upgrade.upgrade_page(CHECKLIST, EPISODES, ViewContext()), ViewContext(), CHECKLIST.question
    ),
    "upgrade/shared": lambda: upgrade.shared_checklist(CHECKLIST, EPISODES, "UALICE")[0],
    "upgrade/in its thread": lambda: upgrade.shared_checklist(CHECKLIST, EPISODES, "UALICE")[1],
    "export/a document": lambda: export.document_messages("# Changes\n\n- **A & B** ```x```\n" * 40, "v2.214")[0],
    "export/an offer": lambda: export.offer_message("v2.214 sort:title <!channel>"),
    "help/help": lambda: help.help_message("/halo", GROUPS),
    "help/of a group": lambda: help.help_group_message("/halo", GROUPS[1], VERBS),
    "help/of one verb": lambda: help.verb_help_message("@halo", VERBS[0]),
    "help/an empty question": lambda: help.empty_question_message("/halo"),
    "help/a misspelt verb": lambda: blocks.with_prefix(
        "“hlep” understood as “help”.", help.empty_question_message("/halo")
    ),
    "help/hello": lambda: help.introduction_message("UALICE"),
    "help/hello, added by nobody": lambda: help.introduction_message(None),
    "status/areas": lambda: status.areas_message(
        [status.AreaRow("Portal", ("self service portal",), 16), status.AreaRow("SLA", (), 6)], "/halo"
    ),
    "status/status": lambda: status.status_message(
        status.BotStatus(
            "0.1.0",
            "I know 282 changes in HaloPSA, from v2.206 to v2.214, and 5 answers to frequent questions.",
            1,
            ["Next digest: Monday 30 November at 09:00 (Europe/London), in <#C1>."],
            ["The source example.com fails (3 times, never read so far). `halobot sources` says why."],
            FRESHNESS,
        )
    ),
    "phrasings/waiting": lambda: phrasings.waiting_message(PROPOSALS, 12),
    "phrasings/nothing waits": lambda: phrasings.waiting_message([], 0),
    "phrasings/accepted": lambda: blocks.text_message(
        phrasings.decided_text("tickets from jira all start as new", True)
    ),
    "phrasings/no admins": lambda: blocks.text_message(phrasings.NO_ADMINS),
    "watches/watching": lambda: watches.watching_message(WATCHES[0], 3),
    "watches/list": lambda: watches.watch_list_message(WATCHES, "/halo"),
    "watches/empty list": lambda: watches.watch_list_message([], "@halo"),
    "watches/too many": lambda: watches.too_many_message(50),
    "watches/stopped": lambda: blocks.text_message(watches.watch_stopped_text("quickbooks payments")),
    "errors/a sentence": lambda: blocks.text_message(errors.NOT_IN_CHANNEL),
    "errors/a problem": lambda: errors.problem_message("The catalogue at data/catalog.db cannot be read."),
    "errors/unexpected": lambda: errors.unexpected_error_message("A1B2C3"),
    "sharing/a change": lambda: sharing.shared_card(JIRA, EPISODES, "UALICE", "jira default status"),
    "sharing/a list": lambda: sharing.shared_list(version_pages, "UALICE", "v2.214")[0],
    "sharing/in its thread": lambda: sharing.shared_list(version_pages, "UALICE", "v2.214")[1],
    "sharing/a page": lambda: sharing.shared_page(
        answers.answer_page(SMALL_VERSION, EPISODES, ViewContext()), "UALICE", "v2.214"
    ),
    "sharing/Work Object of a change": lambda: sharing.entry_work_object(JIRA, EPISODES),
    "sharing/Work Object of an episode": lambda: sharing.episode_work_object(
        EPISODES[13], "v2.206 · 2 changes", "https://example.com/by-the-run-book-episode-13"
    ),
    "unfurls/an episode": lambda: unfurls.episode_card(EPISODES[13], [*MANY[:6], JIRA], EPISODES),
    "unfurls/a change": lambda: unfurls.change_card(JIRA, EPISODES),
    "unfurls/a version": lambda: unfurls.version_card(V214, MANY, EPISODES),
    "entry_modal/from a channel": lambda: entry_modal.entry_view(JIRA, EPISODES, [LOCK, SSO], IN_CHANNEL),
    "entry_modal/with a banner": lambda: blocks.with_banner(
        entry_modal.entry_view(LOCK, EPISODES, [], ShareTarget()), "Shared to the channel."
    ),
    "search_modal/empty": lambda: search_modal.search_view(SearchState(), CHOICES, None, EPISODES, ShareTarget()),
    "search_modal/results": lambda: search_modal.search_view(
        SearchState("jira", "2.206", "Portal"), CHOICES, result(*MANY), EPISODES, IN_CHANNEL
    ),
    "search_modal/nothing": lambda: search_modal.search_view(
        SearchState("zendesk"), CHOICES, result(text="zendesk"), EPISODES, ShareTarget()
    ),
    "search_modal/suggestions": lambda: search_modal.suggestion_options("jir", ENTRIES),
    "related_modal/results": lambda: related_modal.related_view(ENTRIES, False, EPISODES, IN_THREAD),
    "related_modal/suggestions only": lambda: related_modal.related_view([LOCK], True, EPISODES, IN_THREAD),
    "related_modal/nothing": lambda: related_modal.related_view([], True, EPISODES, IN_THREAD),
    "home/first time": lambda: home.home_view(HOME._replace(freshness=FRESHNESS), EPISODES),
    "home/many watches": lambda: home.home_view(
        HOME._replace(is_new=False, watches=[WatchRow(n, f"question {n}") for n in range(25)], page=1, banner="Done."),
        EPISODES,
    ),
    "home/empty catalogue": lambda: home.home_view(home.HomeTab(), {}),
    "imports/reading": lambda: imports.reading_message(PAGE),
    "imports/to confirm": lambda: imports.confirmation_message(IMPORT, imports.encode_import(PAGE, "0123456789abcdef")),
    "imports/nothing new": lambda: imports.nothing_new_message(imports.ImportSummary(PAGE, "14 known already")),
    "imports/nothing read": lambda: imports.nothing_read_message(imports.ImportSummary(PAGE, "3 refused")),
    "imports/imported": lambda: imports.imported_message(IMPORT._replace(counts="12 new, 2 unsure", review_count=2)),
    "digests/a small one, the first": lambda: digests.digest_post(SMALL_EDITION, 1, EPISODES, [WEEKLY]),
    "digests/a big one": lambda: digests.digest_post(BIG_EDITION, 7, EPISODES),
    "digests/its thread": lambda: THREAD[0],
    "digests/a big one, in a window": lambda: digests.without_channel_buttons(
        digests.digest_post(BIG_EDITION, 7, EPISODES)
    ),
    "digests/as text, where Slack refuses the blocks": lambda: blocks.as_plain_message(
        digests.digest_post(SMALL_EDITION, 1, EPISODES, [WEEKLY])
    ),
    "digests/nothing new": lambda: digests.digest_post(EMPTY_EDITION, 8, EPISODES),
    "digests/one area": lambda: digests.area_message(["Portal"], BIG_EDITION.items[2:3], EPISODES),
    "notices/paused": lambda: notices.paused_notice("C1", "is_archived"),
    "notices/delivery unknown": lambda: notices.delivery_unknown_notice("C1", 7, [1], 3),
    "notices/refused": lambda: notices.failed_notice("C1", 7, "invalid_blocks"),
    "notices/deleted": lambda: notices.deleted_notice("C1", 7, 1, 3),
    "notices/refused for now": lambda: notices.refused_notice("C1", 7, "accesslimited"),
    "notices/a watch's news": lambda: notices.watch_message([WatchRow(7, "jira <status>")], [JIRA, LOCK], EPISODES),
    "notices/more news than a message has room for": lambda: notices.watch_thread([JIRA] * 21 + [LOCK, JIRA], EPISODES)[
        0
    ],
    "notices/news of several watches": lambda: notices.watch_message(WATCHES, [JIRA], EPISODES),
    "subscription_modal/the modal": lambda: subscription_modal.subscribe_modal(
        FORM, subscription_modal.WindowSummary((), WEEKLY_WORDS, ("“zendesk” as zendesk",))
    ),
    "subscription_modal/the modal, for a channel that has a digest": lambda: subscription_modal.subscribe_modal(
        FORM, subscription_modal.WindowSummary([WEEKLY], questions=["Which city's time do you mean?"])
    ),
    "subscription_modal/the modal, for a channel that has several": lambda: subscription_modal.subscribe_modal(
        replace(FORM, opened_for=WindowRef(CardRef(7, "aa11"))),
        subscription_modal.WindowSummary([WEEKLY, ELSEWHERE], WEEKLY_WORDS, stays="C2"),
    ),
    "subscription_modal/the modal, filled in": lambda: subscription_modal.summarised_modal(
        subscription_modal.subscribe_modal(FORM) | {"state": FILLED_IN},
        subscription_modal.WindowSummary((), WEEKLY_WORDS),
        WindowRef(adds_to="C1", is_on_home=True),
    ),
    "subscription_modal/the modal, changed meanwhile": lambda: subscription_modal.summarised_modal(
        subscription_modal.subscribe_modal(replace(FORM, opened_for=WindowRef(CardRef(7, "aa11")))),
        subscription_modal.WindowSummary((), WEEKLY_WORDS, notice=subscription_modal.changed_meanwhile_text(WEEKLY)),
        WindowRef(CardRef(7, "bb22")),
    ),
    "subscription_modal/a sample": lambda: subscription_modal.sample_message(
        [digests.digest_post(BIG_EDITION, 0, EPISODES), *THREAD], "v2.214", WEEKLY, START
    ),
    "subscription_modal/a button to it": lambda: subscription_modal.setup_button_message(),
    "subscription_modal/too late": lambda: subscription_modal.modal_expired_message(),
    "subscription_modal/watch a topic": lambda: watches.watch_modal(),
    "subscription_modal/watch a topic, too late": lambda: subscription_modal.watch_modal_expired_message(),
    "subscription_modal/working": lambda: subscription_modal.working_modal("HaloPSA digest"),
    "subscription_modal/done": lambda: subscription_modal.confirmation_modal(
        "HaloPSA digest", subscription_modal.plain_message("Done.")
    ),
    "subscription_modal/subscribed": lambda: subscription_modal.subscribed_message(
        WEEKLY, True, ["“zendesk” as zendesk"], "It begins with what arrives from now on.", START
    ),
    "subscription_modal/not clear": lambda: subscription_modal.clarification_message(
        ["“purple <elephants>” is not an area, and no change has it.", "At 5 in the morning or at 5 in the afternoon?"]
    ),
    "digest_cards/list": lambda: digest_cards.card_list_message(
        digest_cards.DigestList([WEEKLY], [ELSEWHERE], [ELSEWHERE]), "Paused."
    ),
    "digest_cards/empty list": lambda: digest_cards.card_list_message(digest_cards.DigestList([], [])),
    "digest_cards/second page": lambda: digest_cards.card_list_message(
        digest_cards.DigestList([WEEKLY] * 3, [ELSEWHERE] * 16, offset=16)
    ),
    "digest_cards/none in another channel": lambda: digest_cards.no_digest_message("", "C2", []),
    "digest_cards/none, one removed": lambda: digest_cards.no_digest_message(
        "This channel has no digest.", "C1", [WEEKLY]
    ),
    "digest_cards/undo": lambda: digest_cards.removed_message("Removed in the last day:", [WEEKLY]),
    "digest_proposals/move": lambda: digest_proposals.move_message(
        [(WEEKLY, digest_proposals.ProposedDigest("C2", "Billing & invoicing, every Monday", "[1]"))]
    ),
    "digest_proposals/watch instead": lambda: digest_proposals.watch_instead_message(
        "A single change can be watched.", "#1016865"
    ),
    "watches/watching a change": lambda: watches.watching_message(WatchRow(7, "#1016865"), 1, "", "Jira: <status>"),
    "forgetting/asked": lambda: forgetting.forget_me_message(),
    "forgetting/done": lambda: forgetting.forgotten_message(ForgottenCounts(1, 2, 0, 5, 1)),
    "watches/stop all": lambda: watches.stop_all_message(WATCHES, "/halo"),
    "digest_cards/which to remove": lambda: digest_cards.card_message("Which one?", [WEEKLY, ELSEWHERE]),
    "digest_cards/subscribing again": lambda: digest_cards.already_there_message([WEEKLY]),
    "digest_proposals/change": lambda: digest_proposals.change_message([CHANGE]),
    "digest_proposals/perhaps a search": lambda: digest_proposals.change_message([CHANGE], search_for="add jira"),
    "digest_proposals/none yet, perhaps a search": lambda: digest_proposals.with_search_offer(
        digest_proposals.set_up_message(ANOTHER), "change the digest email template"
    ),
    "digest_proposals/pause": lambda: digest_proposals.pause_message([PAUSED]),
    "digest_proposals/pause which": lambda: digest_proposals.pause_message([PAUSED, ASKED]),
    "digest_proposals/several": lambda: digest_proposals.change_message([CHANGE, ASKED]),
    "digest_proposals/subscribing again": lambda: digest_proposals.another_message([CHANGE], ANOTHER, "C1"),
    "digest_proposals/subscribing to several": lambda: digest_proposals.another_message(
        [CHANGE, ASKED], ANOTHER, "C1", ["“jirra” as Integrations"]
    ),
    "digest_proposals/subscribing to the same": lambda: digest_proposals.another_message(
        [CHANGE._replace(payload="", questions=[ALREADY_SO])], None, "C1"
    ),
    "digest_proposals/too long for a button": lambda: digest_proposals.another_message(
        [CHANGE._replace(payload="x" * 2_000)], ANOTHER._replace(payload="x" * 2_000), "C1"
    ),
    "digest_proposals/more than are shown": lambda: digest_proposals.pause_message([PAUSED] * 7),
    "digest_proposals/none yet": lambda: digest_proposals.set_up_message(ANOTHER),
    "digest_cards/brought back": lambda: digest_cards.restored_notice(WEEKLY, "UBOB"),
    "digest_cards/to the channel": lambda: digest_cards.removed_notice(WEEKLY, "UBOB"),
    "subscription_modal/not allowed": lambda: subscription_modal.admin_required_message("subscribe billing"),
    "subscription_modal/to an admin": lambda: subscription_modal.admin_request_message(
        "UBOB", "C1", "subscribe `billing` <!channel>"
    ),
    "subscription_modal/preview": lambda: subscription_modal.preview_message(
        [digests.digest_post(BIG_EDITION, 7, EPISODES), *THREAD], "C1"
    ),
    "subscription_modal/to an admin, from Home": lambda: subscription_modal.admin_request_message(
        "UBOB", "", "subscribe billing"
    ),
    "digest_cards/some are not shown": lambda: digest_cards.card_list_message(
        digest_cards.DigestList([WEEKLY], [], unshown=UNSHOWN)
    ),
    "digest_cards/none is shown": lambda: digest_cards.card_list_message(
        digest_cards.DigestList([], [], unshown=UNSHOWN)
    ),
    "digest_cards/in direct messages": lambda: digest_cards.card_message(
        "Removed: <#DUALICE> no longer gets that digest.", [replace(WEEKLY, channel="DUALICE")]
    ),
    "digest_proposals/somebody was quicker": lambda: blocks.with_prefix(
        NOT_ADDED, digest_proposals.another_message([CHANGE], ANOTHER, "C1")
    ),
    "digest_proposals/moved": lambda: digest_proposals.with_card(blocks.text_message("Set up."), STAYS, WEEKLY),
    "digest_proposals/move, one is there": lambda: digest_proposals.move_message(
        [(WEEKLY, digest_proposals.ProposedDigest("C2", "Billing & invoicing, every Monday", "[1]"))], [ELSEWHERE]
    ),
}


def texts() -> dict[str, str]:
    """The gallery as text: the content of each module's file."""
    parts: dict[str, list[str]] = defaultdict(list)
    for name, make in GALLERY.items():
        module, shows = name.split("/")
        parts[module].append(f"=== {shows} ===\n\n{render(make())}")
    return {module: "\n".join(shown) for module, shown in parts.items()}


def main() -> None:
    """Write the texts anew, and remove those of modules that are gone."""
    TEXTS.mkdir(exist_ok=True)
    for path in TEXTS.glob("*.txt"):
        path.unlink()
    for module, text in texts().items():
        (TEXTS / f"{module}.txt").write_text(text, encoding="utf-8")
    print(f"{len(GALLERY)} messages written to {TEXTS}")


if __name__ == "__main__":
    main()
