"""Every view, with hostile values in every field of an entry, an episode, a source, a question and a person's name:
nothing pings, links or formats but what we mean to.
"""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.models import Entry, Episode, Filters, Mention, Version
from bot.digests.models import Edition, EditionItem
from bot.playground import checks
from bot.search.models import Hit, Query, SearchResult, UpgradeChecklist
from bot.search.upgrade import build_checklist
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
from bot.slack.views.digest_cards import WindowRef
from bot.slack.views.mrkdwn import escape, safe_url
from tests.slack.views.test_any_text import mrkdwn_texts
from tests.slack.views.test_messages import RETURNED, VIEWS

OLDER, NEWER = Version(2, 206), Version(2, 214)
TARGET = ShareTarget("C1", "1.2")
ATTACKS = (
    "<!channel>", "<!here|x>", "<!everyone>", "<@UEVE>", "<#C9|x>", "<https://evil.example|click>", "<mailto:a@b.c|d>",
    "&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", "> quote\n> more", "a|b>c<d", "\n<!channel>\n", ">", "<", "|", "`",
    "```", "*b* _i_ ~s~ `c` ```d```", "*", "__init__", "x" * 500 + "<!channel>", "T&M " * 400,
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(ATTACKS),
    st.lists(st.sampled_from(ATTACKS), min_size=1, max_size=4).map(" ".join),
    st.text(min_size=1),
)
URLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "", "javascript:alert(1)", "<!channel>", "https://evil.example/><!channel>", "https://e.example/|<!here>",
            "https://e.example/a b", "https://e.example/" + "x" * 5_000, "ftp://e.example", " https://e.example/ok ",
            "https://e.example/?a=1&b=2", "HTTPS://E.EXAMPLE/", "https://e.example/\n<!channel>", "//e.example",
            'https://e.example/"x"', "https://e.example/*b*_i_", "data:text/html,<b>",
        ]
    ),
    st.text().map("https://e.example/".__add__),
    TEXTS,
)  # fmt: skip
PEOPLE = st.sampled_from(["UALICE", "<!channel>", "UX> <!channel", "U1|<@UEVE>", ""])
# All that may stand in angle brackets: people and channels by their ids, and links to addresses of the web.
ALLOWED = re.compile(r"<(?:@U[A-Z]+>|#C\d>|https?://[^\s<>|]+\|[^<>]*>)", re.IGNORECASE)
FORMATS = re.compile(r"(?<![^\W_])[*_~](?=\S)|(?<=\S)[*_~](?![^\W_])|`")


class Hostile(NamedTuple):
    """One text in every field, one address and one person in every place that has one."""

    text: str
    url: str | None = "https://e.example/"
    user: str = "UALICE"

    @property
    def entry(self) -> Entry:
        text = self.text
        return Entry(
            text or "x", "feature", text, text, version=OLDER, area=text, highlighted=True, caution=text, answer=text,
            mentions=(Mention(13, text), Mention(20)), names=(text, text), also=(text,), impact="opt-in",
            impact_guessed=True, source=text,
        )  # fmt: skip

    @property
    def unsure(self) -> Entry:
        return Entry("ep15-07", "feature", self.text, self.text, possible_versions=(OLDER, NEWER), area=self.text)

    @property
    def entries(self) -> list[Entry]:
        return [self.entry, self.unsure, Entry("faq-x", "faq", self.text, answer=self.text)] * 3

    @property
    def episodes(self) -> dict[int, Episode]:
        return {13: Episode(13, self.url, self.text, (self.text, self.text), (OLDER,)), 20: Episode(20, self.url)}

    def result(self, intent: Any = "search", confidence: Any = "sure") -> SearchResult:
        query = Query(
            self.text, intent, filters=Filters(versions=(OLDER,), area=self.text), notes=(self.text,),
            corrections=((self.text, self.text),),
        )  # fmt: skip
        hits = tuple(Hit(entry, 1.0) for entry in self.entries)
        return SearchResult(query, hits, hits[:1], hits[:2], (self.text,), confidence=confidence)

    @property
    def checklist(self) -> UpgradeChecklist:
        return build_checklist(OLDER, NEWER, (NEWER,), self.result("version"))

    @property
    def edition(self) -> Edition:
        items = (EditionItem(number, "new", entry) for number, entry in enumerate(self.entries))
        return Edition((*items, EditionItem(99, "updated", self.entry)), True, self.user, self.text)

    @property
    def summary(self) -> imports.ImportSummary:
        row = imports.ImportRow("refused", self.text, self.text, self.text, 3)
        return imports.ImportSummary(self.url or self.text, self.text, [row], [self.text], 1)

    def answer(self, intent: str = "search", confidence: str = "sure", public: bool = False) -> dict[str, Any]:
        result, shown = self.result(intent, confidence), ViewContext(public=public, banner=self.text)
        page = answers.answer_page(result, self.episodes, shown, [self.text])
        return answers.page_message(page, shown, self.text, result.has_answer)

    @property
    def row(self) -> digest_cards.DigestCard:
        return digest_cards.DigestCard(7, self.text[:10], "C1", self.text, self.text, self.text, self.user)

    @property
    def change(self) -> digest_proposals.ProposedChange:
        return digest_proposals.ProposedChange(self.row, self.text, self.text)

    @property
    def digest(self) -> digest_proposals.ProposedDigest:
        return digest_proposals.ProposedDigest("C1", self.text, self.text)

    def watch(self) -> watches.WatchRow:
        return watches.WatchRow(7, self.text)


