"""Verbs, by every way in: what needs no Slack works everywhere; a misspelt verb never does another one's opposite."""

import pytest

from tests.whole_app.ways_in import IN_SLACK, WAYS, WITH_TEXT, Row, WaysIn

ROWS = (
    Row("latest", "v2.216: 11 changes", count=11),
    Row("newest :eyes:", "v2.216: 11 changes", count=11),
    Row("version v2.214", "v2.214: 74 changes", count=74),
    Row("compare 2.206 2.208", "v2.206 to v2.208"),
    Row("areas", ("19 areas", "Billing & invoicing"), count=0),
    Row("help", ("jira default status",), count=0),
    Row("help digests", ("subscribe billing", "add jira to the digest"), count=0),
    Row("help watch", "a direct message when something new answers these words", count=0),
    Row("status", "I know 282 changes in HaloPSA, from v2.204 to v2.216, 5 answers", count=0),
    Row("more", "no answer here yet", count=0),
    Row("the second one", "no answer here yet", count=0),
    Row("lattest", ("“lattest” understood as “latest”", "v2.216: 11 changes"), count=11),
    Row("aeras", ("understood as “areas”", "19 areas"), count=0),
    Row(
        "statsu", ("understood as “status”", "I know 282 changes in HaloPSA, from v2.204 to v2.216, 5 answers"), count=0
    ),
)
# What would change something, misspelt or the other way round: nothing is done, and it is said what may be meant.
ASKED_ABOUT = (
    Row("wacth quickbooks", "Did you mean “watch”?", ("I will send", "Nothing on that"), count=0),
    Row("unwacth quickbooks", "Did you mean “unwatch”?", ("I will send", "Nothing on that"), count=0),
    Row("subscirbe billing mondays 9am", "Did you mean “subscribe”?", "The next one comes", count=0),
    Row("unsubscirbe", "Did you mean “unsubscribe”?", "Nobody gets that digest", count=0),
    Row("puase", "Did you mean “pause”?", "Paused", count=0),
    Row("reusme", "Did you mean “resume”?", "It goes on", count=0),
    Row("don't pause", "Did you mean “resume”?", "Paused", count=0),
    Row("digest nwo", "Did you mean “digest now”?", "Posted", count=0),
)
UNDOING = ("unwatch quickbooks", "un-watch quickbooks", "stop watching quickbooks", "don't watch quickbooks",
           "no longer watch quickbooks", "please stop watching quickbooks", "cancel my watch quickbooks")  # fmt: skip
# What only looks like a verb is a question.
QUESTIONS = (
    Row("pause sla when waiting for the customer", "SLA", "Did you mean"),
    Row("upgrade tickets to projects", never="Upgrade v2"),
    Row("import contacts from azure", never="Reading"),
    Row("unsubscribed users still get emails", never=("Did you mean", "digest")),
    Row("watched tickets on the portal", never=("Did you mean", "I will send")),
)


@pytest.mark.parametrize("way", WAYS)
def test_verbs(everywhere: WaysIn, way: str) -> None:
    """What needs no Slack is answered the same everywhere, misspelt too."""
    assert everywhere.wrong(way, ROWS) == []


@pytest.mark.parametrize("way", WITH_TEXT)
def test_what_would_change_something_is_asked_about(everywhere: WaysIn, way: str) -> None:
    """A misspelt verb that changes something is not run."""
    assert everywhere.wrong(way, ASKED_ABOUT) == []


@pytest.mark.parametrize("way", WAYS)
def test_what_only_looks_like_a_verb(everywhere: WaysIn, way: str) -> None:
    """A question that begins with a verb's word is a question."""
    assert everywhere.wrong(way, QUESTIONS) == []


@pytest.mark.parametrize("way", IN_SLACK)
def test_undoing_never_sets_up(everywhere: WaysIn, way: str) -> None:
    """However somebody ends a watch, none is set up; and one that there is ends."""
    for said in UNDOING:
        ended, listed = everywhere.answers(way, [said, "watches"])
        assert "I will send" not in ended.text, said
        assert "You watch nothing" in listed.text, said
        set_up, ended, listed = everywhere.answers(way, ["watch quickbooks", said, "watches"])
        assert "I will send" in set_up.text
        assert "You no longer watch “quickbooks”" in ended.text, said
        assert "You watch nothing" in listed.text, said


@pytest.mark.parametrize("way", ["ask", "chat"])
def test_what_needs_slack_says_so_in_the_terminal(everywhere: WaysIn, way: str) -> None:
    """There is nobody to tell or to post to, and that is said, with what to do."""
    for said in ("watch quickbooks", *UNDOING, "subscribe billing mondays 9am", "pause", "digest preview"):
        assert "Slack" in everywhere.answers(way, [said])[0].text, said
