"""“Forget me”: what is erased and what is kept is said before and after."""

from bot.conversation.entry_text import pluralize
from bot.slack.views.action_ids import FORGET_ME
from bot.slack.views.blocks import Message, button, button_row, confirm_dialog, message, section
from bot.storage.models import ForgottenCounts

ERASED = (
    "your watches, what I answered you last, and the records of direct messages that I sent you; your name is taken "
    "out of who changed which digest"
)
KEPT = (
    "Digests that you set up go on, without your name, for they are their channels'. Questions that found nothing are "
    "kept as words and counts, without who asked. Messages in Slack stay; you can delete those that you wrote."
)


def forget_me_message() -> Message:
    """What it would do, with the button that does it."""
    text = f"I can erase what I know of you in this workspace: {ERASED}. {KEPT}"
    ask = confirm_dialog("Erase it?", "This cannot be undone.", "Erase", "Keep it")
    return message(text, [section(text), *button_row(button("Erase", FORGET_ME, "me", style="danger", confirm=ask))])


def forgotten_message(counts: ForgottenCounts) -> Message:
    """What was done."""
    erased = [
        "1 watch" if counts.watches == 1 else f"{counts.watches} watches",
        pluralize(counts.conversations, "last answer"),
        pluralize(counts.messages, "direct message") + " of which I had a record",
    ]
    text = (
        f"Erased: {', '.join(erased)}. Your name was taken out of {pluralize(counts.events, 'change')} in the log of "
        f"changes and of {pluralize(counts.digests, 'digest')}. {KEPT}"
    )
    return message(text, [section(text)])
