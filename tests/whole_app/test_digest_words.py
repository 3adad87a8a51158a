"""The words for digests, typed anywhere: who asks is answered privately, what was understood is said, and windows that
come too late too.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.whole_app.acting import SlackStandIn, text


def say(slack: SlackStandIn, words: str, **where: str) -> str:
    """A command, and the one private answer to it."""
    answer = slack.only_shown_after(partial(slack.command, "/halo", words, **where))
    assert answer.kind == "ephemeral"
    return text(answer)


def test_typed_from_beginning_to_end(halo: SlackStandIn) -> None:
    """Subscribe in words, look, pause, resume, end: each says what it did, or shows the card whose button does it; the
    channel itself sees nothing of it.
    """
    assert "*\\nComes every Monday at 09:00 (Europe/London)." in say(
        halo, "subscribe billing, integrations -jira mondays 9am london"
    )
    assert "every Friday at 17:00 (America/New York)" in say(
        halo, "subscribe portal fridays 5pm", user="UBOB", channel="C2"
    )
    listed = say(halo, "subscriptions")
    assert (
        listed.index("*In this channel*")
        < listed.index("<#C1>")
        < listed.index("*In other channels*")
        < listed.index("<#C2>")
    )
    assert "Next digest:" in say(halo, "status")
    assert "Nothing is new" in say(halo, "digest preview")
    assert "Nothing is new" in say(halo, "digest now")
    assert "There is nothing to resume, for this is not paused" in say(halo, "resume")
    for typed in ("pause", "pause it", "pause the digest", "Pause!", "can you hold it"):
        assert "Nothing is paused yet. Press Pause" in say(halo, typed), typed
        assert "The next one comes on Monday" in say(halo, "subscriptions"), typed
    halo.only_shown_after(lambda: halo.click("digest_pause:1", channel="C1"))
    for typed in ("resume", "resume it", "unpause", "turn the digest back on"):
        assert "It is still paused. Press Resume" in say(halo, typed), typed
    halo.only_shown_after(lambda: halo.click("digest_resume:1", channel="C1"))
    assert "No digest here is about that, so I searched" in say(halo, "unsubscribe sla")
    asked = halo.only_shown_after(lambda: halo.command("/halo", "unsubscribe"))
    assert "Nothing is removed yet" in text(asked)
    removed = halo.only_shown_after(lambda: halo.click("digest_remove:1", ts=asked.ts))
    assert "no longer gets that digest" in text(removed)
    assert "has no digest" in say(halo, "unsubscribe")
    assert "has no digest" in say(halo, "digest now")
    assert [one for one in halo.messages("C1", user="UBOB") if one["user"] == "UHALO"] == []


def test_what_is_not_clear_is_asked(halo: SlackStandIn) -> None:
    """Nothing is stored then."""
    for words in ("subscribe purple elephants", "subscribe every 3 weeks", "subscribe every blue moon"):
        assert "Nothing is set up yet" in say(halo, words)
    assert "No channel has a digest" in say(halo, "subscriptions")


def test_what_people_type_reaches_a_digest(halo: SlackStandIn) -> None:
    """An ampersand is one; a channel that is named gets the digest, wherever that is typed; what looks like a ping
    pings nobody.
    """
    assert "Sales &amp; quotes" in say(halo, "subscribe sales & quotes mondays 9am")
    assert "<#C2> gets a digest" in say(halo, "subscribe #halo-admins chat mondays 9am")
    assert "<!channel" not in say(halo, "subscribe <!channel>")


def test_a_search_ends_no_digest(halo: SlackStandIn) -> None:
    """Words after `unsubscribe` that name no digest here are searched for, and its pages are pages of that search; with
    the filter it is shown, to be removed.
    """
    say(halo, "subscribe chat mondays 9am")
    found = halo.only_shown_after(lambda: halo.command("/halo", "unsubscribe link in campaign emails"))
    assert "so I searched for it" in text(found)
    assert "Details" in text(found)
    assert " results for " in text(halo.only_shown_after(lambda: halo.click("page_next", ts=found.ts)))
    assert "Chat" in say(halo, "subscriptions")
    assert "Nothing is removed yet" in say(halo, "unsubscribe chat")


# Misspelt, and which verb may be meant: nothing of this is ever done unasked.
MEANT = {
    "unsubscribed": "unsubscribe",
    "paus": "pause",
    "resum": "resume",
    "digest nwo": "digest now",
    "imprt https://example.com/page": "import",
}


def test_misspelt_words_that_change_something_are_asked_about(halo: SlackStandIn) -> None:
    """The digest stays as it is, nothing is posted or read, and the verb that is near is explained; a longer sentence
    is a search.
    """
    say(halo, "subscribe chat mondays 9am from v2.216")
    for typed, verb in MEANT.items():
        told = say(halo, typed)
        assert f"Did you mean “{verb}”?" in told, typed
        assert f"*{verb}*" in told
    assert "Details" in say(halo, "unsubscribd contacts still get campaign emails")
    assert "The next one comes" in say(halo, "subscriptions")
    assert [one for one in halo.messages("C1", user="UBOB") if one["user"] == "UHALO"] == []


def test_a_misspelt_subscribe_opens_its_window(halo: SlackStandIn) -> None:
    """There is nothing to say beside the window, so nothing is said."""
    assert halo.only_shown_after(lambda: halo.command("/halo", "subscribr")).kind == "view"


def test_slack_is_slow_to_say_who_somebody_is(halo: SlackStandIn) -> None:
    """The window comes while its trigger lasts, with the zone left to be filled in; and what was filled in is taken in
    time.
    """
    halo.fail_next("users.info", "hang", times=2, seconds=2.5)
    window = halo.only_shown_after(lambda: halo.command("/halo", "subscribe", user="UBOB"))
    assert window.kind == "view"
    assert '"initial_value": "UTC"' in text(window)
    assert halo.submit({"areas": ["Chat"]}, user="UBOB").in_time


def test_now_posts_at_once(halo: SlackStandIn) -> None:
    """`digest now` posts what is new into the channel, once, and tells who asked."""
    say(halo, "subscribe from v2.216 mondays 9am")
    assert "Only you see this" in say(halo, "digest preview")
    seen = halo.shown_after(lambda: halo.command("/halo", "digest now"))
    assert [one.visible_to for one in seen if one.kind == "ephemeral"] == ["UALICE"]
    posts = [one for one in seen if one.kind == "message"]
    assert "v2.216" in posts[0].text
    assert all(one.channel == "C1" for one in posts)
    assert "Nothing is new" in say(halo, "digest now")


def test_a_topic_is_watched_from_a_digest(halo: SlackStandIn) -> None:
    """Its button asks which; what is typed there is a watch like any other, and the window says so."""
    say(halo, "subscribe from v2.216 mondays 9am")
    halo.command("/halo", "digest now")
    halo.wait_idle()
    halo.only_shown_after(lambda: halo.click("digest_watch", channel="C1"))
    told = halo.only_shown_after(lambda: halo.submit({"topic": "T&M rates"}))
    assert "You now watch “T&amp;M rates”." in text(told)
    assert "“T&amp;M rates”" in say(halo, "watches")


def test_the_window(halo: SlackStandIn) -> None:
    """`subscribe` alone opens it with this channel and the person's zone; filled in, it says what was understood."""
    window = halo.only_shown_after(lambda: halo.command("/halo", "subscribe", user="UBOB", channel="C2"))
    assert window.kind == "view"
    assert '"initial_conversation": "C2"' in text(window)
    assert "America/New_York" in text(window)
    said = halo.only_shown_after(lambda: halo.submit({"areas": ["Chat"], "words": "jira", "at": "07:30"}, user="UBOB"))
    assert "Comes every Monday at 07:30 (America/New York)" in text(said)
    assert "<#C2>" in text(said)


