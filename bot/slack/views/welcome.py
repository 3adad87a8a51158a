"""The first message in a channel: what this is, and who added it. Pure."""

from bot.slack.views.blocks import Message, escape, message, section
from bot.slack.views.help import search_button_row


def introduction_message(who: str | None) -> Message:
    """Said once in a channel. `who` added the bot; None when Slack does not say."""
    added = f" <@{escape(who)}> added me here." if who else ""
    text = (
        f"Hello, I know what changed in HaloPSA.{added} Ask with `/halo jira default status` and only you see the answer; "
        "mention me and I answer in the thread. I read nothing else and write only when asked; `/halo help` shows more."
    )
    return message("Hello, I know what changed in HaloPSA: try /halo help", [section(text), *search_button_row()])
