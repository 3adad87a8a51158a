"""The wait for Slack at the start: what may pass is tried again, a refused token ends it, and so does being told to."""

import os
import signal
import threading
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError

from bot.errors import SlackError
from bot.slack import startup
from bot.slack.shutdown import wait_in_main_thread
from bot.slack.startup import wait_for_slack
from bot.slack.web_client import NotSentError


class Answer(dict):
    """What Slack answered, as its SDK hands it out."""

    def __init__(self, code: str, status: int = 200, **headers: str) -> None:
        super().__init__(error=code)
        self.status_code, self.headers = status, headers


def refused(code: str, status: int = 200, **headers: str) -> SlackApiError:
    """What a client raises for an answer."""
    return SlackApiError("no", Answer(code, status, **headers))


PASSING = [
    URLError(NotSentError("no connection to Slack")), ConnectionResetError(), TimeoutError(),
    refused("internal_error"), refused("service_unavailable", 503), refused("Bad gateway", 502),
    refused("ratelimited", 429, **{"Retry-After": "0"}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for seconds."""
    monkeypatch.setattr(startup, "FIRST_WAIT_SECONDS", 0.001)


def test_what_may_pass_is_tried_again(caplog: pytest.LogCaptureFixture):
    """Each failure that may pass is logged with its reason and the next try, until Slack answers."""
    failures = list(PASSING)

    def call() -> None:
        if failures:
            raise failures.pop(0)

    assert wait_for_slack(call, "SLACK_BOT_TOKEN", threading.Event())
    assert len(caplog.messages) == len(PASSING)
    assert all("Slack cannot be reached (" in said and "Trying again in" in said for said in caplog.messages)
    assert "no connection to Slack" in caplog.messages[0]


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked", "missing_scope", "not_allowed"])
def test_a_refused_token_ends_it(code: str):
    """What only an operator can mend is told at once, with the setting that it is about."""

    def call() -> None:
        raise refused(code)

    with pytest.raises(SlackError, match=rf"SLACK_APP_TOKEN \({code}\).*halobot doctor"):
        wait_for_slack(call, "SLACK_APP_TOKEN", threading.Event())


def test_told_to_end():
    """It waits no longer when the process is told to end."""
    ended = threading.Event()

    def call() -> None:
        ended.set()
        raise ConnectionRefusedError

    assert not wait_for_slack(call, "SLACK_BOT_TOKEN", ended)


def test_a_signal_ends_the_wait_of_the_main_thread():
    """A wait ends when a signal's handler sets its event, at once when it is set, and else after its seconds."""
    ended = threading.Event()
    before = signal.signal(signal.SIGUSR1, lambda *_: ended.set())
    try:
        assert not wait_in_main_thread(ended, 0.01)
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1)).start()
        assert wait_in_main_thread(ended)
        assert wait_in_main_thread(ended, 600)
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_a_signal_just_before_the_wait_is_noticed(monkeypatch: pytest.MonkeyPatch):
    """An event that is set after it was looked at, without waking the sleep, is noticed at the next look."""
    ended, slept = threading.Event(), []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        ended.set()

    monkeypatch.setattr("bot.slack.shutdown.time.sleep", sleep)
    assert wait_in_main_thread(ended)
    assert [seconds <= 1.0 for seconds in slept] == [True]
