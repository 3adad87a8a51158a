"""What is said about somebody's watches. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from slack_sdk.models.blocks import Block, ButtonElement

from bot.slack.views.action_ids import REMOVE_WATCH, STOP_WATCH
from bot.slack.views.blocks import Message, button_row, context, escape, escape_within, message, pluralize, section
from bot.slack.views.limits import truncate

MAX_LISTED = 20


class WatchRow(NamedTuple):
    """One watch as it is shown."""

    id: int
    question: str


def watching_text(watch: WatchRow | None, most: int) -> str:
    """The same in a sentence that is not escaped; `watch` is None for somebody who watches as much as one can."""
    return (
        f"You now watch “{truncate(watch.question, 120)}”. I tell you directly when something new answers it."
        if watch
        else _too_many_text(most)
    )


def watching_message(watch: WatchRow, answer_count: int) -> Message:
    """A question is watched from now on. `now`: how many answers there are already."""
    already = (
        f" There {'is' if answer_count == 1 else 'are'} {pluralize(answer_count, 'answer')} today; ask to see {'it' if answer_count == 1 else 'them'}."
        if answer_count
        else ""
    )
    text = (
        f"I will send you a direct message when something new answers “{escape_within(watch.question, 600)}”.{already}"
    )
    return message(
        f"You now watch “{truncate(watch.question, 120)}”", [section(text), *button_row(stop_watch_button(watch))]
    )


def too_many_message(most: int) -> Message:
    """Somebody watches as much as one can."""
    return message("You have too many watches", [section(_too_many_text(most))])


def _too_many_text(most: int) -> str:
    return f"You have {most} watches, and that is the most. `watches` lists them; remove one first."


def watch_list_message(watches: Sequence[WatchRow], command: str) -> Message:
    """A person's watches, each with a button to remove it."""
    if not watches:
        example = f"{command} watch quickbooks payments".strip()
        return message(
            "You watch nothing yet",
            [section(f"You watch nothing yet. `{escape(example)}` tells you when something new answers it.")],
        )
    blocks: list[Block] = [
        section(f"*You watch {pluralize(len(watches), 'question')}*"),
        *watch_rows(watches[:MAX_LISTED]),
    ]
    if len(watches) > MAX_LISTED:
        blocks.append(context(f"and {len(watches) - MAX_LISTED} more; they come up as you remove some."))
    return message(f"You watch {pluralize(len(watches), 'question')}", blocks)


def watch_rows(watches: Sequence[WatchRow]) -> list[Block]:
    """A row for each watch."""
    return [
        section(
            f"“{escape_within(w.question, 300)}”",
            ButtonElement(text="Remove", action_id=f"{REMOVE_WATCH}:{w.id}", value=str(w.id)),
        )
        for w in watches
    ]


def stop_watch_button(watch: WatchRow) -> ButtonElement:
    """Ends a watch, from a message that is about it alone."""
    return ButtonElement(text="Stop this watch", action_id=f"{STOP_WATCH}:{watch.id}", value=str(watch.id))
