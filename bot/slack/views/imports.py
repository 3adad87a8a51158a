"""What is said about an import from an address: what it would bring, what it brought, and what its buttons carry. Pure."""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from slack_sdk.models.blocks import Block, ButtonElement

from bot.slack.views.action_ids import CANCEL_IMPORT, IMPORT
from bot.slack.views.blocks import Message, buttons, context, count, fit, message, section
from bot.slack.views.limits import cut, pack
from bot.text import unescape

LONGEST = 1_800  # characters of an address: what is typed is cut at 2,000, and a button holds as many
SHOWN = 10  # lines of the report; the rest is counted
REMARKS = 3

NOBODY = (
    "An import changes what everybody here finds, so only those named in `HALO_ADMINS` may do it, and nobody is named. "
    "Whoever runs Halobot can name somebody, or run `halobot import` there."
)
NOT_YOU = "Only some people may import in this workspace: those named in `HALO_ADMINS`. Ask one of them, or whoever runs Halobot."
TOO_LONG = f"That address is too long for a button in Slack (the most is {LONGEST:,} characters). Whoever runs Halobot can give it to `halobot import`."
BUSY = "I am reading another address just now. Please try again in a minute."
CANCELLED = "Nothing was imported."

_LINK = re.compile(r"<([^<>|]+)(?:\|[^<>]*)?>?")  # the end may be missing: what is typed is cut


class Line(NamedTuple):
    """One line of a report, nothing escaped: what would happen (`new`, `refused`, …), to which change, and why."""

    what: str
    key: str
    title: str
    why: str = ""
    place: int = 0


class Found(NamedTuple):
    """What an address brings, or brought: `counts` in words, the lines that need a person first, and how the rest was
    understood.
    """

    url: str
    counts: str
    lines: Sequence[Line] = ()
    remarks: Sequence[str] = ()
    unsure: int = 0


def reading(url: str) -> Message:
    """Somebody has to wait."""
    return message(f"Reading {url} …", [context(f"Reading {_address(url)} … This can take a minute.")])


def would_bring(found: Found, value: str) -> Message:
    """The dry run, and the buttons. `value`: what Import carries (`import_value`)."""
    asked = [
        ButtonElement(text="Import", action_id=IMPORT, value=value, style="primary"),
        ButtonElement(text="Cancel", action_id=CANCEL_IMPORT, value=""),
    ]
    title = section(
        f"*{fit(found.counts, 300)}*: that is what {_address(found.url)} would bring. Nothing is imported yet."
    )
    return message(f"An import would bring: {found.counts}", [title, *_report(found), *buttons(*asked)])


def nothing_new(found: Found) -> Message:
    """There is nothing to confirm, or nothing was left to import."""
    text = f"Nothing new in {_address(found.url)}: {fit(found.counts, 300)}. There is nothing to import."
    return message(f"Nothing new in {cut(found.url, 150)}", [section(text), *_report(found)])


def imported(found: Found) -> Message:
    """It is in the catalogue."""
    text = f"*Imported: {fit(found.counts, 300)}*, from {_address(found.url)}. Digests and watches tell the rest."
    waits = (
        f"{count(found.unsure, 'line')} {'waits' if found.unsure == 1 else 'wait'} for a person: `halobot sources review`. "
        if found.unsure
        else ""
    )
    return message(f"Imported: {found.counts}", [section(text), context(f"{waits}`halobot undo` takes it back.")])


def address_of(typed: str) -> str:
    """The address in what was typed; Slack escapes it, and in a message makes `<https://…|…>` of it."""
    plain = unescape(typed.strip())
    link = _LINK.fullmatch(plain)
    return link[1] if link else plain


def import_value(url: str, seen: str) -> str:
    """What the button Import carries: the address, and what stands for what was shown. Empty when it is too long for a
    button.
    """
    # escaped there too, though nobody sees it: no text of ours pings anyone
    value = f"{seen}|{html.escape(url, quote=False)}"
    return value if len(url) <= LONGEST and len(value) <= 2_000 else ""


def read_import(value: str) -> tuple[str, str]:
    """The address and what stands for what was shown, as the button carried them."""
    seen, _, url = value.partition("|")
    return html.unescape(url), seen


def _report(found: Found) -> list[Block]:
    blocks: list[Block] = [section(part) for part in pack([_line(one) for one in found.lines[:SHOWN]])]
    if len(found.lines) > SHOWN:
        blocks.append(context(f"and {len(found.lines) - SHOWN:,} more"))
    return blocks + [context(fit(remark, 300)) for remark in found.remarks[:REMARKS]]


def _line(line: Line) -> str:
    key = f"#{line.key}" if line.key.isdigit() else line.key
    where = f"line {line.place:,}" if line.place and line.what in ("refused", "unsure") else ""
    parts = [fit(part, most) for part, most in ((key, 40), (where, 20), (line.title, 120), (line.why, 120)) if part]
    return " · ".join([f"• *{line.what}*", *parts])


def _address(url: str) -> str:
    return fit(url, 200)
