"""Words that may be about a digest, or as well a question about HaloPSA: never done by typing; where there is no digest
they are searched for, and where there is one the search stands beside what is proposed. And what is asked about a
digest, or said to what waits: it is answered where there is one.
"""

from functools import partial

import pytest

from tests.whole_app.acting import SlackStandIn, buttons, text
from tests.whole_app.place import Place

OFFER = "Or did you mean to search for"
DOES_IT = {"Change it", "Pause it", "Remove", "Set it up", "Add another", "Pause", "Resume"}

# After `subscribe`: what is done in HaloPSA, or no area and no time at which it would come.
ACTIONS = (
    "subscribe a user to a ticket", "subscribe customers to status page", "subscribe to calendar",
    "subscribe agents to updates", "subscribe contacts to campaign", "subscribe to a webhook",
    "subscribe end users to service notices", "subscribe the manager to all tickets", "subscribe to rss feed",
    "subscribe user to knowledge base article", "subscribe a client monthly", "subscribe our customers to the portal",
    "subscribe to a ticket", "subscribe to the ticket", "subscribe a project", "subscribe to an invoice",
    "subscribe a contact to billing weekly", "subscribe quickbooks payments", "Subscribe Users To A Service",
)  # fmt: skip
# Set up at once where a channel has no digest.
DONE = (
    "subscribe billing", "subscribe jira daily", 'subscribe "user to ticket"', "subscribe us to portal mondays",
    "subscribe billing monday to friday 9am", "subscribe to the portal area", "subscribe highlights",
    "subscribe tickets", "subscribe to the sla area",
)  # fmt: skip
# Searched for, or with the search beside what is proposed.
UNCLEAR = (
    "send it daily to the client", "make it weekly on the invoice", "post it every morning to the team channel",
    "set it to monthly for the customer", "send it at 9am to the accountant", "change it to monthly billing",
    "move it to fridays for the engineers",
)  # fmt: skip
# Never about a digest, though there is one.
SEARCHED = (
    "unsubscribe a contact", "unsubscribe users from ticket updates", "stop weekly updates to customers",
    "resume a paused workflow", "pause sla on hold status", "resume on hold tickets", "resume timer", "rename a ticket",
    "rename the ticket type", "list tickets", "when did we last get a ticket", "pause the workflow until monday",
    "who set up the workflow", "when was the last invoice sent", "resume sla after customer reply",
)  # fmt: skip
# What is read where billing comes on Mondays at 9.
ANSWERED = {
    "resume please": "There is nothing to resume", "can you resume": "There is nothing to resume",
    "resume on monday": "There is nothing to resume", "resume the digest in january": "There is nothing to resume",
    "please pause": "Nothing is paused yet. Press Pause", "could you pause please": "Nothing is paused yet",
    "unsubscribe please": "Nothing is removed yet", "subscriptions please": "In this channel",
    "rename the digest": "has no name of its own", "call the digest weekly news": "has no name of its own",
    "give our digest a better name": "has no name of its own", "change the digest's title": "has no name of its own",
    "change the name of the digest to news": "has no name of its own",
    "who set up the digest here": "Set up by <@UALICE>", "who gets the digest": "In this channel",
    "how many digests do we have": "In this channel", "which digests are paused": "In this channel",
    "when does the digest resume": "In this channel", "where does the digest go": "In this channel",
    "do we get a digest": "In this channel", "when is the next one": "The next one comes on Monday 30 November",
    "list digests": "In this channel", "when did we last get one": "No digest was posted in <#C1> yet",
    "when was the last digest": "No digest was posted in <#C1> yet",
    "when did we last get a digest": "No digest was posted in <#C1> yet",
    "when did the digest last come": "No digest was posted in <#C1> yet",
}  # fmt: skip
OF_WATCHES = {
    "pause my watches": "A watch cannot be paused", "mute all my watches until monday": "A watch cannot be paused",
    "resume my watches": "A watch cannot be paused", "list watches": "You watch nothing",
    "my watches": "You watch nothing", "show the watches please": "You watch nothing",
}  # fmt: skip
UNTIL = {
    "resume on monday": "Monday 30 November", "resume the digest on friday": "Friday 4 December",
    "resume in january": "Friday 1 January", "resume it in two weeks": "Sunday 13 December",
    "unpause the digest next week": "Monday 30 November", "start it again on 5 january": "Tuesday 5 January",
}  # fmt: skip


def test_what_is_done_in_halopsa_sets_no_digest_up(place: Place) -> None:
    """It is proposed at most, with the search; nothing is stored."""
    for words in ACTIONS:
        said, pressed = place.said(words)
        assert OFFER in said, words
        assert "Search" in pressed, words
        assert "gets a digest from now on" not in said, words
    assert place.stored() == ([], [])


@pytest.mark.parametrize("words", DONE)
def test_what_names_a_digest_is_set_up_at_once(place: Place, words: str) -> None:
    """The first digest of a channel, by areas, by words with a time or in quotes."""
    said, _ = place.said(words)
    assert "gets a digest from now on" in said
    assert OFFER not in said


