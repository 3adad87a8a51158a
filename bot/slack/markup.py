"""Slack's mark-up of a message's text, undone: the one place that knows it.

What a person types reaches the bot with `&`, `<` and `>` escaped, and with people, groups, channels, links, mail
addresses and telephone numbers in angle brackets: `<@U1>`, `<!here>`, `<#C1|general>`, `<https://example.com|label>`,
`<mailto:ann@example.com|ann@example.com>` (https://docs.slack.dev/messaging/formatting-message-text).
"""

import re

from bot.search.query_parser import is_episode_page
from bot.slack.views.mrkdwn import unescape

_MARK = re.compile(r"<(?:(?P<sign>[@!#])|(?=[a-z][a-z0-9+.-]*:))(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_NUMBER_IN_ADDRESS = re.compile(r"https?://[^\s]{0,400}?(?<!\d)\d{6,9}(?!\d)")  # a change's page, under a name
_UNTYPED_SCHEME = re.compile(r"^(?:mailto|tel):")


def to_plain_text(markup: str) -> str:
    """A text as a person reads it: channels by their names, links by their labels, without mentions and entities.

    A link without a label is its address, and so is one to an episode's page, for that address says what is asked for.
    """
    return unescape(_MARK.sub(_to_words, markup))


def to_reference_text(markup: str) -> str:
    """The same with every channel as `<#C1>` and every link as its address, for commands that need these."""
    return unescape(_MARK.sub(_to_reference, markup))


def _to_words(mark: re.Match[str]) -> str:
    label = mark["label"] or ""
    if mark["sign"]:
        return f" {label} " if mark["sign"] == "#" else " "
    if label and not is_episode_page(mark["target"]):
        has_number = _NUMBER_IN_ADDRESS.match(mark["target"]) and mark["target"] not in label
        return f" {label} {mark['target']} " if has_number else f" {label} "
    return f" {_UNTYPED_SCHEME.sub('', mark['target'])} "


def _to_reference(mark: re.Match[str]) -> str:
    if mark["sign"]:
        return f" <#{mark['target']}> " if mark["sign"] == "#" else " "
    return f" {mark['target']} "
