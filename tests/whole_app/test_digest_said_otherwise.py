"""More of what people say of a digest, by its name and without: what each comes to where there is one, that any other
words on it are asked about, and that HaloPSA's own digests, schedules and pauses are still searched for.
"""

from functools import partial

from tests.whole_app.acting import buttons
from tests.whole_app.place import Place

BILLING, MONDAYS = "Billing &amp; invoicing", "every Monday at 09:00 (Europe/London)"
NOT_SURE = "I am not sure what you ask of the digest"
DOES_IT = {"Change it", "Pause it", "Remove", "Set it up", "Add another", "Pause", "Resume"}

# Said to a channel that gets billing on Mondays at 9: what the button would make of it.
CHANGES = {
    "can the digest be on fridays": f"{BILLING}, every Friday at 09:00 (Europe/London)",
    "could the digest come at 8am": f"{BILLING}, every Monday at 08:00 (Europe/London)",
    "push the digest to 10am": f"{BILLING}, every Monday at 10:00 (Europe/London)",
    "bring the digest forward to tuesday": f"{BILLING}, every Tuesday at 09:00 (Europe/London)",
    "turn the digest into a daily one": f"{BILLING}, every day at 09:00 (Europe/London)",
    "make it a daily digest": f"{BILLING}, every day at 09:00 (Europe/London)",
    "digest: fridays 9am": f"{BILLING}, every Friday at 09:00 (Europe/London)",
    "let's do thursdays instead": f"{BILLING}, every Thursday at 09:00 (Europe/London)",
    "i'd prefer fridays": f"{BILLING}, every Friday at 09:00 (Europe/London)",
    "friday would be better": f"{BILLING}, every Friday at 09:00 (Europe/London)",
    "can we get it in the afternoon": f"{BILLING}, every Monday at 14:00 (Europe/London)",
    "make it every weekday": f"{BILLING}, Monday to Friday at 09:00 (Europe/London)",
    "change frequency to daily": f"{BILLING}, every day at 09:00 (Europe/London)",
    "change the time zone to new york": f"{BILLING}, every Monday at 09:00 (America/New York)",
    "set the day to thursday": f"{BILLING}, every Thursday at 09:00 (Europe/London)",
    "I think the digest should come on tuesdays": f"{BILLING}, every Tuesday at 09:00 (Europe/London)",
    "maybe move the digest to 8am?": f"{BILLING}, every Monday at 08:00 (Europe/London)",
    "set time to 7:30": f"{BILLING}, every Monday at 07:30 (Europe/London)",
    "use utc": f"{BILLING}, every Monday at 09:00 (UTC)",
    "please also cover integrations": f"{BILLING} or Integrations, {MONDAYS}",
    "cover sla too": f"{BILLING} or SLA, {MONDAYS}",
    "stop including portal": f"{BILLING}, without Portal, {MONDAYS}",
    "don't include chat in the digest": f"{BILLING}, without Chat, {MONDAYS}",
    "the digest should not contain chat": f"{BILLING}, without Chat, {MONDAYS}",
    "narrow it to portal": f"Portal, {MONDAYS}",
    "everything except portal in the digest": f"{BILLING}, without Portal, {MONDAYS}",
    "start the digest from v2.214": f"{BILLING}, {MONDAYS}, beginning with what is known from v2.214 on",
    "post even when nothing is new": f"{BILLING}, {MONDAYS}, with a line when nothing is new",
    "tell us when there is nothing new": f"{BILLING}, {MONDAYS}, with a line when nothing is new",
}  # fmt: skip
# No button does it, and a piece of what is asked.
ASKED = {
    "remove version 2.214 from the digest": "areas and words, not versions",
    "the digest without 2.214": "areas and words, not versions",
    "exclude v2.214": "areas and words, not versions", "without v2.214": "areas and words, not versions",
    "add another": "What should it hold besides?", "add something else": "What should it hold besides?",
    "change it": "What should change?", "edit it": "What should change?",
    "add v2.216": "`only v2.216` limits it", "add v2.216 to the digest": "`only v2.216` limits it",
    "subscribe everything except v2.214": "areas and words, not versions",
    "the digest is too long": "What should it leave out?", "can the digest be shorter": "What should it leave out?",
    "the digest comes too often": "How often?", "delay the digest by a day": "I cannot move a single one",
    "postpone the digest": "I cannot move a single one", "post the digest in the thread": "for everybody there",
}  # fmt: skip
WAITS = {
    "hold off on the digest": "Press Pause on the card", "freeze the digest": "Press Pause on the card",
    "put it on pause": "Press Pause on the card", "put the digest on ice": "Press Pause on the card",
    "give us a break": "Press Pause on the card", "mute this": "Press Pause on the card",
    "pause it till further notice": "Press Pause on the card", "pause for the summer": "Until when?",
    "give us a break until january": "Pause it until Friday 1 January?",
    "stop it for a fortnight": "Pause it until Sunday 13 December?",
    "stop posting for two weeks": "Pause it until Sunday 13 December?",
    "don't post until january": "Pause it until Friday 1 January?",
    "no posts until 5 january": "Pause it until Tuesday 5 January?",
    "out of office until 5 january": "Pause it until Tuesday 5 January?",
    "postpone the digest until friday": "Pause it until Friday 4 December?",
    "skip tomorrow's digest": "Pause it until Tuesday 1 December?",
    "can the digest be paused for two weeks": "Pause it until Sunday 13 December?",
    "is it possible to pause the digest until january": "Pause it until Friday 1 January?",
    "i think we should pause the digest": "Press Pause on the card",
    "skip monday's digest": "Pause it until Tuesday 1 December?",
    "cancel next week's digest": "Pause it until Monday 7 December?",
    "skip friday's digest": "one may come before 4 December",
    "no digest on bank holidays": "I know nobody's holidays", "skip the digest over the holidays": "nobody's holidays",
    "skip digest on 25 december": "one may come before 25 December. Say `pause until 26 December`",
    "no digest on 25 december": "one may come before 25 December. Say `pause until 26 December`",
    "cancel the digest in december": "I cannot end or pause it on a later day",
    "remove the digest on friday": "I cannot end or pause it on a later day",
    "pause all": "Press Pause on the card", "pause both for 2 weeks": "Pause it until Sunday 13 December?",
    "pause billing for 2 weeks": "Pause it until Sunday 13 December?",
}  # fmt: skip
ENDS = (
    "remove all digests in every channel", "stop all digests in this workspace", "delete the digests everywhere",
    "digest off", "digests off please", "remove both", "cancel", "we do not want this any more",
    "can the digest be stopped", "we should stop the digest", "could the digest be removed please",
    "please remove the digest from this channel", "we no longer need a digest here", "terminate it", "disable it",
    "switch it off please", "stop the posts", "no digest any more", "can you remove the digest from here",
)  # fmt: skip
GOES_ON = (
    "digest on", "digests on",
    "start the digest", "enable the digest", "get the digest going again", "resume both", "resume everything",
    "resume billing", "lift the pause", "undo the pause", "i am back from holiday", "back from vacation", "unsnooze",
    "don't pause it", "post again",
)  # fmt: skip
TOLD = {
    "when's the next digest": "The next one comes on Monday 30 November", "next digest": "Monday 30 November",
    "when will we get the next digest": "Monday 30 November", "the digest": "In this channel",
    "which channels have a digest": "In this channel", "where are digests posted": "In this channel",
    "who can change the digest": "In this channel", "is the digest weekly": "In this channel",
    "does the digest include jira": "In this channel", "is portal in the digest": "In this channel",
    "what areas are in the digest": "In this channel", "which areas does the digest cover": "In this channel",
    "what's coming in the next digest": "A sample", "preview it": "A sample",
    "show the last digest": "No digest was posted in <#C1> yet",
    "resend the last digest": "No digest was posted in <#C1> yet",
    "did the digest go out": "No digest was posted in <#C1> yet",
    "send the last digest again": "No digest was posted in <#C1> yet",
    "why is the digest empty": "was posted in <#C1> yet",
    "was there a digest this week": "No digest was posted in <#C1> yet", "digest help": "A digest posts what is new",
    "why was there no digest today": "No digest was posted in <#C1> yet",
    "my subscriptions": "In this channel", "when is the next one due": "The next one comes on Monday 30 November",
    "the digest did not come": "No digest was posted in <#C1> yet", "start a digest": "Change it, or add another?",
    "show today's digest": "No digest was posted in <#C1> yet", "set up the digest for portal": "Change it, or add",
    "the digest is missing": "No digest was posted in <#C1> yet",
    "what can a digest do": "A digest posts what is new", "we want the digest back": "No digest was removed from <#C1>",
}  # fmt: skip
# Any other words on the digest.
OTHERWISE = (
    "nobody reads the digest", "the digest is useless", "mention @here in the digest",
    "wait until january with the digest", "what is new for the digest", "who wrote this digest",
    "fix our digest please",
    "can the digest be changed", "no longer pause the digest", "translate the digest to german",
)  # fmt: skip
# Searched for, though a digest is here.
SEARCHED = (
    "thanks for the digest", "love the digest",
    "who receives the digest email", "daily ticket digest for managers", "the digest email is sent twice",
    "what does the digest report show", "customers get a digest", "email digest for agents", "skip approval",
    "don't show closed tickets", "stop showing closed tickets to users", "use chat", "use response time",
    "use canned text",
    "resume timer", "resume a paused project", "limit tickets to a team", "cover letter", "prefer email",
    "mute an agent", "hold a ticket until approval", "lift restrictions", "disable users", "terminate a contract",
    "hold the invoice until monday", "pause the contract until 5 january", "pause billing until approved",
    "change time to first response", "set day to monday in recurring ticket", "don't show prices on quotes",
    "change the schedule to daily for a report", "watch the video", "watch episode 13", "stop showing prices",
    "tell me when a new ticket arrives", "let me know when a new customer is created",
    "post to facebook again", "change the schedule period", "start posting to the portal", "bring it to the portal",
)  # fmt: skip


