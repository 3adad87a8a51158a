"""Text in Slack's mrkdwn. Everything that people or sources wrote passes through `escape` before it is shown.

https://docs.slack.dev/messaging/formatting-message-text
"""

from bot.slack.views.limits import MAX_TITLE, truncate


def escape(text: str) -> str:
    """The text with &, < and > escaped, so that it mentions nobody and links nowhere."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """A text with Slack's three entities as the characters they stand for."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape_within(text: str, limit: int) -> str:
    """Escaped text of at most `limit` characters. It is truncated before it is escaped: no `&amp;` is cut in two."""
    kept = limit
    while len(escaped := escape(truncate(text, kept))) > limit:
        kept = min(kept - 1, kept * limit // len(escaped))
    return escaped


def bold(text: str) -> str:
    """Escaped and bold. An asterisk in the text would end the bold early, so it becomes `∗`."""
    return f"*{escape_within(text.replace('*', '∗'), MAX_TITLE)}*"


def link(url: str | None, label: str) -> str:
    """A link with an escaped label, or the label alone where there is no address."""
    return f"<{url}|{escape(label)}>" if url else escape(label)