# By the function that makes it; each gives one message, modal or card, or several.
ATTACKED: dict[str, Callable[[Hostile], Any]] = {
    "page_message": lambda h: [
        h.answer(),
        h.answer(confidence="perhaps"),
        h.answer("list", public=True),
        h.answer("version"),
        h.answer("keys"),
        answers.page_message(
            answers.answer_page(SearchResult(Query(h.text, "search", notes=(h.text,))), {}, ViewContext()),
            ViewContext(),
            h.text,
            False,
        ),
    ],
    "entry_message": lambda h: [
        conversation.entry_message(h.entry, h.episodes, aspect, (NEWER,))
        for aspect in (None, "minute", "link", "warning", "version", "availability")
    ],
    "first_in_thread": lambda h: conversation.first_in_thread(h.answer(public=True)),
    "text_message": lambda h: blocks.text_message(h.text),
    "as_plain_message": lambda h: [
        blocks.as_plain_message(shown)
        for shown in (digests.digest_post(h.edition, 7, h.episodes), *digests.digest_thread(h.edition, h.episodes))
    ],
    "with_prefix": lambda h: blocks.with_prefix(h.text, blocks.text_message(h.text)),
    "with_banner": lambda h: blocks.with_banner(
        entry_modal.entry_view(h.entry, h.episodes, h.entries[:3], TARGET), h.text
    ),
    "digest_post": lambda h: digests.digest_post(h.edition, 7, h.episodes),
    "digest_thread": lambda h: digests.digest_thread(h.edition, h.episodes),
    "digest_parts": lambda h: digests.digest_parts(
        Edition(h.edition.items[:2], since=datetime(2026, 11, 23)), 7, h.episodes
    ),
    "area_message": lambda h: digests.area_message([h.text], h.edition.items, h.episodes),
    "entry_view": lambda h: entry_modal.entry_view(h.entry, h.episodes, h.entries, TARGET),
    "problem_message": lambda h: errors.problem_message(h.text),
    "unexpected_error_message": lambda h: errors.unexpected_error_message("A1B2C3"),
    "offer_message": lambda h: export.offer_message(h.text),
    "help_message": lambda h: help.help_message("/halo", [help.VerbGroup("digests", h.text[:40] or "x", h.text)]),
    "help_group_message": lambda h: help.help_group_message(
        "/halo", help.VerbGroup("digests", h.text, h.text), [help.VerbHelp("latest", "the newest")]
    ),
    "verb_help_message": lambda h: help.verb_help_message("@halo", help.VerbHelp("latest", "the newest", "latest")),
    "empty_question_message": lambda h: help.empty_question_message("/halo"),
    "introduction_message": lambda h: help.introduction_message(h.user),
    "home_view": lambda h: home.home_view(
        home.HomeTab(OLDER, h.entries, [h.watch()], [h.row], True, 0, h.text, [h.text]),
        h.episodes,
    ),
    "reading_message": lambda h: imports.reading_message(h.url or h.text),
    "confirmation_message": lambda h: imports.confirmation_message(h.summary, "x"),
    "nothing_new_message": lambda h: imports.nothing_new_message(h.summary),
    "nothing_read_message": lambda h: imports.nothing_read_message(h.summary),
    "imported_message": lambda h: imports.imported_message(h.summary),
    "paused_notice": lambda h: notices.paused_notice("C1", h.text[:100]),
    "delivery_unknown_notice": lambda h: notices.delivery_unknown_notice("C1", 7, [1], 3),
    "failed_notice": lambda h: notices.failed_notice("C1", 7, h.text[:100]),
    "deleted_notice": lambda h: notices.deleted_notice("C1", 7, 1, 3),
    "refused_notice": lambda h: notices.refused_notice("C1", 7, h.text[:100]),
    "watch_message": lambda h: notices.watch_message([h.watch(), h.watch()._replace(id=8)], h.entries, h.episodes),
    "watch_thread": lambda h: notices.watch_thread(h.entries * 30, h.episodes),
    "related_view": lambda h: [
        related_modal.related_view(h.entries, suggestions, h.episodes, TARGET) for suggestions in (True, False)
    ],
    "search_view": lambda h: search_modal.search_view(
        search_modal.SearchState(h.text[:300], "2.206", h.text[:100]),
        search_modal.FilterChoices([OLDER], [h.text]),
        h.result(),
        h.episodes,
        TARGET,
        h.text,
    ),
    "shared_card": lambda h: sharing.shared_card(h.entry, h.episodes, h.user, h.text),
    "shared_list": lambda h: sharing.shared_list(
        lambda offset, is_public: answers.answer_page(
            h.result("version"), h.episodes, ViewContext(offset=offset, public=is_public)
        ),
        h.user,
        h.text,
    ),
    "shared_page": lambda h: sharing.shared_page(
        answers.answer_page(h.result("version"), h.episodes, ViewContext()), h.user, h.text
    ),
    "entry_work_object": lambda h: sharing.entry_work_object(h.entry, h.episodes),
    "episode_work_object": lambda h: sharing.episode_work_object(h.episodes[13], h.text, "https://e.example/posted"),
    "areas_message": lambda h: status.areas_message([status.AreaRow(h.text, (h.text,), 3)], "/halo"),
    "status_message": lambda h: status.status_message(
        status.BotStatus("1.0", h.text, 1, [f"Next digest: {h.text}, in <#C1>."], [h.text], [h.text])
    ),
    "change_message": lambda h: digest_proposals.change_message([h.change], [h.text], h.text),
    "pause_message": lambda h: digest_proposals.pause_message([h.change] * 2),
    "another_message": lambda h: digest_proposals.another_message([h.change] * 2, h.digest, "C1", [h.text]),
    "with_search_offer": lambda h: digest_proposals.with_search_offer(
        digest_proposals.set_up_message(h.digest), h.text
    ),
    "set_up_message": lambda h: digest_proposals.set_up_message(h.digest, [h.text]),
    "subscribed_message": lambda h: subscription_modal.subscribed_message(h.row, True, [h.text], h.text),
    "summarised_modal": lambda h: subscription_modal.summarised_modal(
        subscription_modal.subscribe_modal(
            subscription_modal.DigestForm("C1", "UTC", ["Portal"], opened_for=WindowRef(adds_to="C1"))
        ),
        subscription_modal.WindowSummary([h.row], questions=[h.text], notice=h.text),
        WindowRef(),
    ),
    "sample_message": lambda h: subscription_modal.sample_message(
        [digests.digest_post(h.edition, 7, h.episodes)], h.text, h.row, None
    ),
    "without_channel_buttons": lambda h: digests.without_channel_buttons(digests.digest_post(h.edition, 7, h.episodes)),
    "clarification_message": lambda h: subscription_modal.clarification_message([h.text]),
    "setup_button_message": lambda h: subscription_modal.setup_button_message(),
    "modal_expired_message": lambda h: subscription_modal.modal_expired_message(),
    "watch_modal_expired_message": lambda h: subscription_modal.watch_modal_expired_message(),
    "card_list_message": lambda h: digest_cards.card_list_message(
        digest_cards.DigestList([h.row], [h.row], [h.row]), h.text
    ),
    "no_digest_message": lambda h: digest_cards.no_digest_message(h.text, "C1", [h.row]),
    "removed_message": lambda h: digest_cards.removed_message(h.text, [h.row]),
    "move_message": lambda h: digest_proposals.move_message([(h.row, h.digest)]),
    "watch_instead_message": lambda h: digest_proposals.watch_instead_message(h.text, h.text[:20]),
    "stop_all_message": lambda h: watches.stop_all_message([h.watch()], h.text),
    "card_message": lambda h: digest_cards.card_message(h.text, [h.row], more=h.text),
    "card_blocks": lambda h: digest_cards.card_blocks(h.row),
    "card_buttons": lambda h: digest_cards.card_buttons(h.row),
    "already_there_message": lambda h: digest_cards.already_there_message([h.row]),
    "restored_notice": lambda h: digest_cards.restored_notice(h.row, h.user),
    "undo_button": lambda h: digest_cards.undo_button(digest_cards.CardRef(7)),
    "removed_notice": lambda h: digest_cards.removed_notice(h.row, h.user),
    "plain_message": lambda h: subscription_modal.plain_message(h.text),
    "admin_required_message": lambda h: subscription_modal.admin_required_message(h.text),
    "admin_request_message": lambda h: subscription_modal.admin_request_message(h.user, "C1", h.text),
    "with_card": lambda h: digest_proposals.with_card(blocks.text_message(h.text), h.text, h.row),
    "preview_message": lambda h: subscription_modal.preview_message([blocks.text_message(h.text)], "C1"),
    "subscribe_modal": lambda h: subscription_modal.subscribe_modal(
        subscription_modal.DigestForm("C1", "UTC", ["Portal"], keywords=h.text[:100]),
        subscription_modal.WindowSummary([], h.text, [h.text], (), "C2"),
    ),
    "watch_modal": lambda h: watches.watch_modal(),
    "working_modal": lambda h: subscription_modal.working_modal(h.text),
    "confirmation_modal": lambda h: subscription_modal.confirmation_modal("Done", blocks.text_message(h.text)),
    "episode_card": lambda h: unfurls.episode_card(h.episodes[13], h.entries, h.episodes),
    "change_card": lambda h: unfurls.change_card(h.entry, h.episodes),
    "version_card": lambda h: unfurls.version_card(OLDER, h.entries, h.episodes),
    "shared_checklist": lambda h: [
        *upgrade.shared_checklist(h.checklist, h.episodes, h.user),
        answers.page_message(upgrade.upgrade_page(h.checklist, h.episodes, ViewContext()), ViewContext(), h.text),
    ],
    "waiting_message": lambda h: phrasings.waiting_message(
        [phrasings.ProposalRow(7, h.text[:100], h.text, "area", h.text, h.text, "f")], 12
    ),
    "watching_message": lambda h: watches.watching_message(h.watch(), 3),
    "too_many_message": lambda h: watches.too_many_message(50),
    "watch_list_message": lambda h: watches.watch_list_message([h.watch()], "/halo"),
}
# What others are made with, a document, which is one code block, and what is given no text of anybody's.
MADE_OF_PARTS = {
    "message", "modal", "document_messages", "list_messages", "forget_me_message", "forgotten_message",
}  # fmt: skip


