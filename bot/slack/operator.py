"""Direct messages to whoever runs the bot."""

import logging
from collections.abc import Iterable
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.slack.views.mrkdwn import escape

log = logging.getLogger(__name__)


def tell_people(client: WebClient, people: Iterable[str], text: str) -> bool:
    """Send each of these people a text as it is. Who is not told is named in the log. Returns whether anybody was."""
    told = 0
    for person in people:
        try:
            client.chat_postMessage(channel=person, text=escape(text), mrkdwn=False, unfurl_links=False)
            told += 1
        except (SlackClientError, OSError, HTTPException) as error:
            log.warning("%s could not be told: %s", person, error)
    return told > 0
