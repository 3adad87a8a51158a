"""How people say that a digest is to change, wait or end, and what they want to be told of: what each comes to, word
for word. Nothing but a watch and a plain pause is done by saying it; what is not clear is asked about.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.app import Application
from bot.settings import Settings
from bot.storage.models import Subscription, Watch
from tests.whole_app.acting import SlackStandIn, buttons, text

BILLING, MONDAYS = "Billing &amp; invoicing", "every Monday at 09:00 (Europe/London)"

# Said to a channel that gets billing on Mondays at 9: what the button would make of it.
CHANGES = {
    "could you send the digest on fridays please": f"{BILLING}, every Friday at 09:00 (Europe/London)",
    "move the digest to 8am": f"{BILLING}, every Monday at 08:00 (Europe/London)",
    "reschedule our digest to tuesdays at 14:30": f"{BILLING}, every Tuesday at 14:30 (Europe/London)",
    "i'd like the digest every two weeks": f"{BILLING}, every two weeks on Monday at 09:00 (Europe/London)",
    "the digest should come monthly on the 15th": f"{BILLING}, on the 15th of every month at 09:00 (Europe/London)",
    "make it every weekday": f"{BILLING}, Monday to Friday at 09:00 (Europe/London)",
    "change it to wednesdays 7:30 new york": f"{BILLING}, every Wednesday at 07:30 (America/New York)",
    "can we have the digest as soon as a version arrives": f"{BILLING}, as soon as something arrives",
    "set the digest to the first tuesday of the month": (
        f"{BILLING}, on the first Tuesday of every month at 09:00 (Europe/London)"
    ),
    "digest on thursdays": f"{BILLING}, every Thursday at 09:00 (Europe/London)",
    "also put portal in the digest": f"{BILLING} or Portal, {MONDAYS}",
    "include chat and jira in our digest": f"{BILLING}, Chat or about “jira”, {MONDAYS}",
    "please leave chat out of the digest": f"{BILLING}, without Chat, {MONDAYS}",
    "drop jira from the digest": f"{BILLING}, without anything about “jira”, {MONDAYS}",
    "only highlights in the digest": f"highlights and cautions in {BILLING}, {MONDAYS}",
    "restrict the digest to portal": f"Portal, {MONDAYS}",
    "change the digest to everything": f"everything, {MONDAYS}",
    "change the digest to chat on fridays at 8am": "Chat, every Friday at 08:00 (Europe/London)",
    "make our digest fortnightly": f"{BILLING}, every two weeks on Monday at 09:00 (Europe/London)",
    "switch it to daily at noon": f"{BILLING}, every day at 12:00 (Europe/London)",
}
PAUSES = {
    "pause the digest for three weeks": "Sunday 20 December",
    "put the digest on hold for a month": "Tuesday 29 December",
    "stop the digest until january": "Friday 1 January",
    "no digest until christmas please": "Friday 25 December",
    "snooze the digest until 5 january": "Tuesday 5 January",
    "skip the next digest": "Tuesday 1 December",
    "hold it until the end of january": "Monday 1 February",
    "suspend the digest for a fortnight": "Sunday 13 December",
}
# The card, with Remove; nothing is removed.
ENDS = (
    "get rid of the digest", "we don't need the digest any more", "stop sending us the digest",
    "no more digests please", "turn the digest off", "kill the billing digest",
    "unsubscribe this channel from the digest",
    "can you stop posting digests here", "i no longer want the digest", "cancel our weekly digest",
)  # fmt: skip
# What is not clear, and a piece of what is asked.
ASKED = {
    "make the digest earlier": "At what time", "move the digest to 5": "in the morning or in the afternoon",
    "make it later": "At what time", "send the digest less often": "How often?",
    "make the digest more often": "How often?", "change the digest to every 3 weeks": "I can do daily, weekly",
    "set the digest to hourly": "I can do daily, weekly", "change the digest to daily on mondays": "Daily, or only",
    "change the digest to mondays at 8 and 9am": "At one time of day", "move the digest to IST": "which one?",
    "add purple elephants to the digest": "purple elephants", "change the digest": "Press Edit",
    "remove billing from the digest": "it would hold everything",
    "change the digest to mondays": "That is what it does already",
    "pause for a while": "Until when?", "pause the digest over christmas": "Until when?",
    "stop the digest until 5/1": "Until when?", "pause for 3 years": "over a year", "pause until 1 jan 2020": "is over",
    "mute the digest for a few weeks": "Until when?", "cancel subscription": "Did you mean “unsubscribe”?",
    "don't pause": "Did you mean “resume”?", "unwatch the weather": "You watch nothing",
}  # fmt: skip
WATCHES = {
    "watch quickbooks payments": ["quickbooks payments"],
    "notify me about jira default status": ["jira default status", "quickbooks payments"],
    "stop watching quickbooks payments": ["jira default status"],
    "remove my watch jira default status": [],
}
# Said where billing and portal come on Mondays and Thursdays at 9: what the button would make of it.
TWO_DAYS = "every Monday and Thursday at 09:00 (Europe/London)"
BOTH = f"{BILLING} or Portal"
OF_TWO = {
    "keep only portal in the digest": f"Portal, {TWO_DAYS}", "leave just portal in the digest": f"Portal, {TWO_DAYS}",
    "remove everything except portal from the digest": f"Portal, {TWO_DAYS}",
    "remove everything from the digest but portal": f"Portal, {TWO_DAYS}",
    "delete all but portal from the digest": f"Portal, {TWO_DAYS}",
    "show only sla in the digest": f"SLA, {TWO_DAYS}", "show sla only in the digest": f"SLA, {TWO_DAYS}",
    "keep portal out of the digest": f"{BILLING}, {TWO_DAYS}",
    "take out portal from the digest": f"{BILLING}, {TWO_DAYS}",
    "remove all filters from the digest": f"everything, {TWO_DAYS}",
    "clear the filter of the digest": f"everything, {TWO_DAYS}",
    "add fridays to the digest": f"{BOTH}, every Monday, Thursday and Friday at 09:00 (Europe/London)",
    "also on fridays": f"{BOTH}, every Monday, Thursday and Friday at 09:00 (Europe/London)",
    "make it tuesdays as well": f"{BOTH}, every Monday, Tuesday and Thursday at 09:00 (Europe/London)",
    "also send the digest on fridays": f"{BOTH}, every Monday, Thursday and Friday at 09:00 (Europe/London)",
    "move monday to tuesday": f"{BOTH}, every Tuesday and Thursday at 09:00 (Europe/London)",
    "change thursday to friday": f"{BOTH}, every Monday and Friday at 09:00 (Europe/London)",
    "move the digest from monday to friday": f"{BOTH}, every Thursday and Friday at 09:00 (Europe/London)",
    "move the thursday digest to friday": f"{BOTH}, every Monday and Friday at 09:00 (Europe/London)",
    "stop the digest on mondays": f"{BOTH}, every Thursday at 09:00 (Europe/London)",
    "don't send the digest on thursdays": f"{BOTH}, every Monday at 09:00 (Europe/London)",
    "change the digest to fridays and add sla": (
        f"{BILLING}, Portal or SLA, every Friday at 09:00 (Europe/London)"
    ),
    "add jira and remove portal": f"{BILLING} or about “jira”, {TWO_DAYS}",
    "add sla, drop portal": f"{BILLING} or SLA, {TWO_DAYS}",
    "without portal and with sla": f"{BILLING} or SLA, {TWO_DAYS}",
    "add sla, drop portal to the digest": f"{BILLING} or SLA, {TWO_DAYS}",
    "remove billing and portal from the digest and add sla": f"SLA, {TWO_DAYS}",
    "replace portal with sla in the digest": f"{BILLING} or SLA, {TWO_DAYS}",
    "swap billing and portal for chat in our digest": f"Chat, {TWO_DAYS}",
    "cahnge the digest to friday": f"{BOTH}, every Friday at 09:00 (Europe/London)",
}  # fmt: skip
# There is no button that does it, and a piece of what is said.
ASKED_OF_TWO = {
    "keep portal in the digest": "Say `only portal in the digest` or `add portal to the digest`",
    "leave sla in the digest": "Say `only sla in the digest`",
    "add fridays at 5pm to the digest": "all at one time of day", "also daily": "all at one time of day",
    "change friday to thursday": "That is not one of its days", "fridays instead of tuesdays": "not one of its days",
    "move the next digest to tuesday": "I cannot move a single one", "just this once on tuesday": "a single one",
    "send the next digest on tuesday": "a single one", "make it tuesday this week only": "a single one",
    "post the digest today at 5pm": "a single one", "post the digest twice": "How often?",
    "make the digest public": "A digest is a post in its channel", "send the digest by email": "post in its channel",
    "stop the digest after christmas": "on a later day", "stop the digest on friday": "on a later day",
    "stop the digest on mondays and thursdays": "When should it come instead?",
    "don't stop the digest": "Nothing is changed", "don't cancel our digest please": "Nothing is changed",
    "keep the digest": "Nothing is changed", "leave the digest as it is": "Nothing is changed",
    "stop the digest for good": "Nothing is removed yet", "cancle the digest": "Nothing is removed yet",
    "stop the digset": "Nothing is removed yet", "puase the digest": "Nothing is paused yet",
    "end it": "Nothing is removed yet", "pause the digest and add sla": "One thing at a time",
    "stop the digest, then remove portal": "One thing at a time",
    "add jira to the digest, then pause it": "One thing at a time",
}  # fmt: skip
# A question like any other.
SEARCHED = (
    "pause an sla until the customer answers", "send emails on fridays", "email digest for agents",
    "resume a paused project", "stop emails to customers", "cancel an invoice", "change the invoice date",
)  # fmt: skip


class Place:
    """A channel with one digest, and what is stored of it."""

    def __init__(self, slack: SlackStandIn, application: Application) -> None:
        self.slack, self.application = slack, application

    def said(self, words: str) -> dict[str, str | set[str]]:
        """What a person reads after saying this, and the buttons."""
        shown = self.slack.only_shown_after(partial(self.slack.command, "/halo", words))
        return {"text": text(shown), "buttons": set(buttons(shown))}

    def stored(self) -> list[Subscription]:
        """The digests."""
        return self.application.stores.subscriptions.of_team("T1")

    def watches(self) -> list[Watch]:
        """What the person watches."""
        return self.application.stores.watches.of_person("T1", "UALICE")


@pytest.fixture
def place(halo: SlackStandIn, settings: Settings) -> Iterator[Place]:
    """Billing on Mondays at 9 in C1; it is Sunday 29 November 2026."""
    halo.set_clock(datetime(2026, 11, 29, 7, tzinfo=UTC))
    application = Application(settings, halo.now)
    made = Place(halo, application)
    made.said("subscribe billing mondays 9am london")
    yield made
    application.catalog.close()


def test_changes(place: Place) -> None:
    """What it would become is said to the word, and nothing is done."""
    before = place.stored()
    for words, becomes in CHANGES.items():
        said = place.said(words)
        assert f"Change it to: *{becomes}*?" in said["text"], words
        assert "Change it" in said["buttons"]
    assert place.stored() == before


def test_pauses_and_ends(place: Place) -> None:
    """The day is said, or the card shown, and nothing is done."""
    before = place.stored()
    for words, day in PAUSES.items():
        said = place.said(words)
        assert f"Pause it until {day}?" in said["text"], words
        assert "Pause it" in said["buttons"]
    for words in ENDS:
        said = place.said(words)
        assert "Nothing is removed yet" in said["text"], words
        assert "Remove" in said["buttons"]
    assert place.stored() == before


def test_what_is_not_clear_is_asked(place: Place) -> None:
    """No button does it, and nothing is done."""
    before = place.stored()
    for words, question in ASKED.items():
        said = place.said(words)
        assert question in said["text"], words
        assert not {"Change it", "Pause it"} & set(said["buttons"]), words
    assert place.stored() == before
    assert len(ASKED) * 3 >= len(CHANGES) + len(PAUSES) + len(ENDS) + len(ASKED) + len(WATCHES) >= 60


@pytest.fixture
def two_days(halo: SlackStandIn, settings: Settings) -> Iterator[Place]:
    """Billing and portal on Mondays and Thursdays at 9 in C1."""
    halo.set_clock(datetime(2026, 11, 29, 7, tzinfo=UTC))
    application = Application(settings, halo.now)
    made = Place(halo, application)
    made.said("subscribe billing, portal mondays and thursdays 9am london")
    yield made
    application.catalog.close()


def test_days_and_areas_of_several(two_days: Place) -> None:
    """What is kept stays, what is added comes to the rest, what is replaced is only that; nothing is done."""
    before = two_days.stored()
    for words, becomes in OF_TWO.items():
        said = two_days.said(words)
        assert f"Change it to: *{becomes}*?" in said["text"], (words, said["text"])
    assert two_days.stored() == before


def test_days_of_a_daily_digest(halo: SlackStandIn) -> None:
    """Days can be taken from it; none can be added, nor put in the place of another one."""
    halo.only_shown_after(partial(halo.command, "/halo", "subscribe everything daily 9am london"))
    for words, shown in {
        "no digest on weekends": "Change it to: *everything, Monday to Friday at 09:00",
        "add fridays to the digest": "all at one time of day",
        "change friday to thursday": "all at one time of day",
    }.items():
        assert shown in text(halo.only_shown_after(partial(halo.command, "/halo", words))), words


def test_what_a_digest_cannot_do_is_said(two_days: Place) -> None:
    """No button does it, and nothing is done."""
    before = two_days.stored()
    for words, piece in ASKED_OF_TWO.items():
        two_days.said("subscriptions")
        said = two_days.said(words)
        assert piece in said["text"], (words, said["text"])
        assert not {"Change it", "Pause it"} & set(said["buttons"]), words
    assert two_days.stored() == before


def test_watches_and_questions(place: Place) -> None:
    """Watches are for the person alone, and done; questions are answered."""
    before = place.stored()
    for words, watched in WATCHES.items():
        place.said(words)
        assert sorted(one.question for one in place.watches()) == watched, words
    for words in SEARCHED:
        said = place.said(words)
        assert not {"Change it", "Pause it", "Remove"} & set(said["buttons"]), words
        assert (
            "digest" not in str(said["text"]).replace("digest for agents", "").lower() or "Details" in said["buttons"]
        )
    assert place.stored() == before


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("keep only portal in the digest", "*Portal, every Monday"),
        ("remove everything except portal from the digest", "*Portal, every Monday"),
        ("add sla, drop portal to the digest", "*SLA, without Portal, every Monday"),
        ("cahnge the digest to friday", "*everything, every Friday at"),
        ("change friday to thursday", "*everything, every Thursday at"),
        ("move the digest from mondays to fridays", "*everything, every Friday at"),
        ("move the next digest to tuesday", "This channel has no digest"),
        ("make the digest public", "This channel has no digest"),
        ("don't stop the digest", "This channel has no digest"),
        ("send the digest by email", "This channel has no digest"),
    ],
)
def test_the_same_where_there_is_no_digest(halo: SlackStandIn, words: str, shown: str) -> None:
    """What is said of one that is yet to be set up is proposed; of one that would have to be there, nothing."""
    said = halo.only_shown_after(partial(halo.command, "/halo", words))
    assert shown in text(said)
    assert ("Set it up" in buttons(said)) == shown.startswith("*")


@pytest.mark.parametrize("has_digest", [False, True])
@pytest.mark.parametrize(
    "said",
    [
        "change the digest email template",
        "edit the digest layout",
        "remove the digest template",
        "update digest recipients",
        "set digest frequency per agent",
        "add a logo to the digest",
        "move the digest settings to the portal",
        "make digest emails html",
        "cancel digest emails",
        "change digest sender address",
    ],
)
def test_digests_of_halopsa_s_own(halo: SlackStandIn, said: str, has_digest: bool) -> None:
    """What may as well be a question about digests in HaloPSA can be searched for by a button, and changes nothing."""
    if has_digest:
        halo.only_shown_after(partial(halo.command, "/halo", "subscribe billing mondays 9am"))
    before = text(halo.only_shown_after(partial(halo.command, "/halo", "subscriptions")))
    shown = halo.only_shown_after(partial(halo.command, "/halo", said))
    assert f"Or did you mean to search for “{said}”?" in text(shown)
    window = halo.only_shown_after(partial(halo.click, buttons(shown)["Search"]["action_id"], ts=shown.ts))
    assert window.kind == "view"
    assert said in text(window)
    after = text(halo.only_shown_after(partial(halo.command, "/halo", "subscriptions")))
    assert after.count("Billing") == before.count("Billing")
