"""What goes wrong between the bot and Slack: noticed, told once in the log and by `status`, and over by itself."""

from functools import partial

import pytest
from slack_sdk.webhook import WebhookResponse

from tests.whole_app.acting import SlackStandIn, text

QUESTION = "jira default status"


@pytest.fixture
def way() -> str:
    """One way in is enough: these are calls of the bot's."""
    return "http"


def status(slack: SlackStandIn) -> str:
    """What `status` says."""
    return text(slack.only_shown_after(partial(slack.command, "/halo", "status")))


@pytest.mark.long
@pytest.mark.parametrize(
    ("code", "said"), [("token_revoked", "refuses my token"), ("missing_scope", "a permission is missing")]
)
def test_what_the_operator_has_to_mend(
    halo: SlackStandIn, caplog: pytest.LogCaptureFixture, code: str, said: str
) -> None:
    """A token that was revoked, a scope that was taken away: the log says it once and `status` as long as it is so; the
    mention is answered when it is over.
    """
    halo.fail_next("chat.postMessage", code, times=2)
    halo.mention(QUESTION)
    halo.wait_for(lambda entry: entry.method == "chat.postMessage")
    assert said in text(halo.shown_after(partial(halo.command, "/halo", "status"))[0])
    halo.wait_idle()
    assert len([entry for entry in halo.transcript if entry.kind == "message" and entry.author == "UHALO"]) == 1
    assert said not in status(halo)
    assert [said in record.message for record in caplog.records if record.name == "bot.problems"] == [True, True]


def test_a_response_url_that_fails(halo: SlackStandIn) -> None:
    """The person is told another way, and `status` says why until one works again."""
    halo.fail_next("response_url", "500")
    told = halo.shown_after(partial(halo.command, "/halo", "watch quickbooks"))
    assert "send you a direct message" in text(told[-1])
    halo.fail_next("response_url", "500")
    assert "fails to take replies" in status(halo)
    status(halo)  # one that works
    assert "fails to take replies" not in status(halo)


def test_a_response_url_that_does_not_answer(halo: SlackStandIn) -> None:
    """Nobody knows whether it took the message, so the person is told another way as well."""
    halo.fail_next("response_url", "drop_reply")
    told = halo.shown_after(partial(halo.command, "/halo", "watch quickbooks"))
    assert ["send you a direct message" in text(entry) for entry in told] == [True, True]
    assert [entry.via for entry in told] == ["response_url", "web_api"]
    assert {entry.visible_to for entry in told} == {"UALICE"}


def test_a_page_is_no_answer_of_a_response_url(halo: SlackStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign-in page in the way of a Share where the bot is no member: the person is told that nobody knows."""
    monkeypatch.setattr(
        "bot.slack.delivery.WebhookClient.send_dict",
        lambda self, body: WebhookResponse(url=self.url, status_code=200, body="<html>Sign in</html>", headers={}),
    )
    halo.kick_bot("C1")
    halo.command("/halo", "jira default status")
    shown = halo.shown_after(partial(halo.click, "share"))
    assert ["did not say whether" in text(entry) for entry in shown] == [True]
