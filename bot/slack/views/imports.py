"""What is said about an import from an address: what it would bring, what it brought, and what its buttons carry. Pure."""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from slack_sdk.models.blocks import Block, ButtonElement

from bot.slack.views.action_ids import CANCEL_IMPORT, CONFIRM_IMPORT
from bot.slack.views.blocks import Message, button_row, context, escape_within, message, pluralize, section
from bot.slack.views.limits import pack_lines, truncate
from bot.text import unescape

MAX_ADDRESS_LENGTH = 1_800  # characters of an address: what is typed is cut at 2,000, and a button holds as many
MAX_ROWS = 10  # lines of the report; the rest is counted
MAX_REMARKS = 3

NO_ADMINS = (
    "An import changes what everybody here finds, so only those named in `HALO_ADMINS` may do it, and nobody is named. "
    "Whoever runs Halobot can name somebody, or run `halobot import` there."
)
NOT_AN_ADMIN = "Only some people may import in this workspace: those named in `HALO_ADMINS`. Ask one of them, or whoever runs Halobot."
ADDRESS_TOO_LONG = f"That address is too long for a button in Slack (the most is {MAX_ADDRESS_LENGTH:,} characters). Whoever runs Halobot can give it to `halobot import`."
BUSY = "I am reading another address just now. Please try again in a minute."
CANCELLED = "Nothing was imported."

_LINK = re.compile(r"<([^<>|]+)(?:\|[^<>]*)?>?")  # the end may be missing: what is typed is cut


class ImportRow(NamedTuple):
    """One line of a report, nothing escaped: what would happen (`new`, `refused`, …), to which change, and why."""

    status: str
    key: str
    title: str
    reason: str = ""
    line_number: int = 0


class ImportSummary(NamedTuple):
    """What an address brings, or brought: `counts` in words, the lines that need a person first, and how the rest was
    understood.
    """

    url: str
    counts: str
    rows: Sequence[ImportRow] = ()
    remarks: Sequence[str] = ()
    review_count: int = 0


def reading_message(url: str) -> Message:
    """Somebody has to wait."""
    return message(f"Reading {url} …", [context(f"Reading {_format_address(url)} … This can take a minute.")])


def confirmation_message(summary: ImportSummary, value: str) -> Message:
    """The dry run, and the buttons. `value`: what Import carries (`import_value`)."""
    asked = [
        ButtonElement(text="Import", action_id=CONFIRM_IMPORT, value=value, style="primary"),
        ButtonElement(text="Cancel", action_id=CANCEL_IMPORT, value=""),
    ]
    title = section(
        f"*{escape_within(summary.counts, 300)}*: that is what {_format_address(summary.url)} would bring. Nothing is imported yet."
    )
    return message(f"An import would bring: {summary.counts}", [title, *_report(summary), *button_row(*asked)])


def nothing_new_message(summary: ImportSummary) -> Message:
    """There is nothing to confirm, or nothing was left to import."""
    text = f"Nothing new in {_format_address(summary.url)}: {escape_within(summary.counts, 300)}. There is nothing to import."
    return message(f"Nothing new in {truncate(summary.url, 150)}", [section(text), *_report(summary)])


def imported_message(summary: ImportSummary) -> Message:
    """It is in the catalogue."""
    text = f"*Imported: {escape_within(summary.counts, 300)}*, from {_format_address(summary.url)}. Digests and watches tell the rest."
    waits = (
        f"{pluralize(summary.review_count, 'line')} {'waits' if summary.review_count == 1 else 'wait'} for a person: `halobot sources review`. "
        if summary.review_count
        else ""
    )
    return message(f"Imported: {summary.counts}", [section(text), context(f"{waits}`halobot undo` takes it back.")])


def extract_address(typed: str) -> str:
    """The address in what was typed; Slack escapes it, and in a message makes `<https://…|…>` of it."""
    plain = unescape(typed.strip())
    link = _LINK.fullmatch(plain)
    return link[1] if link else plain


def encode_import(url: str, fingerprint: str) -> str:
    """What the button Import carries: the address, and what stands for what was shown. Empty when it is too long for a
    button.
    """
    # escaped there too, though nobody sees it: no text of ours pings anyone
    value = f"{fingerprint}|{html.escape(url, quote=False)}"
    return value if len(url) <= MAX_ADDRESS_LENGTH and len(value) <= 2_000 else ""


def decode_import(value: str) -> tuple[str, str]:
    """The address and what stands for what was shown, as the button carried them."""
    seen, _, url = value.partition("|")
    return html.unescape(url), seen


def _report(summary: ImportSummary) -> list[Block]:
    blocks: list[Block] = [section(part) for part in pack_lines([_format_row(one) for one in summary.rows[:MAX_ROWS]])]
    if len(summary.rows) > MAX_ROWS:
        blocks.append(context(f"and {len(summary.rows) - MAX_ROWS:,} more"))
    return blocks + [context(escape_within(remark, 300)) for remark in summary.remarks[:MAX_REMARKS]]


def _format_row(line: ImportRow) -> str:
    key = f"#{line.key}" if line.key.isdigit() else line.key
    where = f"line {line.line_number:,}" if line.line_number and line.status in ("refused", "unsure") else ""
    parts = [
        escape_within(part, most)
        for part, most in ((key, 40), (where, 20), (line.title, 120), (line.reason, 120))
        if part
    ]
    return " · ".join([f"• *{line.status}*", *parts])


def _format_address(url: str) -> str:
    return escape_within(url, 200)
