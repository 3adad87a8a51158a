"""What one person is told directly: why a digest stopped or failed, and that something arrived which answers a watch.
Pure.
"""

import re
from collections.abc import Sequence

from bot.catalog.models import Entry
from bot.slack.api_errors import CODES
from bot.slack.views.blocks import Block, Message, actions, context, divider, message, section
from bot.slack.views.entry_blocks import entry_card, entry_row
from bot.slack.views.entry_text import Episodes, pluralize
from bot.slack.views.limits import truncate
from bot.slack.views.mrkdwn import escape, escape_within
from bot.slack.views.watches import WatchRow, stop_watch_button

MOST_ROWS = 20

_CODE = re.compile(r"[a-z]+(_[a-z]+)+|[a-z]{5,}")


def reason_text(reason: str) -> str:
    """Why something is not out, and what to do: one of Slack's codes in words; what is in words already stays as it is."""
    if (row := CODES.get(reason)) and row.reason:
        return f"{row.reason}. {row.remedy}"
    return f"Slack refuses it ({reason})" if _CODE.fullmatch(reason) else reason


def paused_notice(channel: str, code: str) -> Message:
    """To whoever set a digest up: Slack no longer lets me post there."""
    row = CODES.get(code)
    why = row.reason if row and row.reason else f"Slack refuses it ({code})"
    do = row.remedy if row and row.remedy else "Ask an admin of the workspace to let me post there"
    text = f"I cannot post the digest in <#{channel}> any more: {escape(why)}. It is paused, nothing is lost. {do}, and it goes on by itself at its next time."
    return message("A digest that you set up is paused", [section(text)])


def delivery_unknown_notice(channel: str, edition: int, parts: Sequence[int], total: int) -> Message:
    """To whoever set a digest up: nobody can tell whether it got out, so it was not posted again. To the person
    themselves when it
    was for one of their watches."""
    if _is_person(channel):
        text = "I wrote to you about something new for one of your watches, and Slack did not say whether it arrived. If you see nothing here, ask me again."
        return message("News for one of your watches may not have arrived", [section(text)])
    what = f"edition {edition} of the digest in <#{channel}>"
    if list(parts) != list(range(total)):
        numbers = ", ".join(str(part + 1) for part in parts)
        what = f"part {numbers} of {total} of {what}"
    text = (
        f"Slack did not say whether {what} arrived, and I may not read the channel to look. To be sure that it is not there twice, I did not post it again. "
        "Please look. With the scope `channels:history` (and `groups:history`) I find out by myself."
    )
    return message("A digest that you set up may not have arrived", [section(text)])


def failed_notice(channel: str, edition: int, code: str) -> Message:
    """To whoever set a digest up, or watches: Slack refused the message itself."""
    if _is_person(channel):
        text = f"Slack refused my message about one of your watches ({escape(code)}). Ask me again to see what is new, and please tell your Halobot operator."
        return message("News for one of your watches could not be posted", [section(text)])
    text = f"Slack refused edition {edition} of the digest in <#{channel}> ({escape(code)}). The delivery log has it; please tell your Halobot operator."
    return message("A digest that you set up could not be posted", [section(text)])


def _is_person(channel: str) -> bool:
    return channel.startswith(("U", "W"))


def watch_message(question: str, watch_id: int, entries: Sequence[Entry], episodes: Episodes) -> Message:
    """Entries that arrived and answer a watch: the best whole, the others in a row each."""
    best, *others = entries
    blocks: list[Block] = [
        section(f"New, and it answers your watch “{escape_within(question, 300)}”:"),
        *entry_card(best, episodes),
    ]
    if others:
        blocks += [divider(), *(entry_row(entry, episodes) for entry in others[:MOST_ROWS])]
    if len(others) > MOST_ROWS:
        blocks.append(context(f"and {pluralize(len(others) - MOST_ROWS, 'other')}"))
    blocks.append(actions([stop_watch_button(WatchRow(watch_id, question))]))
    return message(
        f"New for “{truncate(question, 80)}”: {best.title}" + (f" and {len(others)} more" if others else ""), blocks
    )
