"""response_urls: five uses in thirty minutes, ephemeral unless told otherwise, replacing and deleting; and what an ack
shows.
"""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.playground import Playground

BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "1"}],
}


def hook(url: str | None) -> WebhookClient:
    assert url is not None
    return WebhookClient(url, retry_handlers=[])


def texts(slack: Playground, user: str = "UALICE") -> list[str]:
    return [message["text"] for message in slack.messages("C1", user=user)]


def test_five_uses(slack: Playground, app: Any) -> None:
    """The sixth post is 404 used_url; one that was refused does not count as a use."""
    url = hook(slack.command("/halo").response_url)
    assert url.send(text="").status_code == 400
    assert [url.send(text=f"{n}").status_code for n in range(6)] == [200] * 5 + [404]
    assert "used_url" in url.send(text="6").body
    assert texts(slack) == ["0", "1", "2", "3", "4"]
    assert slack.entries(kind="refused")[-1].error == "used_url"


def test_thirty_minutes(slack: Playground, app: Any) -> None:
    """After thirty minutes of the playground's clock it is 404 expired_url; an invented one is 404 too."""
    result = slack.command("/halo")
    slack.advance(29 * 60)
    assert hook(result.response_url).send(text="Still").status_code == 200
    slack.advance(61)
    late = hook(result.response_url).send(text="Late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)
    assert hook(f"{slack.url}/response/404").send(text="Hi").status_code == 404


def test_who_sees_it(slack: Playground, app: Any) -> None:
    """Ephemeral by default, in_channel when asked, also where the bot is not a member."""
    slack.kick_bot("C1")
    url = hook(slack.command("/halo").response_url)
    url.send(text="Only Alice")
    url.send(text="All", response_type="in_channel")
    assert texts(slack, "UALICE") == ["Only Alice", "All"]
    assert texts(slack, "UBOB") == ["All"]
    assert [entry.visible_to for entry in slack.entries(via="response_url")] == ["UALICE", None]


def test_blocks_are_checked(slack: Playground, app: Any) -> None:
    """A response_url refuses what is over the limits, but has no limit on the sum of the text (bolt-js issue 2867)."""
    url = hook(slack.command("/halo").response_url)
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}
    refused = url.send(text="Hi", blocks=[section])
    assert (refused.status_code, "invalid_blocks" in refused.body) == (400, True)
    assert (
        url.send(text="Hi", blocks=[{**section, "text": {"type": "mrkdwn", "text": "x" * 3_000}}] * 6).status_code
        == 200
    )


def test_replacing_and_deleting_what_was_clicked(slack: Playground, client: WebClient, app: Any) -> None:
    """replace_original rewrites the message that was clicked, also an ephemeral one; delete_original takes it away."""
    client.chat_postMessage(channel="C1", text="Page 1", blocks=[BUTTON])
    clicked = slack.click("go")
    hook(clicked.response_url).send(text="Page 2", replace_original=True)
    assert texts(slack, "UBOB") == ["Page 2"]
    assert "blocks" not in slack.messages("C1")[0]
    hook(clicked.response_url).send(text="Aside", replace_original=False)
    assert texts(slack, "UBOB") == ["Page 2"]

    client.chat_postEphemeral(channel="C1", user="UALICE", text="Mine", blocks=[BUTTON])
    hook(slack.click("go").response_url).send(text="Mine, page 2", blocks=[BUTTON], replace_original=True)
    assert texts(slack)[-1] == "Mine, page 2"
    share = hook(slack.click("go").response_url)
    share.send_dict({"delete_original": True, "response_type": "in_channel", "text": "Shared"})
    assert "Mine, page 2" not in texts(slack)
    assert texts(slack, "UBOB")[-1] == "Shared"


def test_what_replaces_by_default(slack: Playground, client: WebClient, app: Any) -> None:
    """Without replace_original, an answer of the same visibility overwrites what was clicked; one of another stands
    beside it.
    """
    client.chat_postMessage(channel="C1", text="Public", blocks=[BUTTON])
    hook(slack.click("go").response_url).send(text="To Alice")
    assert texts(slack) == ["Public", "To Alice"]
    hook(slack.click("go").response_url).send(text="Overwritten", response_type="in_channel")
    assert texts(slack) == ["Overwritten", "To Alice"]


def test_a_command_leaves_nothing_to_replace(slack: Playground, app: Any) -> None:
    """For a command, replace_original posts anew (bolt-js issue 2287)."""
    app.answer = "Searching"
    url = hook(slack.command("/halo").response_url)
    url.send(text="Found", replace_original=True)
    assert texts(slack) == ["Searching", "Found"]


def test_each_click_has_its_own(slack: Playground, client: WebClient, app: Any) -> None:
    """Every interaction brings a fresh response_url, so paging never runs out."""
    client.chat_postEphemeral(channel="C1", user="UALICE", text="0", blocks=[BUTTON])
    for page in range(1, 8):
        assert (
            hook(slack.click("go").response_url)
            .send(text=str(page), blocks=[BUTTON], replace_original=True)
            .status_code
            == 200
        )
    assert texts(slack) == ["7"]


@pytest.mark.parametrize(
    ("answer", "seen_by_bob"),
    [
        ("Hi", []),
        ({"text": "Hi"}, []),
        ({"text": "Hi", "response_type": "ephemeral"}, []),
        ({"text": "Hi", "response_type": "in_channel"}, ["Hi"]),
    ],
)
def test_the_acknowledgement_of_a_command_is_shown(
    slack: Playground, app: Any, answer: Any, seen_by_bob: list[str]
) -> None:
    """Text or JSON in the ack becomes a message: to the person, or to all with in_channel."""
    app.answer = answer
    result = slack.command("/halo", "jira")
    assert (result.acked, result.text, texts(slack), texts(slack, "UBOB")) == (True, "Hi", ["Hi"], seen_by_bob)
    assert result.shown[0].via == "ack"


def test_an_empty_acknowledgement_shows_nothing(slack: Playground, app: Any) -> None:
    """ack() alone is fine and silent."""
    result = slack.command("/halo")
    assert (result.acked, result.shown, texts(slack)) == (True, [], [])


def test_wrong_blocks_in_the_acknowledgement(slack: Playground, app: Any) -> None:
    """Blocks over the limits in an ack are not shown; the person gets Slack's failure instead, and the transcript says
    why.
    """
    app.answer = {"text": "Hi", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]}
    result = slack.command("/halo")
    assert (result.acked, result.error, result.text) == (
        True,
        "invalid_blocks",
        '/halo failed with the error "invalid_blocks"',
    )
    (failure,) = slack.entries(kind="failure")
    assert failure.detail["messages"] == ["must be less than 151 characters [json-pointer:/blocks/0/text/text]"]
    assert texts(slack) == []
