"""Direct messages to one person: why a digest stopped or failed, and that something new answers a watch. Pure."""

import re
from collections.abc import Sequence

from bot.catalog.models import Entry
from bot.conversation.entry_text import Episodes, pluralize
from bot.slack.api_errors import CODES
from bot.slack.views.blocks import Block, Message, actions, context, divider, message, section
from bot.slack.views.entry_blocks import entry_card, entry_line, entry_result
from bot.slack.views.entry_lists import list_messages, list_sections
from bot.slack.views.limits import truncate
from bot.slack.views.mrkdwn import bold, channel_link, escape, escape_within
from bot.slack.views.watches import WatchRow, stop_watch_button

MAX_STOP_BUTTONS = 5  # watches that a message names
MAX_ROWS, MAX_ROWS_TEXT = 20, 3_800  # entries below the card; all else takes at most 8,200 of 12,000 characters
_CODE = re.compile(r"[a-z]+(_[a-z]+)+|[a-z]{5,}")


def reason_text(reason: str) -> str:
    """Why something was not posted, and what to do. A code of Slack's is put in words; a sentence stays as it is."""
    if (row := CODES.get(reason)) and row.reason:
        return f"{row.reason}. {row.remedy}"
    return f"Slack refuses it ({reason})" if _CODE.fullmatch(reason) else reason


def paused_notice(channel: str, code: str) -> Message:
    """To whoever set a digest up: Slack refuses the channel."""
    row = CODES.get(code)
    why, remedy = f"Slack refuses it ({code})", "Ask an admin of the workspace to let me post there"
    if row and row.reason:
        why, remedy = row.reason, row.remedy
    text = (
        f"I cannot post the digest in {channel_link(channel)} any more: {escape(why)}. It is paused, nothing is lost. "
        f"{remedy}, and it goes on by itself at its next time."
    )
    return message("A digest that you set up is paused", [section(text)])


def delivery_unknown_notice(channel: str, edition: int, parts: Sequence[int], part_count: int) -> Message:
    """To whoever set a digest or watch up: nobody knows whether these parts were posted; they aren't posted again."""
    if _is_person(channel):
        text = (
            "I wrote to you about something new for one of your watches, and Slack did not say whether it arrived. If "
            "you see nothing here, ask me again."
        )
        return message("News for one of your watches may not have arrived", [section(text)])
    what = _what(channel, edition)
    if list(parts) != list(range(part_count)):
        what = f"part {', '.join(str(part + 1) for part in parts)} of {part_count} of {what}"
    text = (
        f"Slack did not say whether {what} arrived, and I may not read the channel to look. To be sure that it is not "
        "there twice, I did not post it again. Please look. With the scope `channels:history` (and `groups:history`) "
        "I find out by myself."
    )
    return message("A digest that you set up may not have arrived", [section(text)])


def failed_notice(channel: str, edition: int, code: str) -> Message:
    """To whoever set a digest or watch up: Slack refused the message itself."""
    refused = f"Slack refused {_what(channel, edition)} ({escape(code)})."
    if _is_person(channel):
        text = f"{refused} Ask me again to see what is new, and please tell your Halobot operator."
        return message("News for one of your watches could not be posted", [section(text)])
    text = f"{refused} The delivery log has it; please tell your Halobot operator."
    return message("A digest that you set up could not be posted", [section(text)])


def deleted_notice(channel: str, edition: int, posted: int, part_count: int) -> Message:
    """To whoever set a digest or watch up: its post was deleted before all of its thread was there. `posted`: how many
    parts were.
    """
    missing = [str(part + 1) for part in range(posted, part_count)]
    which = f"part {missing[0]}" if len(missing) == 1 else f"parts {missing[0]} to {missing[-1]}"
    text = (
        f"Somebody deleted {_what(channel, edition)} in Slack before all of it was posted. I left out {which} of "
        f"{part_count}. To see what is new, ask me for the newest version, such as `/halo v2.216`."
    )
    return message("A message of mine was deleted before it was complete", [section(text)])


def refused_notice(channel: str, edition: int, code: str) -> Message:
    """To whoever set a digest or watch up: Slack refuses the post for now; it is tried again."""
    text = (
        f"Slack refuses {_what(channel, edition)} for now ({escape(code)}). Nothing is lost: I try again every hour. "
        "If this goes on, please tell your Halobot operator."
    )
    return message("Slack refuses a message of mine for now", [section(text)])


def watch_message(
    watches: Sequence[WatchRow], entries: Sequence[Entry], episodes: Episodes, is_corrected: bool = False
) -> Message:
    """What is new and answers a person's watches, or what was corrected of those whose number is watched: the best as a
    card, the others in a row each.
    """
    best, *others = entries
    what = "Corrected" if is_corrected else "New"
    named = [f"“{escape_within(watch.question, 300)}”" for watch in watches[:MAX_STOP_BUTTONS]]
    more_watches = len(watches) - len(named)
    named += [pluralize(more_watches, "other")] if more_watches else []
    which = f"watches {', '.join(named[:-1])} and {named[-1]}" if named[1:] else f"watch {named[0]}"
    blocks: list[Block] = [section(f"{what} for your {which}:"), *entry_card(best, episodes, with_details=True)]
    if others:
        rows = _fitting_rows(others, episodes)
        blocks += [divider(), *rows]
        if rest := len(others) - len(rows):
            blocks.append(context(f"and {pluralize(rest, 'other')}, in this message's thread"))
    one = [stop_watch_button(watches[0])]
    several = [stop_watch_button(watch, by_name=True) for watch in watches[:MAX_STOP_BUTTONS]]
    blocks.append(actions(one if len(watches) == 1 else several))
    more = f" and {len(others)} more" if others else ""
    return message(f"{what} for “{truncate(watches[0].question, 80)}”: {best.title}{more}", blocks)


def _fitting_rows(others: Sequence[Entry], episodes: Episodes) -> list[Block]:
    """The rows of as many entries, in order, as a watch's message has room for beside the card of the best one."""
    rows, length = list[Block](), 0
    for entry in others[:MAX_ROWS]:
        row = entry_result(entry, episodes)
        length += len(row["text"]["text"]) + len(row["accessory"]["text"]["text"])
        if length > MAX_ROWS_TEXT:
            break
        rows.append(row)
    return rows


def watch_thread(entries: Sequence[Entry], episodes: Episodes) -> list[Message]:
    """The rest of what a watch message has no room for, a line each: what was told once is told never again, so nothing
    is left out.
    """
    others = entries[1:]
    rest = others[len(_fitting_rows(others, episodes)) :]
    if not rest:
        return []
    title = pluralize(len(rest), "other")
    return list_messages(title, list_sections(bold(title), ((entry_line(entry, episodes), entry) for entry in rest)))


def _what(channel: str, edition: int) -> str:
    """The message that a notice is about, as mrkdwn."""
    if _is_person(channel):
        return "my message about one of your watches"
    return f"edition {edition} of the digest in {channel_link(channel)}"


def _is_person(channel: str) -> bool:
    return channel.startswith(("U", "W"))