def made_by(name: str, hostile: Hostile) -> list[dict[str, Any]]:
    """All that one function of the views makes."""
    made = ATTACKED[name](hostile)
    return [one for one in (made if isinstance(made, list) else [made]) if one]


def addresses(value: Any) -> Iterator[str]:
    """Every address of a button or Work Object, however deep."""
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from addresses(item)
    if isinstance(value, dict) and isinstance(value.get("url"), str):
        yield value["url"]


def shown_texts(made: Iterable[dict[str, Any]]) -> list[str]:
    """All that Slack reads as mrkdwn, the notification too."""
    notifications = [one["text"] for one in made if isinstance(one.get("text"), str)]
    return [*(text for one in made for text in mrkdwn_texts(one)), *notifications]


@settings(max_examples=30)
@given(TEXTS, URLS, PEOPLE)
def test_nothing_pings_or_links(text: str, url: str | None, user: str) -> None:
    """No live mention, and no link but to an address of the web, whatever stands in any field; Slack takes it all."""
    hostile = Hostile(text, url, user)
    for name in ATTACKED:
        made = made_by(name, hostile)
        for shown in shown_texts(made):
            assert "<" not in ALLOWED.sub("", shown), name
            assert not re.search(r"&(?!amp;|lt;|gt;)", shown), name
        for address in addresses(made):
            assert re.fullmatch(r"https?://[^\s<>|]{1,3000}", address, re.IGNORECASE), name
        for one in made:
            if one.get("type") in ("modal", "home"):
                checks.check_view(one)
            elif "blocks" in one:
                checks.check_blocks(one["blocks"])


