"""Posts made by chance: the same facts in many layouts, as sites, chats and people write them. A seed always makes the
same post.
"""

import html
import random
from collections.abc import Callable
from typing import NamedTuple

BRAND = "By the [run]Book"
# Titles with what a reader might take for something else in them: versions, times, numbers, bars, quotes.
TITLES = (
    "Added an option to hide “Internal” notes from the portal", "$TICKETOWNER can now be used in email templates",
    "TLS 1.2 is enforced for outgoing webhooks",
    'A new setting, "Match on GUID", for the Dynamics 365 import', "You can now set Budgets per phase (hours & money)",
    "Shifts can now start before 9:00",
    "Fixed rounding to 2.50 on invoices over 1000 lines", "The /Assets endpoint returns 500 records at most",
    "Approvals: remind after 3 days",
    "Bulk-edit for SLAs – now with undo", "Custom Fields on the Agent's profile", "Quotes/Orders: split by supplier",
    "Labels: print 10 x 4 grids",
    "Report on users who haven't logged in since 2024", "Added support for HTTP/2",
    "NinjaOne: import by organisation (beta)", "Kanban v2 board with swimlanes",
)  # fmt: skip
SUMMARIES = (
    "Gives teams more control over what is shown.", "Prevents duplicate invoices when two jobs run at once.",
    "Allows admins to choose between 3 modes.",
    "Set it under Configuration > Tickets > General Settings.", "Makes life easier; applies to v2 of the API as well.",
)  # fmt: skip
NOTES = (
    "Saves time for dispatchers",
    "Works with Teams and Slack",
    "Can be set per client",
    "Recommended for larger teams",
)
HIGHLIGHTS = (
    "Important Mentions",
    "Here are a few key updates featured in this episode:",
    "The big ones:",
    "Our favorite changes:",
    "What stood out:",
)
FULL = (
    "Full Feature List",
    "Full Feature review:",
    "All changes",
    "The full list",
    "Everything else we covered:",
    "The rest of the list:",
)
WORDS_BEFORE = (
    "There is a lot to like in this one, from small fixes to big features.",
    "Whether you bill by the hour or by the device, come in.",
)
MARKS = (" | ", " – ", " - ", " • ", " · ")


class Made(NamedTuple):
    """One change, as it is to be read."""

    number: str
    version: str
    at: str | None
    title: str
    summary: str
    notes: tuple[str, ...]


class Post(NamedTuple):
    """A post, and its facts: (number, version, minute, highlighted)."""

    name: str
    text: str
    episode: int
    facts: frozenset[tuple[str, str, str | None, bool]]


class Part(NamedTuple):
    """One line of a post, and what it is: "p", "li", "row", "nav" or a heading such as "h3"."""

    kind: str
    text: str


ROWS: dict[str, Callable[[Made, str], str]] = {
    "classic": lambda x, _: f"{x.title} | v{x.version} #{x.number} | {x.at or ''}".rstrip(),
    "no sign": lambda x, _: f"{x.title} | v{x.version} {x.number}{f' | {x.at}' if x.at else ''}",
    "one mark": lambda x, mark: mark.join(part for part in (x.title, f"v{x.version}", f"#{x.number}", x.at) if part),
    "brackets": lambda x, _: (
        f"{x.title} ({', '.join(part for part in (f'v{x.version}', f'#{x.number}', x.at) if part)})"
    ),
    "number first": lambda x, mark: mark.join(
        part for part in (f"#{x.number}", x.title, f"v{x.version}", x.at) if part
    ),
    "minute first": lambda x, mark: mark.join(part for part in (x.at, x.title, f"v{x.version} #{x.number}") if part),
    "spread": lambda x, _: "\n".join(part for part in (x.title, f"v{x.version}", f"#{x.number}", x.at) if part),
}


def make_post(seed: int) -> Post:
    """The post of a seed."""
    chance = random.Random(seed)
    changes, lit, listed = _changes(chance)
    episode = chance.randint(23, 99)
    row, mark, told = chance.choice(list(ROWS)), chance.choice(MARKS), chance.random() < 0.75
    parts = _head(chance, episode, sorted({change.version for change in changes}))
    write = ROWS[row]

    def add(change: Made, noted: bool) -> None:
        parts.append(Part("row", write(change, mark)))
        parts.extend([Part("p", change.summary)] if told and change.summary else [])
        parts.extend(Part("li", note) for note in change.notes if noted)

    if lit:
        parts.append(Part("h3", chance.choice(HIGHLIGHTS)))
        for change in lit:
            add(change, chance.random() < 0.7)
    if chance.random() < 0.6:
        parts += [
            Part("p", f"Watch Now: {BRAND}: Episode {episode}"),
            Part("p", "For easier tracking, check out haloreleases.remmy.dev to filter."),
        ]
    if lit or chance.random() < 0.6:
        parts.append(Part("h3", chance.choice(FULL)))
    version, grouped = "", chance.random() < 0.4
    for change in sorted(listed, key=lambda one: one.version) if grouped else listed:
        if grouped and change.version != version:
            version = change.version
            parts.append(Part("h4", f"v{version} Features"))
        add(change, told and chance.random() < 0.3)
    if chance.random() < 0.6:
        parts += _more_posts(episode)
    name, text = _written(chance, parts)
    return Post(
        name, text, episode, frozenset((one.number, one.version, one.at, one in lit) for one in {*listed, *lit})
    )