def test_the_window_asks_about_what_it_does_not_understand(halo: SlackStandIn) -> None:
    """Under the input, and nothing is stored."""
    halo.only_shown_after(lambda: halo.command("/halo", "subscribe"))
    result = halo.submit({"words": "purple elephants", "zone": "Atlantis"})
    assert set(result.errors) == {"words", "zone"}


def test_where_there_is_no_window_a_button_opens_it(halo: SlackStandIn) -> None:
    """A mention or a direct message gives none to open: it brings a button, for the one who asked."""
    for ask in (partial(halo.mention, "subscribe", user="UBOB"), partial(halo.dm, "subscribe", user="UBOB")):
        answer = halo.only_shown_after(ask)
        assert "Set up a digest" in text(answer)
        assert (
            halo.only_shown_after(
                partial(halo.click, "digest_filter", user="UBOB", ts=answer.ts, channel=answer.channel)
            ).kind
            == "view"
        )
        halo.close_view(user="UBOB")


@pytest.mark.parametrize("code", ["expired_trigger_id", "429", "500"])
def test_slack_too_slow_for_the_window(halo: SlackStandIn, code: str) -> None:
    """The person reads how to type it, once."""
    halo.fail_next("views.open", code, retry_after=20)
    assert "Try again, or type it: `subscribe" in say(halo, "subscribe")


def test_slack_does_not_say_who_somebody_is(halo: SlackStandIn) -> None:
    """Their zone is not known then: UTC, and it is said; a 429 does not hold it up."""
    halo.fail_next("users.info", "429", retry_after=25)
    assert "at 09:00 (UTC)" in say(halo, "subscribe chat mondays 9am")
    halo.fail_next("users.info", "missing_scope")
    assert "at 09:00 (UTC)" in say(halo, "subscribe portal mondays 9am")


def test_undo_where_there_was_nothing(halo: SlackStandIn) -> None:
    """It is about what was removed, and offers no digest to be set up."""
    for words in ("undo", "undo that"):
        said = say(halo, words)
        assert "No digest was removed from <#C1> in the last day." in said, words
        assert "subscribe" not in said, words


def test_who_may_not_remove_is_told_at_once(slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """Nobody is told to press a button that refuses them; an admin is asked for what was typed."""
    with restart_with(admins=("UALICE",)):
        say(slack, "subscribe billing mondays 9am")
        for words, asked in (
            ("unsubscribe billing", "unsubscribe billing"),
            ("stop the digest", "unsubscribe"),
            ("stop the billing digest", "unsubscribe the billing digest"),
        ):
            shown = say(slack, words, user="UBOB")
            assert "Ask an admin" in shown, words
            assert f'"value": "{asked}"' in shown, words
            assert "Press Remove" not in shown, words
            assert "Press Remove" in say(slack, words), words


def test_only_admins_may(slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """With HALO_ADMINS others may ask one, who is told directly."""
    with restart_with(admins=("ADMINS",)):
        say(slack, "subscribe billing", user="UALICE")
        for words in ("subscribe billing", "pause", "resume", "digest now"):
            assert "Ask an admin" in say(slack, words, user="UBOB")
        assert (
            "I have asked one of them"
            in slack.only_shown_after(lambda: slack.click("digest_ask_admin", user="UBOB")).text
        )
        assert "Nothing has changed yet" in say(slack, "subscribe billing fridays", user="UALICE")
