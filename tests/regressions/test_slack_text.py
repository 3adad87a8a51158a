"""What Slack makes of what people type: emoji become :name:, addresses become links, an edit is a second mention."""

import pytest

from bot.playground.model import Json
from tests.whole_app.acting import SlackStandIn, text


def first_words(halo: SlackStandIn, typed: str) -> str:
    """What the one answer to a direct message begins with."""
    block = halo.only_shown_after(lambda: halo.dm(typed)).blocks[0]
    return str(block["text"]["text"] if "text" in block else block["elements"][0]["text"])


@pytest.mark.parametrize(
    ("typed", "without"),
    [
        ("latest :rocket:", "latest"),
        ("2.214 :tada:", "2.214"),
        (":wave: what's new in 2.214", "what's new in 2.214"),
        ("what's new :eyes:", "what's new"),
        ("help :eyes:", "help"),
        ("hi :wave::skin-tone-3: what's new", "hi what's new"),
        ("thanks :heart:", "thanks"),
        ("subscriptions :calendar:", "subscriptions"),
    ],
)
def test_an_emoji_changes_no_answer(halo: SlackStandIn, typed: str, without: str) -> None:
    """A message with an emoji is answered as the same message without it."""
    assert first_words(halo, typed) == first_words(halo, without)


def test_a_greeting_with_an_emoji_before_whats_new(halo: SlackStandIn) -> None:
    """A greeting with an emoji in front of “what's new” changes nothing: the newest version is shown."""
    assert first_words(halo, "hi :wave::skin-tone-3: what's new") == first_words(halo, "what's new")


@pytest.mark.parametrize("typed", ["subscribe billing mondays 9am", "subscribe billing mondays 9am :pray:"])
def test_an_emoji_is_no_area(halo: SlackStandIn, typed: str) -> None:
    """`subscribe` with an emoji behind it sets up the digest that was asked for."""
    said = text(halo.only_shown_after(lambda: halo.command("/halo", typed)))
    assert "no area" not in said
    assert "gets a digest from now on" in said
    assert "*Billing &amp; invoicing*\\nComes every Monday at 09:00 (Europe/London)." in said


def answered_mention(halo: SlackStandIn) -> Json:
    """A mention that was answered, as the event that Slack sent."""
    ts = halo.say("hello").ts
    event = {
        "type": "app_mention",
        "user": "UALICE",
        "text": "<@UHALO> jira default statsu",
        "ts": ts,
        "team": "T1",
        "channel": "C1",
        "event_ts": ts,
    }
    halo.only_shown_after(lambda: halo.event(event))
    return event


@pytest.mark.parametrize(
    "corrected",
    [
        pytest.param("<@UHALO> jira default status", id="a typo was corrected"),
        pytest.param("<@UHALO> jira default statsu", id="the words are the same"),
    ],
)
def test_an_edited_mention_is_answered_once(halo: SlackStandIn, corrected: str) -> None:
    """A mention that was answered is not answered again when its author edits it; Slack sends it anew, with its ts."""
    event = answered_mention(halo)
    assert (
        halo.shown_after(
            lambda: halo.event({**event, "text": corrected, "edited": {"user": "UALICE", "ts": f"{halo.now():.6f}"}})
        )
        == []
    )


def direct(halo: SlackStandIn, arrives: str) -> Json:
    """A direct message as Slack delivers it."""
    ts = f"{halo.now():.6f}"
    place = {"channel": halo.state.im("UALICE").id, "channel_type": "im"}
    return {"type": "message", "user": "UALICE", "text": arrives, "ts": ts, "team": "T1", **place, "event_ts": ts}


@pytest.mark.parametrize(
    "arrives",
    [
        pytest.param("jira default status for a@acme.example", id="mail address without markup"),
        pytest.param("jira default status for <mailto:a@acme.example|a@acme.example>", id="mail address"),
        pytest.param("caller id +44 20 1234 5678", id="phone number without markup"),
        pytest.param("caller id <tel:+442012345678|+44 20 1234 5678>", id="phone number"),
    ],
)
def test_addresses_and_phone_numbers_are_words(halo: SlackStandIn, arrives: str) -> None:
    """A mail address or a phone number is no filter, and Slack's markup of it is never shown."""
    said = text(halo.only_shown_after(lambda: halo.event(direct(halo, arrives))))
    assert "I know no filter" not in said
    assert "&lt;" not in said
