"""What the bot can be asked: the usage that Slack's reviewers look for on `help` and on anything not understood."""

from bot.messages.parts import Message, context, message, section

# (what to type, what comes back); every example works on the shipped catalogue.
EXAMPLES = (
    ("jira default status", "the change that fits best, and the next ones"),
    ("can clients see prepaid hours", "a question, in your own words"),
    ("1016865", "a change by its number, with or without #"),
    ("v2.214", "everything in a version; `latest` for the newest"),
    ("portal stuff since 2.210", "a list, newest first"),
    ("area:billing since 2.210", "narrowed by area:, version:, episode:, kind: or highlights"),
    ("help", "this"),
)


def help_message(command: str) -> Message:
    """How to ask. `command` is what stands before the question ("/halo", "@halo")."""
    lines = [f"`{command} {text}`  {what}" for text, what in EXAMPLES]
    return message(
        f"Ask what changed in HaloPSA: {command} jira default status",
        [
            section("*Ask what changed in HaloPSA*, in your own words, by number or by version:\n" + "\n".join(lines)),
            context("Typos are fine. Only you see the answer to a command; a mention is answered in its thread."),
        ],
    )


def welcome(command: str) -> Message:
    """The answer to nothing at all."""
    return message(
        f"What about HaloPSA would you like to know? Try: {command} jira default status",
        [section(f"What about HaloPSA would you like to know? Try `{command} jira default status`, `{command} v2.214` or `{command} help`.")],
    )
