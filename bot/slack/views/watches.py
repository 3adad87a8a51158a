"""A person's watches: saved questions, answered by a direct message when something new arrives."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.conversation.entry_text import pluralize
from bot.slack.views.action_ids import REMOVE_WATCH, STOP_ALL_WATCHES, STOP_WATCH
from bot.slack.views.blocks import (
    Block,
    Element,
    Message,
    View,
    button,
    button_row,
    confirm_dialog,
    context,
    element,
    input_block,
    message,
    modal,
    plain_text,
    section,
)
from bot.slack.views.limits import MAX_BUTTON, truncate
from bot.slack.views.mrkdwn import escape_entities, escape_within
from bot.slack.views.subscription_modal import TOPIC, WATCH_VIEW

MAX_LISTED = 20

NOT_YOUR_WATCH = "That watch is stopped already, or it is somebody else's."


class WatchRow(NamedTuple):
    """One watch as it is shown."""

    id: int
    question: str


def watching_text(watch: WatchRow | None, most: int) -> str:
    """`watching_message` in one sentence, not escaped; `watch` is None for a person who has `most` watches already."""
    if watch is None:
        return _too_many_text(most)
    return f"You now watch “{truncate(watch.question, 120)}”. I tell you directly when something new answers it."


def watching_message(watch: WatchRow, answer_count: int, subject: str = "", title: str = "") -> Message:
    """A question is watched from now on; `answer_count` changes answer it today. `subject`: the area or version that it
    means, in words; `title`: of the change whose number it is. Neither is escaped.
    """
    are, them = ("is", "it") if answer_count == 1 else ("are", "them")
    today = f" There {are} {pluralize(answer_count, 'answer')} today; ask to see {them}." if answer_count else ""
    question = escape_within(watch.question, 600)
    text = f"I will send you a direct message when something new answers “{question}”.{today}"
    if subject:
        meant = escape_within(subject, 300)
        text = f"I will send you a direct message when something new comes for “{question}”. That means: {meant}."
    if title:
        text = f"I will send you a direct message when {question} is corrected or changed: {escape_within(title, 300)}."
    blocks = [section(text), *button_row(stop_watch_button(watch))]
    return message(f"You now watch “{truncate(watch.question, 120)}”", blocks)


def too_many_message(most: int) -> Message:
    """For a person who has `most` watches already."""
    return message("You have too many watches", [section(_too_many_text(most))])


def watch_list_message(watches: Sequence[WatchRow], command: str) -> Message:
    """A person's watches, each with a button to remove it."""
    if not watches:
        example = escape_entities(f"{command} watch quickbooks payments".strip())
        text = f"You watch nothing. `{example}` tells you when something new answers it."
        return message("You watch nothing", [section(text)])
    title = f"You watch {pluralize(len(watches), 'question')}"
    blocks = [section(f"*{title}*"), *watch_rows(watches[:MAX_LISTED])]
    if len(watches) > MAX_LISTED:
        blocks.append(context(f"and {len(watches) - MAX_LISTED} more; they come up as you remove some."))
    return message(title, blocks)


def stop_all_message(watches: Sequence[WatchRow], command: str) -> Message:
    """Somebody wants to end all of their watches: what they are, and a button that ends them after Slack asked."""
    listed = watch_list_message(watches, command)
    if not watches:
        return listed
    title = "Nothing is removed yet. Press Stop all, or remove them one by one:"
    ask = confirm_dialog(
        "Stop all watches?",
        f"You no longer watch {pluralize(len(watches), 'question')}.",
        confirm="Stop all",
        deny="Keep them",
    )
    ids = ",".join(str(watch.id) for watch in watches)
    stop = button("Stop all", STOP_ALL_WATCHES, ids, style="danger", confirm=ask)
    return message(title, [section(title), *button_row(stop), *listed["blocks"]])


def stopped_all_text(count: int) -> str:
    """All watches were removed. Not escaped."""
    return f"You no longer watch {pluralize(count, 'question')}." if count else "They are stopped already."


def watch_modal() -> View:
    """The modal that asks what to watch."""
    box = element("plain_text_input", TOPIC, max_length=300, placeholder=plain_text("jira default status"))
    blocks = [input_block(TOPIC, "Tell me when something new answers", box)]
    return modal(WATCH_VIEW, "Watch a topic", blocks, submit="Watch", close="Cancel")


def watch_rows(watches: Sequence[WatchRow]) -> list[Block]:
    """A row for each watch, with a button to remove it."""
    return [
        section(
            f"“{escape_within(watch.question, 300)}”", button("Remove", f"{REMOVE_WATCH}:{watch.id}", str(watch.id))
        )
        for watch in watches
    ]


def stop_watch_button(watch: WatchRow, by_name: bool = False) -> Element:
    """Ends a watch, from a message that is about it; `by_name` where that is about others, too."""
    label = (
        truncate(f"Stop “{truncate(watch.question, MAX_BUTTON - 10)}”", MAX_BUTTON) if by_name else "Stop this watch"
    )
    return button(label, f"{STOP_WATCH}:{watch.id}", str(watch.id))


def watch_stopped_text(question: str) -> str:
    """A watch was removed. Not escaped."""
    return f"You no longer watch “{question[:120]}”."


def no_such_watch_text(question: str) -> str:
    """Somebody ends a watch that they do not have. Not escaped."""
    return f"You watch nothing called “{truncate(question, 120)}”. Remove what you mean:"


def _too_many_text(most: int) -> str:
    return f"You have {most} watches, and that is the most. `watches` lists them; remove one first."
