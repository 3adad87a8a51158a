"""What people are told when something went wrong, and what they can do about it."""

from bot.slack.views.blocks import Message, message, section
from bot.slack.views.mrkdwn import escape_sentence, escape_within

NOT_IN_CHANNEL = "I could not post there. Invite me with `/invite @halo` in that channel, then try again."
RATE_LIMITED = "Slack asks me to wait; nothing was posted. Please try again in a minute."
UNKNOWN_DELIVERY = "Slack did not say whether it arrived. Please look before you share it again."
MODAL_NOT_UPDATED = "Slack did not let me change the window. Please try again there, or ask with `/halo`."
MODAL_EXPIRED = "Slack waited too long for the window. Please try again."
ENTRY_GONE = "That change is no longer in the catalogue. Ask again to see what there is now."


def problem_message(sentence: str) -> Message:
    """A problem in its own words, not escaped."""
    return message(sentence, [section(f":warning: {escape_within(sentence, 2_900, escape_sentence)}")])


def unexpected_error_message(reference: str) -> Message:
    """A fault of ours. The log has the details under the same reference."""
    sentence = (
        "Something went wrong on our side. Please try again; if it stays, tell your Halobot operator "
        f"the reference {reference}."
    )
    return message(sentence, [section(f":warning: {escape_sentence(sentence)}")])