# Sentences of ours that quote somebody: what is in backticks is code there, and formats nothing.
SENTENCES = {
    "text_message", "with_prefix", "with_banner", "problem_message", "page_message", "first_in_thread", "search_view",
    "shared_list", "shared_page", "shared_checklist", "status_message", "subscribed_message", "clarification_message",
    "card_list_message", "no_digest_message", "removed_message", "watch_instead_message", "card_message",
    "card_blocks", "already_there_message", "change_message", "another_message",
    "pause_message", "help_group_message", "subscribe_modal", "summarised_modal", "sample_message",
    "set_up_message", "with_card",
    "plain_message", "preview_message", "confirmation_modal", "home_view",
}  # fmt: skip
IN_CODE = {"admin_request_message", "offer_message"}


@pytest.mark.parametrize("name", sorted(ATTACKED.keys() - IN_CODE))
def test_nothing_formats(name: str) -> None:
    """A source's asterisks, underscores, tildes, backticks and `>` are shown as signs that format nothing."""
    for signs in ("*b* _i_ ~s~ `c` ```d```", "Files *.csv,*.xlsx", "`1 and `2", "_x", "~/halo~", "> quote\n> more"):
        without = re.sub(r"[*_~`>]", "=", signs)
        ours, all_signs = (formats_in(made_by(name, Hostile(text))) for text in (without, signs))
        if name in SENTENCES:
            ours, all_signs = (Counter({sign: found[sign] for sign in "*_~"}) for found in (ours, all_signs))
        assert all_signs == ours


