"""One sentence each, of what a button just did or why it could not. Pure."""

from bot.slack.views.blocks import Message, context, fit, message, section
from bot.slack.views.limits import SECTION

GONE = "That change is no longer in the catalogue. Ask again to see what there is now."
HELPFUL = "Thank you: noted as helpful."
NOT_HELPFUL = "Thank you: noted as not helpful. Whoever runs Halobot sees which questions to look at."
NOT_FOUND_ANY_MORE = "I find nothing for that any more. Ask again in other words."
NOT_YOURS = "That watch is stopped already, or it is somebody else's."
WINDOW_UNCHANGED = "Slack did not let me change the window. Please try again there, or ask with `/halo`."
TOO_LATE = "Slack waited too long for the window. Please try again."
NOWHERE_TO_SHARE = (
    "Here is nobody to share it with. In a channel, ask with `/halo` and press Share, or mention me there."
)
NOTHING_MORE = "That was all."
INVITE = "I could not post there. Invite me with `/invite @halo` in that channel, then try again."
TOO_MANY = "Slack asks me to wait; nothing was posted. Please try again in a minute."
UNSURE = "Slack did not say whether it arrived. Please look before you share it again."
NO_SUCH_DIGEST = "No digest here is about that, so I searched for it. `subscriptions` lists the digests; `unsubscribe` alone ends all in this channel."
SHARE_FAILED = "I could not share it there. Ask again with `/halo` in the channel, then press Share."


def note(text: str) -> Message:
    """A sentence; what is in backticks stays code."""
    return message(text.replace("`", ""), [section(fit(text, SECTION))])


def before(text: str, said: Message) -> Message:
    """A message with a grey line before it: how a misspelt word was understood."""
    return {**said, "blocks": [context(fit(text, 1_000)).to_dict(), *said["blocks"]]}


def stopped(question: str) -> str:
    """A watch was removed."""
    return f"You no longer watch “{question[:120]}”."


def shared(thread: str) -> str:
    """Something is out: in the thread where there is one, else in the channel. It names neither, for the person is
    looking at it.
    """
    return "Shared in the thread." if thread else "Shared to the channel."


def no_such_place(shown: int) -> str:
    """Somebody asked for "the seventh" of five."""
    return f"My last answer has only {shown}. Say `more`, or ask again."
