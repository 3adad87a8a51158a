"""Proposals of phrasings that wait for an admin, each with its buttons."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.conversation.entry_text import pluralize
from bot.slack.views.action_ids import ACCEPT_PHRASING, DISMISS_PHRASING
from bot.slack.views.blocks import Message, actions, button, context, message, section
from bot.slack.views.limits import truncate
from bot.slack.views.mrkdwn import escape_within

MAX_SHOWN = 5
NO_ADMINS = (
    "What is accepted changes what everybody here finds, so only those named in `HALO_ADMINS` may do it, and nobody is "
    "named. Whoever runs Halobot can name somebody, or run `halobot phrasings review` there."
)
NOT_AN_ADMIN = (
    "Only some people decide on phrasings in this workspace: those named in `HALO_ADMINS`. Ask one of them, or whoever "
    "runs Halobot."
)
ELSEWHERE = "Phrasings are decided on in Slack, or with `halobot phrasings review`."
DECIDED_ALREADY = "That was decided or changed since. This is what waits now:"
_ORIGINS = {"person": "written by a person", "llm": "by a language model", "question": "from a helpful answer"}


class ProposalRow(NamedTuple):
    """One proposal as it is shown, nothing escaped. `fingerprint` tells its words from others."""

    id: int
    key: str
    title: str
    field: str  # "phrasing", "area", …
    text: str
    origin: str
    fingerprint: str


def waiting_message(rows: Sequence[ProposalRow], count: int, is_own: bool = False) -> Message:
    """The first of `count` proposals that wait, oldest first. `is_own`: they are those of one team alone."""
    if not rows:
        text = "No phrasings wait for review."
        more = "They come from worksheets (`halobot phrasings`) and from questions whose answers were rated helpful."
        return message(text, [section(f"{text} {more}")])
    title = f"{pluralize(count, 'proposal')} {'waits' if count == 1 else 'wait'} for review"
    blocks = [section(f"*{title}*: how people ask for a change. What you accept is in the next answer.")]
    for row in rows:
        what = f"{row.field}: " if row.field != "phrasing" else ""
        subject = f"{escape_within(row.title or '(no such change now)', 150)} · #{escape_within(row.key, 80)}"
        origin = _ORIGINS.get(row.origin, "")
        blocks.append(section(f"“{what}{escape_within(row.text, 500)}”\n{subject} · {origin}"))
        value = f"{row.id}|{row.fingerprint}"
        blocks.append(
            actions([
                button("Accept", f"{ACCEPT_PHRASING}:{row.id}", value, style="primary"),
                button("Dismiss", f"{DISMISS_PHRASING}:{row.id}", value),
            ])
        )  # fmt: skip
    edit = "`halobot phrasings edit` gives one other words, `halobot phrasings undo` takes one back."
    own = "Only this workspace is answered by what you accept, until whoever runs Halobot publishes it."
    blocks.append(context(own if is_own else edit))
    return message(title, blocks)


def decided_text(text: str, accepted: bool) -> str:
    """What was decided. Not escaped."""
    return f"“{truncate(text, 120)}” is {'accepted' if accepted else 'dismissed'}."


def decode_phrasing(value: str) -> tuple[int, str]:
    """The number and the fingerprint of a button's value; no number, and there is no such proposal, in any other."""
    number, _, fingerprint = value.partition("|")
    return int(number) if number.isdecimal() and len(number) < 10 else -1, fingerprint
