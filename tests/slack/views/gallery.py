"""Every message and window of ours, made from fixed entries: what the snapshots are compared with, and what a person
can look through.

.venv/bin/python -m tests.slack.views.gallery     # renew tests/slack/views/snapshots after a change that was meant,
then look at `git diff`
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.catalog.models import Entry, Episode, Filters, Mention, Version
from bot.search.models import Hit, Query, SearchResult
from bot.slack.views import (
    answers,
    blocks,
    entry_modal,
    errors,
    help,
    home,
    imports,
    notices,
    related_modal,
    search_modal,
    sharing,
    status,
    subscription_modal,
    unfurls,
    watches,
)
from bot.slack.views.answers import answer_page, page_message
from bot.slack.views.blocks import Message
from bot.slack.views.context import ShareTarget, ViewContext
from bot.slack.views.entry_text import Episodes
from bot.slack.views.watches import WatchRow

SNAPSHOTS = Path(__file__).parent / "snapshots"

V206, V210, V214 = Version(2, 206), Version(2, 210), Version(2, 214)
EPISODES = {
    13: Episode(13, "https://example.com/by-the-run-book-episode-13", "2025-12-09", ("Mendy", "Robbie"), (V206,)),
    20: Episode(20, None, None, (), (V214,)),
}
JIRA = Entry(
    "1016865", "feature", "Jira: default ticket status for incoming updates",
    "Choose which status a ticket moves to when Jira sends an update.",
    version=V206, area="Integrations", highlighted=True, mentions=(Mention(13, "6:08"), Mention(20)),
    names=("Jira Software", "Ticket Status"),
)  # fmt: skip
LOCK = Entry(
    "1044274", "feature", "Editing billing time allocation can lock the ticket",
    "The ticket is locked from <recalculation> & more.", version=V210,
    area="Billing & invoicing", caution="Try it with a few tickets first.", mentions=(Mention(20, "30:05"),),
)  # fmt: skip
UNSURE = Entry(
    "ep15-07",
    "feature",
    "Portal: credit notes next to invoices",
    "They stand together now.",
    possible_versions=(V206, V210),
    area="Portal",
)
SSO = Entry(
    "faq-sso", "faq", "Signing in once", answer="Connect the Azure application, then switch it on for one team."
)
ENTRIES = (JIRA, LOCK, UNSURE, SSO)
MANY = tuple(
    Entry(
        str(1_000_000 + number),
        "feature",
        f"Change number {number} of the release",
        "It does something.",
        version=V214,
        area=f"Area {number % 7}",
    )
    for number in range(60)
)


def answer(
    *entries: Entry, wants: Any = "best", text: str = "jira default status", near: tuple[Entry, ...] = (), **query: Any
) -> SearchResult:
    """An answer with these entries."""
    return SearchResult(
        Query(text, wants, **query),
        tuple(Hit(entry, 1.0) for entry in entries),
        suggestions=tuple(Hit(entry, 0.5) for entry in near),
    )


VERSION = answer(*MANY, wants="version", text="v2.214", filters=Filters(versions=(V214,)))
VERBS = [
    help.VerbHelp("latest", "the newest version", "latest", ("newest",)),
    help.VerbHelp("watch jira", "a message when it comes", "watch"),
]
MINE = ShareTarget("C1", "", "https://hooks.example/1")
CHOICES = search_modal.FilterChoices((V206, V210, V214), ("Billing & invoicing", "Portal"))
WATCHED = [WatchRow(7, "quickbooks payments"), WatchRow(8, "area:portal since 2.210")]
HOME = home.HomeTab(V214, (*MANY[:3], JIRA), WATCHED, [home.DigestRow("C1", "everything; Mondays at 09:00")], True)

WEEKLY = subscription_modal.Shown(
    "C1",
    "Billing & invoicing",
    "every Monday at 09:00 (Europe/London)",
    "The next one comes on Monday 30 November at 09:00.",
    "UALICE",
)
ELSEWHERE = replace(WEEKLY, channel="C2", following="Paused.")
PAGE = "https://example.com/by-the-run-book-episode-30?a=1&b=<!channel>"
BROUGHT = imports.ImportSummary(
    PAGE, "12 new, 1 refused",
    [imports.ImportRow("refused", "", "#12 is <!here>", "no number is that short", 7), *(imports.ImportRow("new", f"11020{n:02}", f"Change {n}") for n in range(12))],
    [f"{PAGE}: v2.21 is read as v2.210"],
)  # fmt: skip


def answer_message(answer: SearchResult, episodes: Episodes, look: ViewContext = ViewContext()) -> Message:  # noqa: B008 (a Look never changes)
    """What is said to a question, as the listeners put it together."""
    return page_message(answer_page(answer, episodes, look), look, answer.query.text, answer.has_answer)


GALLERY: dict[str, Callable[[], Any]] = {
    "answer_one": lambda: answer_message(answer(JIRA), EPISODES),
    "answer_results": lambda: answer_message(answer(*ENTRIES, corrections=(("jria", "jira"),)), EPISODES),
    "answer_second_page": lambda: answer_message(answer(*MANY), EPISODES, ViewContext(offset=5)),
    "answer_public": lambda: answer_message(answer(*ENTRIES), EPISODES, ViewContext("@halo", public=True)),
    "answer_direct": lambda: answer_message(answer(*ENTRIES), EPISODES, ViewContext("")),
    "answer_judged": lambda: answer_message(answer(JIRA), EPISODES, ViewContext(banner=answers.MARKED_HELPFUL)),
    "answer_numbers": lambda: answer_message(answer(JIRA, LOCK, wants="numbers", text="1016865 1044274 5"), EPISODES),
    "answer_nothing": lambda: answer_message(answer(text="zendesk macros"), EPISODES),
    "answer_near": lambda: answer_message(
        answer(text="zendesk <macros>", near=(JIRA, SSO)), EPISODES, ViewContext("@halo", public=True)
    ),
    "answer_list": lambda: answer_message(answer(*ENTRIES, wants="list", text="everything for jira"), EPISODES),
    "answer_version": lambda: answer_message(VERSION, EPISODES),
    "answer_version_second_page": lambda: answer_message(VERSION, EPISODES, ViewContext(offset=59)),
    "compare": lambda: answers.page_message(
        answers.comparison_page(V206, V214, VERSION, EPISODES, ViewContext()), ViewContext(), "compare 2.206 2.214"
    ),
    "help": lambda: help.help_message("/halo", VERBS),
    "help_verb": lambda: help.verb_help_message("@halo", VERBS[0]),
    "welcome": lambda: help.empty_question_message("/halo"),
    "areas": lambda: status.areas_message(
        [status.AreaRow("Portal", ("self service portal",), 16), status.AreaRow("SLA", (), 6)], "/halo"
    ),
    "status": lambda: status.status_message(
        status.BotStatus(
            "0.1.0",
            293,
            (V206, V214),
            1,
            ["Next digest: Monday 30 November at 09:00 (Europe/London), in <#C1>."],
            ["The source example.com fails (3 times, never read so far). `halobot sources` says why."],
        )
    ),
    "watching": lambda: watches.watching_message(WATCHED[0], 3),
    "watch_list": lambda: watches.watch_list_message(WATCHED, "/halo"),
    "watch_list_empty": lambda: watches.watch_list_message([], "@halo"),
    "too_many_watches": lambda: watches.too_many_message(50),
    "note": lambda: blocks.text_message(errors.NOT_IN_CHANNEL),
    "note_before": lambda: blocks.with_prefix("“hlep” understood as “help”.", help.empty_question_message("/halo")),
    "problem": lambda: errors.problem_message("The catalogue at data/catalog.db cannot be read."),
    "unexpected": lambda: errors.unexpected_error_message("A1B2C3"),
    "hello": lambda: help.introduction_message("UALICE"),
    "hello_nobody": lambda: help.introduction_message(None),
    "shared_card": lambda: sharing.shared_card(JIRA, EPISODES, "UALICE", "jira default status"),
    "shared_page": lambda: sharing.shared_page(
        answers.answer_page(VERSION, EPISODES, ViewContext()), "UALICE", "v2.214"
    ),
    "work_object": lambda: sharing.entry_work_object(JIRA, EPISODES),
    "episode_object": lambda: sharing.episode_work_object(
        EPISODES[13], "v2.206 · 2 changes", "https://example.com/by-the-run-book-episode-13"
    ),
    "link_episode": lambda: unfurls.episode_card(EPISODES[13], [*MANY[:6], JIRA], EPISODES),
    "link_change": lambda: unfurls.change_card(JIRA, EPISODES),
    "link_version": lambda: unfurls.version_card(V214, MANY, EPISODES),
    "details": lambda: entry_modal.entry_view(JIRA, EPISODES, [LOCK, SSO], MINE),
    "details_noted": lambda: blocks.with_banner(
        entry_modal.entry_view(LOCK, EPISODES, [], ShareTarget()), "Shared to the channel."
    ),
    "window_empty": lambda: search_modal.search_view(
        search_modal.SearchState(), CHOICES, None, EPISODES, ShareTarget()
    ),
    "window_results": lambda: search_modal.search_view(
        search_modal.SearchState("jira", "2.206", "Portal"), CHOICES, answer(*MANY), EPISODES, MINE
    ),
    "window_nothing": lambda: search_modal.search_view(
        search_modal.SearchState("zendesk"), CHOICES, answer(text="zendesk"), EPISODES, ShareTarget()
    ),
    "window_suggestions": lambda: search_modal.suggestion_options("jir", ENTRIES),
    "related": lambda: related_modal.related_view(ENTRIES, False, EPISODES, ShareTarget("C1", "1.2")),
    "related_near": lambda: related_modal.related_view([LOCK], True, EPISODES, ShareTarget("C1", "1.2")),
    "related_nothing": lambda: related_modal.related_view([], True, EPISODES, ShareTarget("C1", "1.2")),
    "subscribed": lambda: subscription_modal.subscribed(
        WEEKLY, True, ["“zendesk” as zendesk"], "It begins with what arrives from now on."
    ),
    "subscribe_questions": lambda: subscription_modal.questions(
        ["“purple <elephants>” is no area.", "At 5 in the morning or at 5 in the afternoon?"]
    ),
    "subscriptions": lambda: subscription_modal.subscription_list([WEEKLY], [ELSEWHERE]),
    "subscriptions_none": lambda: subscription_modal.subscription_list([], []),
    "subscribe_button": lambda: subscription_modal.window_button(),
    "subscribe_late": lambda: subscription_modal.window_late(),
    "watch_late": lambda: subscription_modal.watch_late(),
    "ask_an_admin": lambda: subscription_modal.ask_an_admin("subscribe billing"),
    "asked_for": lambda: subscription_modal.asked_for("UBOB", "C1", "subscribe `billing` <!channel>"),
    "subscribe_view": lambda: subscription_modal.subscribe_view(
        "C1", "Europe/London", ["Billing & invoicing", "Portal"]
    ),
    "watch_view": lambda: subscription_modal.watch_view(),
    "told_view": lambda: subscription_modal.told_view("HaloPSA digest", subscription_modal.said("Done.")),
    "import_reading": lambda: imports.reading_message(PAGE),
    "import_would_bring": lambda: imports.confirmation_message(
        BROUGHT, imports.encode_import(PAGE, "0123456789abcdef")
    ),
    "import_nothing_new": lambda: imports.nothing_new_message(imports.ImportSummary(PAGE, "14 known already")),
    "imported": lambda: imports.imported_message(BROUGHT._replace(counts="12 new, 2 unsure", review_count=2)),
    "preview": lambda: subscription_modal.preview_message(
        [answer_message(answer(JIRA), EPISODES), answer_message(answer(JIRA), EPISODES)]
    ),
    "paused_notice": lambda: notices.paused_notice("C1", "is_archived"),
    "unsettled_notice": lambda: notices.unsettled_notice("C1", 7, [1], 3),
    "failed_notice": lambda: notices.failed_notice("C1", 7, "invalid_blocks"),
    "watch_message": lambda: notices.watch_message("jira <status>", 7, [JIRA, LOCK], EPISODES),
    "home_new": lambda: home.home_view(HOME, EPISODES),
    "home": lambda: home.home_view(
        HOME._replace(is_new=False, watches=[WatchRow(n, f"question {n}") for n in range(25)], page=1, banner="Done."),
        EPISODES,
    ),
    "home_empty": lambda: home.home_view(home.HomeTab(), {}),
}


def text_of(made: Any) -> str:
    """A message as its snapshot has it."""
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write every snapshot anew, and remove those of messages that are gone."""
    for path in SNAPSHOTS.glob("*.json"):
        path.unlink()
    for name, make in GALLERY.items():
        (SNAPSHOTS / f"{name}.json").write_text(text_of(make()), encoding="utf-8")
    print(f"{len(GALLERY)} snapshots written to {SNAPSHOTS}")


if __name__ == "__main__":
    main()