def test_changes(unchanged_billing: Place) -> None:
    """What it would become, with the button that does it; or what has to be asked."""
    for words, becomes in CHANGES.items():
        said, pressed = unchanged_billing.said_of_a_digest(words)
        assert f"Change it to: *{becomes}*?" in said, (words, said[:400])
        assert "Change it" in pressed, words
    for words, question in ASKED.items():
        said, pressed = unchanged_billing.said_of_a_digest(words)
        assert question in said, words
        assert "Change it" not in pressed, words


def test_waits_and_ends(unchanged_billing: Place) -> None:
    """The card, or until when it would wait."""
    for words, shown in WAITS.items():
        said, pressed = unchanged_billing.said_of_a_digest(words)
        assert shown in said, words
        assert {"Pause it", "Pause"} & pressed, words
    for words in ENDS:
        said, pressed = unchanged_billing.said_of_a_digest(words)
        assert "Nothing is removed yet" in said, words
        assert "Remove" in pressed
    for words in GOES_ON:
        assert "There is nothing to resume" in unchanged_billing.said_of_a_digest(words)[0], words


def test_what_is_asked(unchanged_billing: Place) -> None:
    """The card answers; any other words on the digest are asked about, with the search beside them."""
    for words, told in TOLD.items():
        said, _ = unchanged_billing.said_of_a_digest(words)
        assert told in said, words
        assert NOT_SURE not in said, words
    for words in OTHERWISE:
        said, pressed = unchanged_billing.said_of_a_digest(words)
        assert NOT_SURE in said, words
        assert {"Edit", "Search"} <= pressed, words


