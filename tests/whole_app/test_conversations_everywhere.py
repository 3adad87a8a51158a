"""Conversations, by every way in that has them: what follows an answer is understood from what was shown."""

import pytest

from tests.whole_app.ways_in import CONVERSATIONS, Row, WaysIn

JIRA = (
    Row("jira default status", first="1016865"),
    Row("which version?", "It came in v2.206.", first="1016865"),
    Row("when was that discussed", "at 6:08 of episode 13", first="1016865"),
    Row("link please", "https://www.risingtidegroup.net/", first="1016865"),
    Row("any warnings about it?", "warning", first="1016865"),
    Row("who does that help", first="1016865"),
    Row("tell me more", first="1016865"),
    Row("do we have it on 2.204", "Not in v2.204: it came in v2.206.", first="1016865"),
    Row("which version is needed for QuickBooks payments", "QuickBooks", "It came in v2.206."),
)
VERSION = (
    Row("v2.216", "v2.216: 11 changes", count=11),
    Row("only integrations", "3 changes", count=3),
    Row("how many is that", "3 changes.", count=3),
    Row("the one for unknown networks", first="1093288"),
    Row("tell me more", first="1093288"),
    Row("latest", "v2.216", count=11),
    Row("and before that?", "v2.214: 74 changes", count=74),
    Row("areas", "19 areas", count=0),
)
LISTS = (
    Row("everything for jira", "changes"),
    Row("no, I meant recurring invoices", "ecurring", "Jira"),
    Row("2.206 -> 2.208", "v2.206 to v2.208"),
    Row("only billing", "Billing", "Jira"),
    Row("thanks!", "You are welcome", count=0),
    Row("more", never="no answer here yet"),
)


@pytest.mark.parametrize("way", CONVERSATIONS)
@pytest.mark.parametrize("conversation", [JIRA, VERSION, LISTS], ids=["one change", "a version", "lists"])
def test_a_conversation(everywhere: WaysIn, way: str, conversation: tuple[Row, ...]) -> None:
    """Each text is understood from what was answered before; a question of its own stays one."""
    assert everywhere.faults_of(way, conversation) == []


@pytest.mark.parametrize("way", ["mention", "thread"])
def test_a_channel_is_told_once_what_is_heard(everywhere: WaysIn, way: str) -> None:
    """The first answer in a channel's thread says that only mentions are heard, no other answer does."""
    hint = "I read only what mentions me"
    said = ["jira default status", "which version", "more", "quickbooks"]
    assert [hint in answer.text for answer in everywhere.answers(way, said)] == [True, False, False, False]


@pytest.mark.parametrize("way", ["command", "direct message", "direct message's thread", "chat"])
def test_nobody_else_is_told(everywhere: WaysIn, way: str) -> None:
    """Where everything is heard, or only commands are, there is nothing to say."""
    for answer in everywhere.answers(way, ["jira default status", "which version"]):
        assert "mentions me" not in answer.text
