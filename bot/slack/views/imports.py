"""Importing from an address in Slack: what it would bring, what it brought, and what its buttons carry."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.conversation.entry_text import pluralize
from bot.slack.views.action_ids import CANCEL_IMPORT, CONFIRM_IMPORT
from bot.slack.views.blocks import Block, Message, button, button_row, context, message, section
from bot.slack.views.limits import MAX_BUTTON_VALUE, pack_lines, truncate
from bot.slack.views.mrkdwn import escape_entities, escape_within, unescape

MAX_ADDRESS_LENGTH = 1_800  # characters: a button's value holds 2,000, and what is typed is cut at 2,000
MAX_ROWS = 10  # the others are counted
MAX_REMARKS = 3

NO_ADMINS = (
    "An import changes what everybody here finds, so only those named in `HALO_ADMINS` may do it, and nobody is named. "
    "Whoever runs Halobot can name somebody, or run `halobot import` there."
)
NOT_AN_ADMIN = (
    "Only some people may import in this workspace: those named in `HALO_ADMINS`. Ask one of them, or whoever runs "
    "Halobot."
)
ADDRESS_TOO_LONG = (
    f"That address is too long for a button in Slack (the most is {MAX_ADDRESS_LENGTH:,} characters). Whoever runs "
    "Halobot can give it to `halobot import`."
)
BUSY = "I am reading another address just now. Please try again in a minute."
CANCELLED = "Nothing was imported."


class ImportRow(NamedTuple):
    """One line of an import's report, nothing escaped."""

    status: str  # "new", "refused", "unsure", …
    key: str
    title: str
    reason: str = ""
    line_number: int = 0


class ImportSummary(NamedTuple):
    """What an address would bring, or brought."""

    url: str
    counts: str  # "12 new, 1 refused"
    rows: Sequence[ImportRow] = ()  # those that need a person first
    remarks: Sequence[str] = ()  # how the rest was understood
    review_count: int = 0  # lines that wait for a person


def reading_message(url: str) -> Message:
    """The address is being read."""
    return message(f"Reading {url} …", [context(f"Reading {_address(url)} … This can take a minute.")])


def confirmation_message(summary: ImportSummary, value: str) -> Message:
    """What the import would do, and the buttons to do it or not. `value`: as `encode_import` made it."""
    buttons = (
        button("Import", CONFIRM_IMPORT, value, style="primary"),
        button("Cancel", CANCEL_IMPORT),
    )
    title = (
        f"*{escape_within(summary.counts, 300)}*: that is what {_address(summary.url)} would bring. "
        "Nothing is imported yet."
    )
    blocks = [section(title), *_report(summary), *button_row(*buttons)]
    return message(f"An import would bring: {summary.counts}", blocks)


def nothing_new_message(summary: ImportSummary) -> Message:
    """There is nothing to confirm, or nothing is left to import."""
    counts = escape_within(summary.counts, 300)
    text = f"Nothing new in {_address(summary.url)}: {counts}. There is nothing to import."
    return message(f"Nothing new in {truncate(summary.url, 150)}", [section(text), *_report(summary)])


def nothing_read_message(summary: ImportSummary) -> Message:
    """Nothing at the address was understood, so nobody can say whether something is new."""
    counts = escape_within(summary.counts, 300)
    text = f"Nothing in {_address(summary.url)} could be read: {counts}. Nothing was imported."
    return message(f"Nothing could be read in {truncate(summary.url, 150)}", [section(text), *_report(summary)])


def imported_message(summary: ImportSummary, own_team: str = "") -> Message:
    """The entries are in the catalogue; `own_team`: the team that alone finds them."""
    counts = escape_within(summary.counts, 300)
    text = f"*Imported: {counts}*, from {_address(summary.url)}. Digests and watches announce what is new."
    of_team = f" --team {own_team}" if own_team else ""
    undo = f"`halobot undo{of_team}` takes it back."
    if summary.review_count:
        waits = "waits" if summary.review_count == 1 else "wait"
        lines = pluralize(summary.review_count, "line")
        undo = f"{lines} {waits} for a person: `halobot sources review{of_team}`. {undo}"
    if own_team:
        undo = f"Only this workspace finds it, until whoever runs Halobot publishes it. {undo}"
    return message(f"Imported: {summary.counts}", [section(text), context(undo)])


def encode_import(url: str, fingerprint: str) -> str:
    """The value of the button Import: the address, and the fingerprint of the summary that was shown.

    Empty where it is too long for a button.
    """
    value = f"{fingerprint}|{escape_entities(url)}"
    return value if len(url) <= MAX_ADDRESS_LENGTH and len(value) <= MAX_BUTTON_VALUE else ""


def decode_import(value: str) -> tuple[str, str]:
    """The address and the fingerprint of a value that `encode_import` made."""
    fingerprint, _, url = value.partition("|")
    return unescape(url), fingerprint


def _report(summary: ImportSummary) -> list[Block]:
    blocks = [section(part) for part in pack_lines(_format_row(row) for row in summary.rows[:MAX_ROWS])]
    if len(summary.rows) > MAX_ROWS:
        blocks.append(context(f"and {len(summary.rows) - MAX_ROWS:,} more"))
    return blocks + [context(escape_within(remark, 300)) for remark in summary.remarks[:MAX_REMARKS]]


def _format_row(row: ImportRow) -> str:
    key = f"#{row.key}" if row.key.isdigit() else row.key
    line = f"line {row.line_number:,}" if row.line_number and row.status in ("refused", "unsure") else ""
    limits = ((key, 40), (line, 20), (row.title, 120), (row.reason, 120))
    parts = [escape_within(part, limit) for part, limit in limits if part]
    return " · ".join([f"• *{row.status}*", *parts])


def _address(url: str) -> str:
    return escape_within(url, 200)
