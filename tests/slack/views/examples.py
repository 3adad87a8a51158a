"""The fixed entries, results and lists that the gallery's messages are made of."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.catalog.models import Entry, Episode, Filters, Mention, Version
from bot.digests.models import Edition, EditionItem
from bot.search.models import Hit, Query, SearchResult
from bot.search.upgrade import build_checklist
from bot.slack.views.answers import answer_page, page_message
from bot.slack.views.blocks import Message
from bot.slack.views.context import ShareTarget, ViewContext
from bot.slack.views.digest_cards import DigestCard
from bot.slack.views.digest_proposals import ProposedChange, ProposedDigest
from bot.slack.views.help import VerbHelp
from bot.slack.views.home import HomeTab
from bot.slack.views.imports import ImportRow, ImportSummary
from bot.slack.views.phrasings import ProposalRow
from bot.slack.views.search_modal import FilterChoices
from bot.slack.views.watches import WatchRow

V206, V210, V214 = Version(2, 206), Version(2, 210), Version(2, 214)
EPISODES = {
    13: Episode(13, "https://example.com/by-the-run-book-episode-13", "2025-12-09", ("Mendy", "Robbie"), (V206,)),
    20: Episode(20, None, None, (), (V214,)),
}
JIRA = Entry(
    "1016865", "feature", "Jira: default ticket status for incoming updates",
    "Choose which status a ticket moves to when Jira sends an update.",
    version=V206, area="Integrations", highlighted=True, mentions=(Mention(13, "6:08"), Mention(20)),
    names=("Jira Software", "Ticket Status"), impact="opt-in",
)  # fmt: skip
LOCK = Entry(
    "1044274", "feature", "Editing billing time allocation can lock the ticket",
    "The ticket is locked from <recalculation> & more.", version=V210,
    area="Billing & invoicing", caution="Try it with a few tickets first.", mentions=(Mention(20, "30:05"),),
    impact="changes behaviour", impact_guessed=True,
)  # fmt: skip
UNSURE = Entry(
    "ep15-07", "feature", "Portal: credit notes next to invoices", "They stand together now.",
    possible_versions=(V206, V210), area="Portal",
)  # fmt: skip
SSO = Entry(
    "faq-sso", "faq", "Signing in once", answer="Connect the Azure application, then switch it on for one team."
)
ENTRIES = (JIRA, LOCK, UNSURE, SSO)
MANY = tuple(
    Entry(
        str(1_000_000 + number), "feature", f"Change number {number} of the release", "It does something.",
        version=V214, area=f"Area {number % 7}",
    )
    for number in range(60)
)  # fmt: skip


def result(
    *entries: Entry,
    intent: Any = "search",
    text: str = "jira default status",
    possible: tuple[Entry, ...] = (),
    suggestions: tuple[Entry, ...] = (),
    unknown_keys: tuple[str, ...] = (),
    **query: Any,
) -> SearchResult:
    """A result with these entries as its hits."""
    return SearchResult(
        Query(text, intent, **query),
        tuple(Hit(entry, 1.0) for entry in entries),
        tuple(Hit(entry, 0.8) for entry in possible),
        tuple(Hit(entry, 0.5) for entry in suggestions),
        unknown_keys,
    )


def answer_message(found: SearchResult, view_context: ViewContext = ViewContext()) -> Message:  # noqa: B008 (immutable)
    """The answer to a question, as the handlers put it together."""
    page = answer_page(found, EPISODES, view_context)
    return page_message(page, view_context, found.query.text, found.has_answer)


def edition(*entries: Entry, updated: tuple[Entry, ...] = (), **fields: Any) -> Edition:
    """An edition of a digest with these entries, and these corrected ones."""
    lines = [EditionItem(seq, "new", entry) for seq, entry in enumerate(entries)]
    return Edition((*lines, *(EditionItem(99, "updated", entry) for entry in updated)), **fields)


AT_V214 = Filters(versions=(V214,))
WHOLE_VERSION = result(*MANY, intent="version", text="v2.214", filters=AT_V214)
SMALL_VERSION = result(LOCK, *MANY[:4], JIRA, possible=(UNSURE,), intent="version", text="v2.214", filters=AT_V214)
CHECKLIST = build_checklist(
    V206,
    V214,
    (V210, V214),
    result(
        LOCK,
        *(replace(entry, impact="changes behaviour") for entry in MANY[:50]),
        replace(JIRA, impact="opt-in", impact_guessed=True),
        replace(MANY[50], impact="fix"),
        possible=(UNSURE,),
        intent="version",
    ),
)
VERBS = [
    VerbHelp("latest", "the newest version", "latest", ("newest",)),
    VerbHelp("watch jira", "a message when it comes", "watch"),
]
IN_CHANNEL, IN_THREAD = ShareTarget("C1", "", "https://hooks.example/1"), ShareTarget("C1", "1.2")
CHOICES = FilterChoices((V206, V210, V214), ("Billing & invoicing", "Portal"))
WATCHES = [WatchRow(7, "quickbooks payments"), WatchRow(8, "area:portal since 2.210")]
WEEKLY = DigestCard(
    7,
    "0123456789",
    "C1",
    "Billing & invoicing",
    "every Monday at 09:00 (Europe/London)",
    "The next one comes on Monday 30 November at 09:00.",
    "UALICE",
)
ELSEWHERE = replace(WEEKLY, channel="C2", next_text="Paused.", is_paused=True)
FRIDAYS = "Billing & invoicing, every Friday at 09:00 (Europe/London)"
CHANGE = ProposedChange(WEEKLY, FRIDAYS, "[1]")
PAUSED = ProposedChange(WEEKLY, "Pause it until Tuesday 5 January? Nothing that arrives in the meantime is lost.", "1")
ASKED = ProposedChange(ELSEWHERE, "", questions=["At what time, for example 8am or 14:30?"])
ANOTHER = ProposedDigest("C1", "Portal, every Friday at 09:00 (Europe/London)", "[2]")
PAGE = "https://example.com/by-the-run-book-episode-30?a=1&b=<!channel>"
IMPORT = ImportSummary(
    PAGE,
    "12 new, 1 refused",
    [
        ImportRow("refused", "", "#12 is <!here>", "no number is that short", 7),
        *(ImportRow("new", f"11020{number:02}", f"Change {number}") for number in range(12)),
    ],
    [f"{PAGE}: v2.21 is read as v2.210"],
)
SMALL_EDITION = edition(JIRA, LOCK, is_first=True, set_up_by="UALICE", schedule="every Monday at 09:00 (Europe/London)")
BIG_EDITION = edition(*ENTRIES, *MANY[:20], updated=(MANY[30],))
EMPTY_EDITION = edition(since=datetime(2026, 11, 23, 9))
PROPOSALS = [
    ProposalRow(7, "1016865", JIRA.title, "phrasing", "tickets from jira all start as new", "question", "0f"),
    ProposalRow(8, "1016865", JIRA.title, "phrasing", "<!channel> & *bold*", "llm", "1f"),
    ProposalRow(9, "1300001", "", "area", "Integrations", "person", "2f"),
]
HOME = HomeTab(V214, (*MANY[:3], JIRA), WATCHES, [WEEKLY], True)