def _changes(chance: random.Random) -> tuple[list[Made], list[Made], list[Made]]:
    """All changes of a post, the highlighted ones, and those in its list."""
    minor, number = chance.choice((218, 226, 302)), chance.randint(600_000, 1_300_000)
    versions = [f"2.{minor}", f"2.{minor + 2}"][: chance.randint(1, 2)]
    changes = []
    for title in chance.sample(TITLES, chance.randint(4, 12)):
        number += chance.randint(1, 900)
        hour = "1:" if chance.random() < 0.2 else ""
        minute = f"{chance.randint(10 if hour else 0, 59)}:{chance.randint(0, 59):02}"
        changes.append(
            Made(
                str(number),
                chance.choice(versions),
                f"{hour}{minute}" if chance.random() < 0.88 else None,
                title,
                chance.choice(SUMMARIES) if chance.random() < 0.8 else "",
                tuple(chance.sample(NOTES, chance.randint(1, 3))),
            )
        )
    lit = changes[: chance.randint(0, min(3, len(changes) - 2))]
    return changes, lit, changes if chance.random() < 0.6 else changes[len(lit) :]


def _head(chance: random.Random, episode: int, versions: list[str]) -> list[Part]:
    named, hosts = (
        " and ".join(f"v{version}" for version in versions),
        chance.choice(("Mendy and Connor", "Robbie and Connor")),
    )
    parts = [Part("nav", "Home  Services  Thoughts  Contact")] if chance.random() < 0.7 else []
    parts.append(Part("h1", f"{BRAND}: Episode {episode}"))
    if chance.random() < 0.6:
        parts += [Part("p", text) for text in ("By", "El Copeland", "June 9, 2026", "•", "20 min read")]
    intros = (
        f"Episode {episode} of {BRAND} covers HaloPSA {named}, and {hosts} break down what matters for billing, "
        "assets and portals.",
        f"In Episode {episode} of {BRAND}, {hosts} dig into HaloPSA {named}. It is a busy one.",
        f"{hosts} walk through HaloPSA {named} in this episode.",
    )
    parts.append(Part("p", chance.choice(intros)))
    return [*parts, Part("p", chance.choice(WORDS_BEFORE))] if chance.random() < 0.3 else parts


def _more_posts(episode: int) -> list[Part]:
    """The cards of other posts below this one."""
    card = (
        f"Episode {episode - 1} of {BRAND} covers the final features from HaloPSA v2.214, including major improvements."
    )
    lines = (
        "Share this post",
        "See some more of our most recent posts...",
        "May 12, 2026",
        "8 min read",
        f"{BRAND}: Episode {episode - 1}",
        card,
        "Read post",
    )
    return [Part("p", text) for text in lines]


def _written(chance: random.Random, parts: list[Part]) -> tuple[str, str]:
    """The parts as a file of some kind: its name and its text."""
    kind = chance.choice(("saved text", "Markdown", "page", "page with lists", "chat"))
    if kind == "Markdown":
        return "post.md", "\n\n".join(_markdown(part) for part in parts) + "\n"
    if kind.startswith("page"):
        body = "\n".join(_element(part, kind == "page with lists", chance) for part in parts)
        return (
            "post.html",
            f"<!doctype html><html><head><meta charset=utf-8></head><body><div>{body}</div></body></html>",
        )
    bullet = chance.choice(("• ", "· ", "- ", "* "))
    lines = [_line(part, bullet, kind == "chat") + chance.choice(("", "\n")) for part in parts]
    return "post.txt", "\n".join(lines) + "\n"


def _line(part: Part, bullet: str, chat: bool) -> str:
    if part.kind == "li":
        return f"{'    ' if chat else '  '}{bullet}{part.text}"
    if chat and part.kind == "row":
        return bullet + part.text
    return f"*{part.text}*" if chat and part.kind[0] == "h" else part.text


def _markdown(part: Part) -> str:
    if part.kind[0] == "h":
        return f"{'#' * int(part.kind[1])} {part.text}"
    if part.kind == "row" and "\n" in part.text:
        title, rest = part.text.split("\n", 1)
        return f"**{title}**\n{rest}"
    return f"- {part.text}" if part.kind == "li" else part.text


def _element(part: Part, lists: bool, chance: random.Random) -> str:
    text = html.escape(part.text).replace("\n", "<br>")
    if part.kind == "nav":
        return f"<nav><a>{text}</a></nav>"
    if part.kind == "li":
        return f"<ul><ul><li>{text}</li></ul></ul>" if lists else f"<ul><li>{text}</li></ul>"
    if part.kind == "row":
        plain = chance.choice((f"<h4>{text}</h4>", f"<p><strong>{text}</strong></p>", f"<p>{text}</p>"))
        return f"<ul><li><strong>{text}</strong></li></ul>" if lists else plain
    return f"<{part.kind}>{text}</{part.kind}>"
