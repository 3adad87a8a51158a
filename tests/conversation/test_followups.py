"""What a text means right after an answer."""

import pytest

from bot.conversation.followups import FollowUp, parse_follow_up
from bot.search.service import SearchService


def follow_up(service: SearchService, text: str, last_question: str) -> FollowUp | None:
    """What a text means after a question to the shipped catalogue."""
    with service.snapshot() as snapshot:
        return parse_follow_up(snapshot, text, last_question)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more", FollowUp("more")),
        ("show me more, please", FollowUp("more")),
        ("share it", FollowUp("share")),
        ("post this in the channel", FollowUp("share")),
        ("2", FollowUp("pick", 1)),
        ("the second one", FollowUp("pick", 1)),
        ("thanks, the 3rd result", FollowUp("pick", 2)),
        ("the last one", FollowUp("pick", -1)),
    ],
)
def test_more_share_and_pick(service: SearchService, text: str, expected: FollowUp) -> None:
    """Results are paged, shared and picked in the words people use, with politeness around them."""
    assert follow_up(service, text, "invoice") == expected


@pytest.mark.parametrize(
    ("last_question", "text", "question"),
    [
        ("invoice", "and for v2.214?", "invoice for v2.214"),
        ("invoice v2.206", "and in v2.214", "invoice in v2.214"),
        ("invoice version:2.206", "since 2.210", "invoice since 2.210"),
        ("invoice", "area:billing", "invoice area:billing"),
        ("invoice area:portal", "and area:billing", "invoice area:billing"),
        ("everything for jira", "only billing", 'everything for jira area:"Billing & invoicing"'),
        ("invoice v2.206", "what about quotes", "quotes version:2.206"),
        ("invoice", "what about quotes", "quotes"),
    ],
)
def test_changed_question(service: SearchService, last_question: str, text: str, question: str) -> None:
    """New filters replace those of the last question and keep its words; new words keep its versions."""
    assert follow_up(service, text, last_question) == FollowUp("ask", question=question)


@pytest.mark.parametrize("text", ["jira default status", "v2.214", "#1016865", "help", "and", "and #1016865", ""])
def test_questions_of_their_own(service: SearchService, text: str) -> None:
    """A text without a sign that it builds on the last answer is a question of its own."""
    assert follow_up(service, text, "invoice") is None
