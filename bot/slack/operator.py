"""Direct messages to whoever runs the bot."""

import logging
from collections.abc import Callable, Iterable
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.slack.api_errors import NotInstalledError
from bot.slack.views.mrkdwn import escape

log = logging.getLogger(__name__)


def tell_people(client_for: Callable[[str], WebClient], people: Iterable[str], text: str) -> bool:
    """Send each of these people a text as it is, `U1` or `T1:U1`. Who is not told is named in the log. Returns whether
    anybody was.
    """
    told = 0
    for person in people:
        team, _, user = person.rpartition(":")
        try:
            client = client_for(team)
            client.chat_postMessage(channel=user, text=escape(text), mrkdwn=False, unfurl_links=False)
            told += 1
        except (NotInstalledError, SlackClientError, OSError, HTTPException) as error:
            log.warning("%s could not be told: %s", person, error)
    return told > 0