def formats_in(made: list[dict[str, Any]]) -> Counter[str]:
    """The signs that format in what is shown, and the lines that are quotes."""
    shown = "\n".join(shown_texts(made))
    return Counter([*FORMATS.findall(shown), *re.findall(r"^[ \t]*&gt;", shown, re.MULTILINE)])


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("Files ∗.csv,∗.xlsx", "Files *.csv,*.xlsx"),
        ("set ˍbeforeˍ or ˍafterˍ", "set _before_ or _after_"),
        ("some_setting_name and 3 * 4", "some_setting_name and 3 * 4"),
        ("in ∼/halo∼", "in ~/halo~"),
        ("ˋ1 and ˋˋˋ", "`1 and ```"),
        ("› said", "> said"),
        ("a &gt; b", "a > b"),
        ("T&amp;M", "T&M"),
    ],
)
def test_look_alikes(shown: str, text: str) -> None:
    """Only a sign that could format is replaced, and by one that looks like it."""
    assert escape(text) == shown


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://e.example/?a=1&b=2", "https://e.example/?a=1&b=2"),
        (" http://e.example/ ", "http://e.example/"),
        ("https://e.example/><!channel>", "https://e.example/%3E%3C!channel%3E"),
        ("https://e.example/a|b", "https://e.example/a%7Cb"),
        ("https://e.example/a b", ""),
        ("https://e.example/\u0000", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://e.example/" + "x" * 3_000, ""),
        (None, ""),
    ],
)
def test_safe_url(url: str | None, kept: str) -> None:
    """Only an address of http or https, without signs that end a link, and not too long."""
    assert safe_url(url) == kept


def test_every_view_is_attacked() -> None:
    """Each public function that makes a message, modal, card or Work Object is in the table above."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in VIEWS.glob("*.py")]
    functions = [node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    made = {node.name for node in functions if node.returns and ast.unparse(node.returns) in RETURNED}
    assert {name for name in made if not name.startswith("_")} - set(ATTACKED) - MADE_OF_PARTS == set()
