"""What is said when something went wrong."""

from bot.slack.views.blocks import Message, escape, escape_within, message, section


def problem_message(sentence: str) -> Message:
    """A problem told in its own words."""
    return message(sentence, [section(f":warning: {escape_within(sentence, 2_900)}")])


def unexpected_error_message(reference: str) -> Message:
    """A fault of ours: the reference is in the log, the details are not shown."""
    sentence = f"Something went wrong on our side. Please try again; if it stays, tell your Halobot operator the reference {reference}."
    return message(sentence, [section(f":warning: {escape(sentence)}")])
