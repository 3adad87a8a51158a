"""Waits for Slack at the start: after a power cut the bot may be up before the network is."""

import logging
import threading
from collections.abc import Callable

from slack_sdk import WebClient

from bot.errors import SlackError
from bot.slack.api_errors import SLACK_ERRORS, ErrorMeaning, classify_error
from bot.slack.shutdown import Shutdown, wait_in_main_thread

log = logging.getLogger(__name__)
FIRST_WAIT_SECONDS, MAX_WAIT_SECONDS = 2.0, 60.0  # each wait is twice as long as the one before
MAY_PASS = {ErrorMeaning.UNREACHABLE, ErrorMeaning.DELIVERY_UNKNOWN, ErrorMeaning.RATE_LIMITED}


def wait_at_start(client: WebClient, ending: Shutdown) -> None:
    """Return once Slack takes the bot's token. From now on the process ends when it is told to, also before that.

    Raises SlackError when Slack refuses the token.
    """
    ending.install()
    if not wait_for_slack(client.auth_test, "SLACK_BOT_TOKEN", ending.begun):
        ending.finish()


def wait_for_slack(call: Callable[[], object], token_name: str, ended: threading.Event) -> bool:
    """In the main thread, make a call to Slack again and again until Slack answers it.

    Returns False when `ended` is set before that.

    Raises SlackError when Slack refuses the token that the call is made with; `token_name` is the setting that has it.
    """
    wait = FIRST_WAIT_SECONDS
    while not ended.is_set():
        try:
            call()
            return True
        except SLACK_ERRORS as error:
            failure = classify_error(error)
            if failure.meaning not in MAY_PASS:
                raise refused_token(token_name, failure.code) from error
            wait = max(wait, failure.retry_after)
            reason = error if failure.meaning is ErrorMeaning.UNREACHABLE else failure.code
            log.warning("Slack cannot be reached (%s). Trying again in %.0f seconds.", reason, wait)
        wait_in_main_thread(ended, wait)
        wait = min(2 * wait, MAX_WAIT_SECONDS)
    return False


def refused_token(name: str, reason: str) -> SlackError:
    """The error of a token that Slack refuses."""
    return SlackError(f"Slack did not accept {name} ({reason}). Run `halobot doctor` to see what to change.")
