"""How people speak of a digest without its verbs, and often without its name: what each comes to where there is one,
and that the same is searched for where there is none, as is what only sounds like it.
"""

from functools import partial

from tests.whole_app.acting import buttons, text
from tests.whole_app.place import Place

MONDAYS = "every Monday at 09:00 (Europe/London)"

# Said where billing comes on Mondays at 9: a piece of what is read, and a button that goes on from there.
ENDS = (
    "unsubscribe us", "unsubscribe me", "unsubscribe this channel please", "unsubscribe from everything",
    "stop the weekly update", "stop the weekly updates here", "no more updates please", "turn off the weekly summary",
    "we don't want these updates any more", "stop posting here", "stop spamming us", "take us off the list",
    "leave us alone", "opt us out", "cancel the monday round-up", "remove everything from the digest",
    "take everything out of the digest", "we no longer need the halo news", "stop", "cancel it", "enough",
)  # fmt: skip
WAITS = {
    "pause the updates": "Press Pause on the card", "take a break": "Press Pause on the card",
    "mute the updates for two weeks": "Pause it until Sunday 13 December?",
    "no updates until january": "Pause it until Friday 1 January?",
    "stop the updates until christmas": "Pause it until Friday 25 December?",
    "we are away until 5 january": "Pause it until Tuesday 5 January?",
    "the office is closed until 4 january": "Pause it until Monday 4 January?",
    "quiet for two weeks please": "Pause it until Sunday 13 December?",
    "snooze for a month": "Pause it until Tuesday 29 December?",
    "skip the next two": "Pause it until Tuesday 8 December? The next one comes on Monday 14 December",
    "skip 2 digests": "Pause it until Tuesday 8 December? The next one comes on Monday 14 December",
    "skip the next three digests": "Pause it until Tuesday 15 December?",
    "skip the next one": "Pause it until Tuesday 1 December?",
    "nothing this week": "None comes before that day anyway: the next one is on Monday 30 November",
}  # fmt: skip
GOES_ON = ("resume the weekly update", "start posting again", "we're back", "unmute", "turn the updates back on")
BECOMES = {
    "send it on friday instead": "every Friday at 09:00", "switch to fridays": "every Friday at 09:00",
    "fridays instead of mondays": "every Friday at 09:00", "every other week please": "every two weeks on Monday",
    "once a month": "on the 1st of every month", "post at noon": "every Monday at 12:00",
    "change the time to 8am": "every Monday at 08:00", "change the time zone to new york": "(America/New York)",
    "change digest time to 17:30": "every Monday at 17:30",
    "change the digest's time to 17:30": "every Monday at 17:30",
    "change the time of the digest to 17:30": "every Monday at 17:30",
    "set the hour of our digest to 7am": "every Monday at 07:00",
    "change digest frequency to daily": "every day at 09:00", "change the digest day to thursday": "every Thursday",
    "move the digest from mondays to fridays": "every Friday at 09:00",
    "change the digest from 9am to 10am": "every Monday at 10:00",
    "can it come on fridays": "every Friday at 09:00", "only the important ones": "highlights and cautions",
    "we only care about portal": "*Portal, every Monday", "we also want portal": "invoicing or Portal, every Monday",
    "stop posting about jira": "without anything about “jira”", "nothing about portal": "without Portal",
    "remove jira from the billing digest": "without anything about “jira”",
    "make the billing digest daily": "every day at 09:00", "add everything": "*everything, every Monday",
    "add everything to the digest": "*everything, every Monday",
}  # fmt: skip
ASKED = {
    "early on mondays": "At what time", "can it come earlier": "At what time", "another time please": "At what time",
    "change the time": "At what time", "change the digest's time": "At what time", "change the day": "On which day",
    "change the time zone": "Which city's time", "less often": "How often?", "too often": "How often?",
    "twice a week": "I cannot do “twice a week”", "change digest frequency": "How often?",
    "make the digest shorter": "What should it leave out?", "that's too much": "What should it leave out?",
    "too long": "What should it leave out?", "make the digest less noisy": "What should it leave out?",
    "make the digest more detailed": "What should it hold besides?",
    "make the digest not on mondays": "When should it come instead?",
    "change digest time to portal": "At what time",
    "weekly instead": "That is what it does already",
    "add #1016865 to the digest": "You can watch it", "add 1016865": "You can watch it",
    "remove #1016865 from the digest": "You can watch it",
}  # fmt: skip
TOLD = {
    "when is the next digest": "comes on Monday 30 November", "what time does the digest come": "at 09:00",
    "who set up the digest": "Set up by <@UALICE>", "what is in the digest": "*Billing",
    "is the digest paused": "*Billing",
    "do we have a digest": "*Billing", "list digests": "*Billing", "why is there no digest": "*Billing",
    "how often does the digest come": "every Monday", "what are we subscribed to": "*Billing",
    "when is the next one": "comes on Monday 30 November", "what is a digest": "A digest posts what is new",
    "how do digests work": "A digest posts what is new", "show me the next digest": "A sample",
    "what would the digest say": "A sample", "send the digest now": "Nothing is new since",
    "i want a digest": "Change it, or add another?", "can we have a digest": "Change it, or add another?",
    "subscribe us": "Change it, or add another?", "set up another digest": "Change it, or add another?",
    "i want a portal digest on fridays": "*Portal, every Friday",
    "send us updates every friday": "*everything, every Friday",
    "can i get a weekly summary fridays at 8": "*everything, every Friday at 08:00",
    "could you post what's new here every tuesday": "*everything, every Tuesday",
    "undo": "No digest was removed from <#C1>", "bring the digest back": "No digest was removed from <#C1>",
}  # fmt: skip
# Questions about HaloPSA, though a digest is here and was spoken of.
QUESTIONS = (
    "stop the weekly report email", "pause SLA timers", "how do I unsubscribe a user from ticket updates",
    "stop weekly updates to customers", "unsubscribe a contact from emails", "cancel the weekly appointment",
    "stop emails to end users", "pause the sla on hold", "mute notifications for agents", "turn off notifications",
    "stop sending notifications to customers", "no more emails for closed tickets",
    "when is the digest email sent to agents", "who receives the digest email", "create a digest email for agents",
    "schedule a weekly report", "send reports on mondays", "change the date of an invoice",
    "change the time zone of an agent", "set the frequency of recurring invoices", "change the schedule of a report",
    "start posting invoices to xero", "resume a paused subscription", "cancel a subscription", "subscription billing",
    "notify me when a ticket is updated", "alert me when an invoice is overdue", "tell me when someone is available",
    "keep agents informed about tickets", "follow a ticket", "undo a merge", "undo ticket merge",
    "restore a deleted ticket", "weekly timesheets", "every other friday appointments", "late fees",
    "early payment discount", "too many emails", "too many tickets", "less clicks", "only agents see private notes",
    "only billing contacts get invoices", "add a field to a ticket form", "drop shipping", "hold a ticket",
    "wait for approval", "pause a project until january", "we are closed on holidays", "out of office", "on holiday",
    "what updates do customers get", "when are updates sent to customers", "it is too slow",
    "move the ticket to another team", "post the invoice in xero", "move it to the portal", "make it mandatory",
    "stop a recurring ticket", "skip approval for managers", "quiet hours for agents", "how can we pause it",
    "how often are recurring invoices created", "change the hour of an appointment", "when does a contract renew",
    "remove us as a supplier", "take a ticket off hold", "send updates to the customer every friday",
)  # fmt: skip


