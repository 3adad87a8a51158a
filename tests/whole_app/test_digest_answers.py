"""What is said right after the digest was spoken of: it answers what was asked, or is about the digest in words that
are a question anywhere else. Nothing is done by saying it, and the search stands beside it.
"""

from functools import partial

from tests.whole_app.acting import buttons
from tests.whole_app.place import Place
from tests.whole_app.test_digest_said_otherwise import BILLING, MONDAYS

PRESS = "press the button"
# Said right after `subscriptions` to a channel that gets billing on Mondays at 9: a piece of what is read.
ANSWERS = {
    "yes": PRESS, "go ahead": PRESS, "ok, do it": PRESS, "both": PRESS, "the second": PRESS, "the first one": PRESS,
    "2 weeks": "Pause it until Sunday 13 December?", "until friday": "Pause it until Friday 4 December?",
    "5 january": "Pause it until Tuesday 5 January?", "the 5th of january": "Pause it until Tuesday 5 January?",
    "at 10": f"{BILLING}, every Monday at 10:00", "half past 8": f"{BILLING}, every Monday at 08:30",
    "friday night at 8pm": f"{BILLING}, every Friday at 20:00", "mon-fri 8am": f"{BILLING}, Monday to Friday at 08:00",
    "every weekday at half past eight": f"{BILLING}, Monday to Friday at 08:30",
    "monthly on the last friday": f"{BILLING}, on the last Friday of every month",
    "5pm london": f"{BILLING}, every Monday at 17:00 (Europe/London)",
    "digest on working days": f"{BILLING}, Monday to Friday at 09:00",
    "utc+5:30": f"{BILLING}, every Monday at 09:00 (Asia/", "change time to UTC+5:30": "every Monday at 09:00 (Asia/",
    "make it daily and add jira": "every day at 09:00", "everything but portal": f"without Portal, {MONDAYS}",
    "remove portal": f"without Portal, {MONDAYS}", "how often does it come": "In this channel",
    "remove the billing one": "Nothing is removed yet", "pause the billing one": "Press Pause on the card",
    "move the billing one to tuesdays": f"{BILLING}, every Tuesday at 09:00",
    "when's the next one": "In this channel", "when does the next one come": "In this channel",
    "who gets it": "In this channel", "does it include warnings": "I am not sure what you ask of the digest",
    "what was in the last one": "No digest was posted", "why is it empty": "No digest was posted",
    "show me a preview": "A sample", "change it back": "No digest was removed",
    "stop for now": "Nothing is paused yet", "skip it over christmas": "Until when?",
    "no more billing": "Nothing particular is left", "can it come later in the day": "At what time",
    "not so early": "At what time", "that's too late": "At what time",
    "just fixes": "cannot be narrowed by that", "without bug fixes": "cannot be narrowed by that",
}  # fmt: skip
# Searched for all the same.
SEARCHED = (
    "remove a ticket from a project", "at first response", "the second approval", "the last invoice", "both approvers",
    "is it possible to merge tickets", "can it happen that a ticket vanishes",
    "remove invoices", "okta", "yesterday", "weekly timesheets", "everything but the kitchen sink", "portal",
)  # fmt: skip
DOES_IT = {"Change it", "Pause it", "Remove", "Set it up", "Add another", "Pause", "Resume"}


def test_what_answers_the_question(unchanged_billing: Place) -> None:
    """It is proposed, or says that a button does it."""
    for words, shown in ANSWERS.items():
        said, pressed = unchanged_billing.said_of_a_digest(words)
        assert shown in said, (words, said[:400])
        assert shown == PRESS or "Search" in pressed, words


def test_questions(unchanged_billing: Place) -> None:
    """They are searched for."""
    for words in SEARCHED:
        said, pressed = unchanged_billing.said_of_a_digest(words)
        assert not DOES_IT & pressed, words
        assert PRESS not in said, words


def test_where_nothing_was_spoken_of(unchanged_billing: Place) -> None:
    """ "Yes", "2 weeks" and "the portal one" are no answers then."""
    slack = unchanged_billing.slack
    slack.shown_after(partial(slack.command, "/halo", "jira default status"))
    for words in ("yes", "2 weeks", "5 january", "remove portal"):
        shown = slack.shown_after(partial(slack.command, "/halo", words))
        assert not DOES_IT & {label for one in shown for label in buttons(one)}, words


def test_what_no_digest_can(unchanged_billing: Place) -> None:
    """It is said how it is posted at once, and that it comes to channels only."""
    for words, shown in {
        "send it now": "Say `digest now`", "right now please": "Say `digest now`",
        "can I get it by mail": "nowhere else", "send it to me instead": "nowhere else",
    }.items():  # fmt: skip
        said, pressed = unchanged_billing.said_of_a_digest(words)
        assert shown in said, (words, said[:400])
        assert not DOES_IT & pressed, words


def test_what_this_channel_gets(place: Place) -> None:
    """It is told wherever it is asked, and whatever was spoken of, also that it is nothing."""
    for words in ("what do we get in this channel", "what does this channel get?", "what comes into this channel"):
        place.said("jira default status")
        said, pressed = place.said(words)
        assert "No channel has a digest." in said, words
        assert "Search" in pressed, words
    place.said("subscribe billing mondays 9am london")
    place.said("jira default status")
    assert "Billing & invoicing" in place.said("what do we get in this channel")[0].replace("&amp;", "&")
