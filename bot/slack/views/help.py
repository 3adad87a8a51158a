"""What the bot can be asked: the usage that Slack's reviewers look for on `help` and on anything not understood. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from slack_sdk.models.blocks import Block, ButtonElement

from bot.slack.views.action_ids import OPEN_SEARCH
from bot.slack.views.blocks import Message, button_row, context, escape, message, section
from bot.slack.views.limits import MAX_SECTION, pack_lines

# (what to type, what comes back); every example works on the shipped catalogue.
EXAMPLES = (
    ("jira default status", "the change that fits best, and the next ones"),
    ("can prepaid be money instead of hours", "a question, in your own words"),
    ("1016865", "a change by its number, with or without #"),
    ("portal stuff since 2.210", "a list, newest first"),
    ("area:billing since 2.210", "narrowed by area:, version:, episode:, kind: or highlights"),
)


class VerbHelp(NamedTuple):
    """A verb as help shows it."""

    example: str  # what is typed after the command; it works
    help: str
    name: str = ""
    aliases: tuple[str, ...] = ()


def help_message(command: str, verbs: Sequence[VerbHelp]) -> Message:
    """How to ask, and every verb. `command` is what stands before the question ("/halo", "@halo", or nothing)."""
    asked = [_line(command, text, what) for text, what in EXAMPLES]
    done = [_line(command, verb.example, verb.help) for verb in verbs]
    blocks: list[Block] = [
        section(part)
        for part in pack_lines(
            ["*Ask what changed in HaloPSA*, in your own words, by number or by version:", *asked], MAX_SECTION
        )
    ]
    blocks += [section(part) for part in pack_lines(["*Or begin with one of these words:*", *done], MAX_SECTION)]
    blocks.append(context("Typos are fine. Only you see the answer to a command; a mention is answered in its thread."))
    return message(
        f"Ask what changed in HaloPSA: {_as_typed(command, 'jira default status')}", [*blocks, *search_button_row()]
    )


def verb_help_message(command: str, verb: VerbHelp) -> Message:
    """How one verb is used: to whoever asked, or used it in a way that it does not understand."""
    also = f"\nAlso: {', '.join(f'`{escape(alias)}`' for alias in verb.aliases)}" if verb.aliases else ""
    text = f"*{escape(verb.name)}*: {escape(verb.help)}\nFor example `{escape(_as_typed(command, verb.example))}`{also}"
    return message(f"{verb.name}: {verb.help}", [section(text)])


def empty_question_message(command: str) -> Message:
    """The answer to nothing at all."""
    examples = [f"`{escape(_as_typed(command, text))}`" for text in ("jira default status", "v2.214", "help")]
    sentence = "What about HaloPSA would you like to know?"
    tried = f"{sentence} Try: {_as_typed(command, 'jira default status')}"
    return message(
        tried, [section(f"{sentence} Try {examples[0]}, {examples[1]} or {examples[2]}."), *search_button_row()]
    )


def search_button_row(label: str = "Search") -> list[Block]:
    """A button that opens the search window."""
    return button_row(ButtonElement(text=label, action_id=OPEN_SEARCH, value=""))


def _as_typed(command: str, text: str) -> str:
    return f"{command} {text}".strip()


def _line(command: str, text: str, what: str) -> str:
    return f"`{escape(_as_typed(command, text))}`  {escape(what)}"