def test_ends_and_pauses(billing: Place) -> None:
    """The card to press, or until when it would wait; nothing is done."""
    before = billing.stored()
    for words in ENDS:
        said, pressed = billing.said_of_a_digest(words)
        assert "Nothing is removed yet" in said, words
        assert "Remove" in pressed
    for words, shown in WAITS.items():
        said, pressed = billing.said_of_a_digest(words)
        assert shown in said, words
        assert {"Pause it", "Pause"} & pressed, words
    for words in GOES_ON:
        assert "There is nothing to resume" in billing.said_of_a_digest(words)[0], words
    assert billing.stored() == before


def test_changes(billing: Place) -> None:
    """What it would become, or what has to be asked; nothing is done."""
    before = billing.stored()
    for words, becomes in BECOMES.items():
        said, pressed = billing.said_of_a_digest(words)
        assert becomes in said.partition("Change it to: ")[2], words
        assert "Change it" in pressed
    for words, question in ASKED.items():
        said, pressed = billing.said_of_a_digest(words)
        assert question in said, words
        assert "Change it" not in pressed, words
    assert billing.stored() == before


def test_what_is_asked_about_a_digest(billing: Place) -> None:
    """Its card, its next post, what it is, or what there is already; nothing is done."""
    before = billing.stored()
    for words, told in TOLD.items():
        assert told in billing.said_of_a_digest(words)[0], words
    assert billing.stored() == before


