"""What people are told when something went wrong, and what they can do about it."""

from bot.slack.views.blocks import Message, message, section
from bot.slack.views.mrkdwn import escape_sentence, escape_within

NOT_IN_CHANNEL = "I could not post there. Invite me with `/invite @halo` in that channel, then try again."
RATE_LIMITED = "Slack asks me to wait; nothing was posted. Please try again in a minute."
UNKNOWN_DELIVERY = "Slack did not say whether it arrived. Please look before you share it again."
UNKNOWN_ANSWER = "Slack did not say whether my answer arrived. If you do not see it, please ask again."
TRYING = "Slack or my database does not answer just now. I keep trying, and tell you when I have to give up."
GIVEN_UP = "I tried for a while and could not do this: Slack or my database did not let me. Please try again."
STOPPED = (
    "I began this several times and was stopped in the middle each time, so I gave it up. Asking again may stop me "
    "again: please tell whoever runs Halobot."
)
NOT_INSTALLED = (
    "Halobot is not installed in this workspace any more, or its permission cannot be read. Nothing was changed. "
    "Whoever manages apps here can add it again; whoever runs it finds the reason by `halobot doctor`."
)
BUSY = "I have too much to do just now. Please try again in a moment."
NOT_STORED = "I cannot take this just now. Nothing was changed; please try again in a minute."
MODAL_NOT_UPDATED = "Slack did not let me change the window. Please try again there, or ask with `/halo`."
MODAL_EXPIRED = "Slack waited too long for the window. Please try again."
ENTRY_GONE = "That change is no longer in the catalogue. Ask again to see what there is now."


def problem_message(sentence: str) -> Message:
    """A problem in its own words, not escaped."""
    return message(sentence, [section(f":warning: {escape_within(sentence, 2_900, escape_sentence)}")])


def unexpected_error_message(reference: str) -> Message:
    """A fault of ours. The log has the details under the same reference."""
    sentence = (
        "Something went wrong on our side. Please try again; if it happens again, tell your Halobot operator "
        f"the reference {reference}."
    )
    return message(sentence, [section(f":warning: {escape_sentence(sentence)}")])