@pytest.mark.parametrize("words", ["subscribe to a project", "subscribe to the ticket"])
def test_one_of_its_kind_in_a_direct_message(halo: SlackStandIn, words: str) -> None:
    """It is proposed at most, with the search; nothing is set up."""
    shown = halo.only_shown_after(partial(halo.dm, words, user="UALICE"))
    assert "Search" in buttons(shown)
    assert "gets a digest from now on" not in text(shown)
    assert "o channel has a digest" in text(halo.only_shown_after(partial(halo.command, "/halo", "subscriptions")))


def test_in_another_channel(place: Place) -> None:
    """What may be a question is proposed for the channel that is named, and set up there by its button."""
    shown = place.slack.only_shown_after(
        partial(place.slack.command, "/halo", "subscribe #halo-admins a user to a ticket")
    )
    assert "<#C2> has no digest. Set this one up?" in text(shown)
    place.slack.only_shown_after(partial(place.slack.click, buttons(shown)["Set it up"]["action_id"], ts=shown.ts))
    assert [row.channel for row in place.application.stores.subscriptions.of_team("T1")] == ["C2"]


def test_where_there_is_a_digest(billing: Place) -> None:
    """The search stands beside it; what is never about a digest is only searched for."""
    before = billing.stored()
    for words in (*ACTIONS, *UNCLEAR):
        said, pressed = billing.said(words)
        assert OFFER in said, words
        assert "Search" in pressed, words
    for words in SEARCHED:
        said, pressed = billing.said(words)
        assert not DOES_IT & pressed, words
    assert billing.stored() == before


def test_where_there_is_no_digest(place: Place) -> None:
    """They are searched for, and so is what would be said to a digest without its name."""
    for words in (*UNCLEAR, *SEARCHED, "make it later", "when did we last get one", "resume on monday"):
        said, pressed = place.said(words)
        assert not DOES_IT & pressed, words
        assert "digest of" not in said, words
    for words in ("rename the digest", "when was the last digest", "resume the digest on monday"):
        assert "digest" in place.said(words)[0], words
        assert not DOES_IT & place.said(words)[1], words
    assert place.stored() == ([], [])


def test_what_is_asked_about_a_digest(billing: Place) -> None:
    """Its card, or what it cannot do; nothing is done."""
    before = billing.stored()
    for words, shown in (ANSWERED | OF_WATCHES).items():
        assert shown in billing.said(words)[0], words
    assert billing.stored() == before


def test_when_the_last_one_was_posted(place: Place) -> None:
    """On the clock of the digest."""
    place.said("subscribe everything from v2.216 mondays 9am london")
    place.said("digest now")
    for words in ("when was the last digest", "when did we last get one"):
        assert "The last digest in <#C1> was posted on Sunday 29 November at 07:0" in place.said(words)[0], words


def test_in_a_direct_message(halo: SlackStandIn) -> None:
    """Of the digests that one has set up, by the same words; the one that was posted last is that of their channel."""
    halo.only_shown_after(partial(halo.command, "/halo", "subscribe everything from v2.216 mondays 9am london"))
    halo.shown_after(partial(halo.command, "/halo", "digest now"))
    said = {
        "when was the last digest": "The last digest in <#C1> was posted on",
        "nobody reads the digest": "I am not sure what you ask of the digest",
        "resume please": "There is nothing to resume",
        "rename the digest": "has no name of its own", "is portal in the digest": "<#C1>",
    }  # fmt: skip
    for words, shown in said.items():
        assert shown in text(halo.only_shown_after(partial(halo.dm, words, user="UALICE"))), words
    asked = halo.only_shown_after(partial(halo.dm, "make it weekly on the invoice", user="UALICE"))
    assert OFFER in text(asked)


def test_going_on_at_a_later_day(billing: Place) -> None:
    """What is paused waits until then, when its button is pressed."""
    billing.slack.only_shown_after(partial(billing.slack.click, "digest_pause:1", channel="C1"))
    before = billing.stored()
    for words, day in UNTIL.items():
        said, pressed = billing.said(words)
        assert f"It is paused already. Pause it until {day} instead?" in said, words
        assert "Pause it" in pressed
    assert "Until when?" in billing.said("resume after christmas")[0]
    assert billing.stored() == before


def test_a_name_that_no_digest_has(billing: Place) -> None:
    """What stands before "digest" names one, or the words are searched for, with one line on how to get the digests."""
    for words in ("copilot digest list", "recap digest", "daily digest"):
        said, pressed = billing.said(words)
        assert "No digest here is about that, so I searched for it. `subscriptions` lists the digests" in said, words
        assert "Edit" not in pressed, words
    for words in ("billing digest", "weekly digest", "digest list"):
        said, pressed = billing.said(words)
        assert "I am not sure what you ask of the digest" in said, words
        assert {"Edit", "Search"} <= pressed, words