def test_questions_about_halopsa(billing: Place) -> None:
    """They are searched for, though the digest was just spoken of."""
    before = billing.stored()
    for words in QUESTIONS:
        said, pressed = billing.said_of_a_digest(words)
        assert not {"Change it", "Pause it", "Remove", "Set it up", "Stop this watch"} & pressed, words
        assert "digest of" not in said, words
    assert billing.stored() == before


def test_where_there_is_no_digest(place: Place) -> None:
    """What does not name a digest is a question; what does says that there is none, or opens what sets one up."""
    for words in (*ENDS, *WAITS, *GOES_ON, *BECOMES, *ASKED):
        said, pressed = place.said(words)
        assert not {"Change it", "Pause it", "Remove"} & pressed, words
        if "digest" not in words and not words.startswith(("unsubscribe", "snooze")):
            assert "Set it up" in pressed or "has no digest" not in said, words
    assert "has no digest" in place.said("unsubscribe us")[0]
    assert "has no digest" in place.said("stop the digest")[0]
    assert "In words" in place.said("i want a digest")[0]
    said, pressed = place.said("i want a billing digest on fridays")
    assert "Set this one up?" in said
    assert {"Set it up", "Search"} <= pressed
    assert place.stored() == ([], [])


# What is said of watches, and the questions that are watched afterwards.
WATCHED = {
    "keep me posted about jira": ["jira"], "keep an eye on sso": ["jira", "sso"],
    "let me know about news on xero": ["jira", "sso", "xero"],
    "tell me when #1016865 is corrected": ["#1016865", "jira", "sso", "xero"],
    "what am i watching": ["#1016865", "jira", "sso", "xero"], "show my watches": ["#1016865", "jira", "sso", "xero"],
    "stop telling me about xero": ["#1016865", "jira", "sso"],
    "i no longer want to hear about sso": ["#1016865", "jira"],
    "stop telling me about teams": ["#1016865", "jira"], "unwatch everything": ["#1016865", "jira"],
    "stop watching everything": ["#1016865", "jira"], "stop messaging me": ["#1016865", "jira"],
    "notify me when a ticket is updated": ["#1016865", "jira"], "stop watching #1016865": ["jira"],
}  # fmt: skip


def test_watches(place: Place) -> None:
    """One is set up or ended as it was said; of all of them it asks first, and ends those that were shown."""
    for words, watched in WATCHED.items():
        place.said(words)
        watches = place.application.stores.watches.of_person("T1", "UALICE")
        assert sorted(one.question for one in watches) == watched, words
    place.said("watch sso")
    older, asked = (
        place.slack.only_shown_after(partial(place.slack.command, "/halo", "unwatch everything")) for _ in range(2)
    )
    assert buttons(asked)["Stop all"]["confirm"]["text"]["text"] == "You no longer watch 2 questions."
    place.said("watch later")
    done = place.slack.only_shown_after(partial(place.slack.click, "watch_stop_all", ts=asked.ts))
    assert "You no longer watch 2 questions." in text(done)
    assert "later" in text(done)
    assert len(place.application.stores.watches.of_person("T1", "UALICE")) == 1
    again = text(place.slack.only_shown_after(partial(place.slack.click, "watch_stop_all", ts=older.ts)))
    assert "They are stopped already." in again
    assert "somebody else" not in again


def test_a_watch_on_a_number_says_when_it_tells(place: Place) -> None:
    """By whichever words: when that change is corrected or changed, with its title."""
    for words in ("tell me when #1016865 is corrected", "watch #1016865", "watch 1016865"):
        said, _ = place.said(words)
        assert "1016865 is corrected or changed: Jira" in said, words
    asked = place.slack.only_shown_after(partial(place.slack.command, "/halo", "add #1016864 to the digest"))
    assert "has no digest" in text(asked) or "Watch #1016864" in buttons(asked)
