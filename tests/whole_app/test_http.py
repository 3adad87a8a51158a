"""The HTTP door: what is not Slack's is turned away."""

import httpx
import pytest

from bot.settings import Settings
from tests.whole_app.acting import SlackStandIn
from tests.whole_app.conftest import running


@pytest.fixture
def way() -> str:
    """Only HTTP has a door."""
    return "http"


def test_requests_without_slack_s_signature_are_refused(slack: SlackStandIn, settings: Settings) -> None:
    """No signature, a wrong one, an old one: 401, and nothing is answered."""
    with running("http", slack, settings):
        form = {"command": "/halo", "text": "jira"}
        for headers in ({}, {"x-slack-signature": "v0=00", "x-slack-request-timestamp": "1"}):
            assert httpx.post(str(slack.app_url), data=form, headers=headers).status_code == 401
    assert not slack.transcript


def test_odd_requests_do_not_hurt(slack: SlackStandIn, settings: Settings) -> None:
    """Too large, not text, no length that is a number: refused without a traceback, and the next real request is
    answered.
    """
    with running("http", slack, settings):
        url = str(slack.app_url)
        assert httpx.post(url, content=b"x" * (2 * 1024 * 1024 + 1)).status_code == 413
        assert httpx.post(url, content=b"\xff\xfe\x00").status_code in (400, 401)
        assert httpx.post(url, content=b"{nonsense").status_code == 400
        assert httpx.post(url, content=b"payload={nonsense").status_code == 400
        for odd in (b"[1]", b"payload=[1]", b"payload=1", b"null", b"[" * 100_000):
            assert httpx.post(url, content=odd, headers={"content-type": "application/json"}).status_code in (
                400,
                401,
            ), odd
            assert httpx.post(url, content=odd).status_code in (400, 401), odd
        assert httpx.get(url).status_code == 405
        assert slack.command("/halo", "1016865").acked


def test_the_word_payload_is_no_payload(slack: SlackStandIn, settings: Settings) -> None:
    """Bolt would lose a command that has the word in it; ours is answered, and its signature still looked at."""
    with running("http", slack, settings):
        assert "Nothing" not in slack.only_shown_after(lambda: slack.command("/halo", "webhook payload")).text
        assert slack.only_shown_after(lambda: slack.command("/halo", "payload")).kind == "ephemeral"
        assert httpx.post(str(slack.app_url), data={"command": "/halo", "text": "webhook payload"}).status_code == 401


def test_health_answers(slack: SlackStandIn, settings: Settings) -> None:
    """GET /health says ok, for whoever watches over the process."""
    with running("http", slack, settings):
        assert httpx.get(str(slack.app_url).replace("/slack/events", "/health")).text == "ok"
