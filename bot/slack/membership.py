"""Whether a person is in a channel, as Slack says it."""

from copy import copy

from slack_sdk import WebClient

from bot.slack.api_errors import SLACK_ERRORS

SECONDS = 1  # for each call: a person waits
PAGE_SIZE, MAX_PAGES = 1_000, 10


def is_member(client: WebClient, channel: str, user: str) -> bool | None:
    """Whether a person is in a channel. None when Slack does not say, because the bot may not see the channel or Slack
    takes too long.
    """
    quick = copy(client)
    quick.timeout, quick.retry_handlers = SECONDS, []
    cursor = None
    try:
        for _ in range(MAX_PAGES):
            page = quick.conversations_members(channel=channel, limit=PAGE_SIZE, cursor=cursor)
            if user in (page.get("members") or ()):
                return True
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return False
    except SLACK_ERRORS:
        return None
    return None
