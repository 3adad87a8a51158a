"""What the bot is and how to ask: `help`, the help of one verb, the empty question, and the hello in a new channel."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.slack.views.action_ids import HELP_GROUP, OPEN_SEARCH
from bot.slack.views.blocks import Block, Message, button, button_row, context, message, section
from bot.slack.views.limits import pack_lines
from bot.slack.views.mrkdwn import escape, escape_entities, escape_sentence, person_link

# (what to type, what comes back); every example works on the shipped catalogue.
EXAMPLES = (
    ("jira default status", "the change that fits best, and the next ones"),
    ("can prepaid be money instead of hours", "a question, in your own words"),
    ("1016865", "a change by its number, with or without #"),
    ("portal stuff since 2.210", "a list, newest first"),
    (
        "area:billing since 2.210",
        "narrowed by area:, version:, episode:, kind:, impact:, warnings: or highlights; sort:area orders it",
    ),
)


class VerbHelp(NamedTuple):
    """A verb as the help shows it."""

    example: str  # what is typed after the command; it works
    help: str
    name: str = ""
    aliases: tuple[str, ...] = ()


class VerbGroup(NamedTuple):
    """Verbs that belong together, as the help shows them."""

    name: str
    title: str
    about: str  # what they are for


def help_message(command: str, groups: Sequence[VerbGroup]) -> Message:
    """How to ask, and a button for each group of verbs. `command` stands before the question: "/halo", "@halo" or
    nothing.
    """
    examples = [_example_line(command, text, help) for text, help in EXAMPLES]
    asking = ["*Ask what changed in HaloPSA*, in your own words, by number or by version:", *examples]
    blocks = [section(part) for part in pack_lines(asking)]
    more = f"*There is more.* Press a button, or type {_in_code(command, 'help digests')}."
    blocks += [section(more), *group_buttons(groups)]
    blocks.append(context("Typos are fine. Only you see the answer to a command; a mention is answered in its thread."))
    return message(f"Ask what changed in HaloPSA: {_as_typed(command, 'jira default status')}", blocks)


def group_buttons(groups: Sequence[VerbGroup]) -> list[Block]:
    """A button for each group of verbs, and one that opens the search window."""
    buttons = [button(group.title, f"{HELP_GROUP}:{group.name}", group.name) for group in groups]
    return button_row(*buttons, button("Search", OPEN_SEARCH))


def help_group_message(command: str, group: VerbGroup, verbs: Sequence[VerbHelp]) -> Message:
    """What a group of verbs is for, and how each is typed."""
    lines = [_example_line(command, verb.example, verb.help) for verb in verbs]
    about = f"*{escape(group.title)}*\n{escape_sentence(group.about)}"
    return message(f"{group.title}: {group.about}", [section(about), *(section(part) for part in pack_lines(lines))])


def verb_help_message(command: str, verb: VerbHelp) -> Message:
    """How one verb is used: for `help <verb>`, and for a verb used in a way that it does not understand."""
    also = f"\nAlso: {', '.join(f'`{escape_entities(alias)}`' for alias in verb.aliases)}" if verb.aliases else ""
    example = escape_entities(_as_typed(command, verb.example))
    text = f"*{escape(verb.name)}*: {escape_sentence(verb.help)}\nFor example `{example}`{also}"
    return message(f"{verb.name}: {verb.help}", [section(text)])


def empty_question_message(command: str) -> Message:
    """The answer to an empty question."""
    examples = [f"`{escape_entities(_as_typed(command, text))}`" for text in ("jira default status", "v2.214", "help")]
    sentence = "What about HaloPSA would you like to know?"
    text = f"{sentence} Try: {_as_typed(command, 'jira default status')}"
    return message(
        text, [section(f"{sentence} Try {examples[0]}, {examples[1]} or {examples[2]}."), *search_button_row()]
    )


def introduction_message(who: str | None) -> Message:
    """Posted once in a channel. `who`: the person who added the bot; None where Slack does not say."""
    added = f" {person_link(who)} added me here." if who else ""
    text = (
        f"Hello, I know what changed in HaloPSA.{added} Ask with `/halo jira default status` and only you see the "
        "answer; mention me and I answer in the thread. I read nothing else and write only when asked; `/halo help` "
        "shows more."
    )
    return message("Hello, I know what changed in HaloPSA: try /halo help", [section(text), *search_button_row()])


def search_button_row() -> list[Block]:
    """A button that opens the search modal."""
    return button_row(button("Search", OPEN_SEARCH))


def _as_typed(command: str, text: str) -> str:
    return f"{command} {text}".strip()


def _in_code(command: str, text: str) -> str:
    return f"`{escape_entities(_as_typed(command, text))}`"


def _example_line(command: str, text: str, help: str) -> str:
    return f"`{escape_entities(_as_typed(command, text))}`  {escape_sentence(help)}"
