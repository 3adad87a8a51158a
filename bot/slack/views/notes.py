"""One sentence each, of what a button just did or why it could not. Pure."""

from bot.slack.views.blocks import Message, context, escape_within, message, section
from bot.slack.views.limits import MAX_SECTION

ENTRY_GONE = "That change is no longer in the catalogue. Ask again to see what there is now."
MARKED_HELPFUL = "Thank you: noted as helpful."
MARKED_NOT_HELPFUL = "Thank you: noted as not helpful. Whoever runs Halobot sees which questions to look at."
NO_LONGER_FOUND = "I find nothing for that any more. Ask again in other words."
NOT_YOUR_WATCH = "That watch is stopped already, or it is somebody else's."
MODAL_NOT_UPDATED = "Slack did not let me change the window. Please try again there, or ask with `/halo`."
MODAL_EXPIRED = "Slack waited too long for the window. Please try again."
NOWHERE_TO_SHARE = (
    "Here is nobody to share it with. In a channel, ask with `/halo` and press Share, or mention me there."
)
END_OF_RESULTS = "That was all."
NOT_IN_CHANNEL = "I could not post there. Invite me with `/invite @halo` in that channel, then try again."
RATE_LIMITED = "Slack asks me to wait; nothing was posted. Please try again in a minute."
UNKNOWN_DELIVERY = "Slack did not say whether it arrived. Please look before you share it again."
NO_SUCH_DIGEST = "No digest here is about that, so I searched for it. `subscriptions` lists the digests; `unsubscribe` alone ends all in this channel."
SHARE_FAILED = "I could not share it there. Ask again with `/halo` in the channel, then press Share."


def text_message(text: str) -> Message:
    """A sentence; what is in backticks stays code."""
    return message(text.replace("`", ""), [section(escape_within(text, MAX_SECTION))])


def with_prefix(text: str, said: Message) -> Message:
    """A message with a grey line before it: how a misspelt word was understood."""
    return {**said, "blocks": [context(escape_within(text, 1_000)).to_dict(), *said["blocks"]]}


def watch_stopped_text(question: str) -> str:
    """A watch was removed."""
    return f"You no longer watch “{question[:120]}”."


def shared_text(thread: str) -> str:
    """Something is out: in the thread where there is one, else in the channel. It names neither, for the person is
    looking at it.
    """
    return "Shared in the thread." if thread else "Shared to the channel."


def no_such_result_text(result_count: int) -> str:
    """Somebody asked for "the seventh" of five."""
    return f"My last answer has only {result_count}. Say `more`, or ask again."
