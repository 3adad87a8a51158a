"""The HTTP door: what is not Slack's is turned away."""

import hmac
import time

import pytest

from bot.settings import Settings
from tests import local_http
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
            assert local_http.post(str(slack.app_url), data=form, headers=headers).status_code == 401
    assert not slack.transcript


def signed(body: bytes, settings: Settings, timestamp: str | None = None) -> dict[str, str]:
    """The headers with which Slack would send this body."""
    timestamp = str(int(time.time())) if timestamp is None else timestamp
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(settings.slack_signing_secret.encode(), base, "sha256").hexdigest()
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": f"v0={digest}"}


@pytest.mark.parametrize("timestamp", ["abc", "", "-1", "1e9", "١٢٣", "9" * 400, "0", "99999999999"])
def test_a_timestamp_that_is_none_is_refused(slack: SlackStandIn, settings: Settings, timestamp: str) -> None:
    """Not a number, endless, long ago or far ahead: 401, before the body is looked at."""
    with running("http", slack, settings):
        body = b"command=/halo&text=jira"
        headers = {name: value.encode() for name, value in signed(body, settings, timestamp).items()}
        assert local_http.post(str(slack.app_url), content=body, headers=headers).status_code == 401


def test_nothing_is_parsed_before_its_signature_is_checked(
    slack: SlackStandIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large form that Slack did not sign costs a hash, no parsing."""
    parsed: list[bytes] = []
    monkeypatch.setattr("bot.slack.http.read_bolt_request", lambda _, body: parsed.append(body))
    with running("http", slack, settings):
        body = b"&".join(b"a%d=1" % number for number in range(200_000))
        headers = {**signed(b"something else", settings), "content-type": "application/x-www-form-urlencoded"}
        assert local_http.post(str(slack.app_url), content=body, headers=headers).status_code == 401
    assert parsed == []


def test_odd_requests_do_not_hurt(slack: SlackStandIn, settings: Settings) -> None:
    """Signed by Slack, and all the same too large, not text, or no request: refused without a traceback, and the next
    real request is answered.
    """
    with running("http", slack, settings):
        url = str(slack.app_url)

        def status(body: bytes, **headers: str) -> int:
            return local_http.post(url, content=body, headers={**signed(body, settings), **headers}).status_code

        assert status(b"x" * (2 * 1024 * 1024 + 1)) == 413
        for odd in (b"\xff\xfe\x00", b"{nonsense", b"payload={nonsense"):
            assert status(odd) == 400
        for odd in (b"[1]", b"payload=[1]", b"payload=1", b"null", b"[" * 100_000):
            assert status(odd, **{"content-type": "application/json"}) == 400, odd
            assert status(odd) in (400, 404), odd
        assert local_http.get(url).status_code == 405
        assert slack.command("/halo", "1016865").acked


def test_the_word_payload_is_no_payload(slack: SlackStandIn, settings: Settings) -> None:
    """Bolt would lose a command that has the word in it; ours is answered, and its signature still looked at."""
    with running("http", slack, settings):
        assert "Nothing" not in slack.only_shown_after(lambda: slack.command("/halo", "webhook payload")).text
        assert slack.only_shown_after(lambda: slack.command("/halo", "payload")).kind == "ephemeral"
        assert (
            local_http.post(str(slack.app_url), data={"command": "/halo", "text": "webhook payload"}).status_code == 401
        )