def test_questions_about_halopsa(unchanged_billing: Place) -> None:
    """They are searched for."""
    for words in SEARCHED:
        said, pressed = unchanged_billing.said_of_a_digest(words)
        assert not {*DOES_IT, "Stop this watch"} & pressed, words
        assert NOT_SURE not in said, words


def test_where_there_is_no_digest(place: Place) -> None:
    """Words without its name are searched for, as are those that are not clear; what names it says that there is none,
    or proposes one.
    """
    for words in (*CHANGES, *ASKED, *WAITS, *ENDS, *GOES_ON, *TOLD, *OTHERWISE, *SEARCHED):
        said, pressed = place.said_of_a_digest(words)
        assert not DOES_IT - {"Set it up"} & pressed, words
        assert NOT_SURE not in said, words
        if "digest" not in words and not words.startswith("pause"):
            assert "has no digest" not in said or "Set it up" in pressed, words
    assert place.stored() == ([], [])


def test_what_was_removed_comes_back(place: Place) -> None:
    """By "bring it back", where it was removed in the last day; nothing is brought back by saying it."""
    place.said("subscribe billing mondays 9am london")
    asked = place.slack.only_shown_after(partial(place.slack.command, "/halo", "unsubscribe"))
    place.slack.only_shown_after(partial(place.slack.click, "digest_remove:1", ts=asked.ts))
    for words in ("bring it back", "we want it back", "we want the digest back", "bring the digest back"):
        assert "Undo" in place.said_of_a_digest(words)[1], words
    assert "Undo" not in place.said_of_a_digest("resume timer")[1]
    shown = place.slack.only_shown_after(partial(place.slack.command, "/halo", "bring it back"))
    place.slack.only_shown_after(partial(place.slack.click, buttons(shown)["Undo"]["action_id"], ts=shown.ts))
    assert "Billing" in place.said_of_a_digest("subscriptions")[0]
