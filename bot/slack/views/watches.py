"""What is said about somebody's watches. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from slack_sdk.models.blocks import Block, ButtonElement

from bot.slack.views.action_ids import REMOVE_WATCH, STOP_WATCH
from bot.slack.views.blocks import Message, buttons, context, count, escape, fit, message, section
from bot.slack.views.limits import cut

SHOWN = 20


class Watched(NamedTuple):
    """One watch as it is shown."""

    id: int
    question: str


def stored_text(watch: Watched | None, most: int) -> str:
    """The same in a sentence that is not escaped; `watch` is None for somebody who watches as much as one can."""
    return (
        f"You now watch “{cut(watch.question, 120)}”. I tell you directly when something new answers it."
        if watch
        else _too_many(most)
    )


def watching(watch: Watched, now: int) -> Message:
    """A question is watched from now on. `now`: how many answers there are already."""
    already = (
        f" There {'is' if now == 1 else 'are'} {count(now, 'answer')} today; ask to see {'it' if now == 1 else 'them'}."
        if now
        else ""
    )
    text = f"I will send you a direct message when something new answers “{fit(watch.question, 600)}”.{already}"
    return message(f"You now watch “{cut(watch.question, 120)}”", [section(text), *buttons(stop_button(watch))])


def too_many(most: int) -> Message:
    """Somebody watches as much as one can."""
    return message("You have too many watches", [section(_too_many(most))])


def _too_many(most: int) -> str:
    return f"You have {most} watches, and that is the most. `watches` lists them; remove one first."


def watch_list(watches: Sequence[Watched], command: str) -> Message:
    """A person's watches, each with a button to remove it."""
    if not watches:
        example = f"{command} watch quickbooks payments".strip()
        return message(
            "You watch nothing yet",
            [section(f"You watch nothing yet. `{escape(example)}` tells you when something new answers it.")],
        )
    blocks: list[Block] = [section(f"*You watch {count(len(watches), 'question')}*"), *watch_rows(watches[:SHOWN])]
    if len(watches) > SHOWN:
        blocks.append(context(f"and {len(watches) - SHOWN} more; they come up as you remove some."))
    return message(f"You watch {count(len(watches), 'question')}", blocks)


def watch_rows(watches: Sequence[Watched]) -> list[Block]:
    """A row for each watch."""
    return [
        section(
            f"“{fit(w.question, 300)}”",
            ButtonElement(text="Remove", action_id=f"{REMOVE_WATCH}:{w.id}", value=str(w.id)),
        )
        for w in watches
    ]


def stop_button(watch: Watched) -> ButtonElement:
    """Ends a watch, from a message that is about it alone."""
    return ButtonElement(text="Stop this watch", action_id=f"{STOP_WATCH}:{watch.id}", value=str(watch.id))
