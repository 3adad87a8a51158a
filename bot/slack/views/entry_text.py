"""How an entry is put in words, wherever it is shown: in Slack as in the terminal, which does without Slack's SDK."""

from collections.abc import Mapping

from bot.catalog.models import Entry, Episode, Mention

Episodes = Mapping[int, Episode]


def entry_subtitle(entry: Entry) -> str:
    """`v2.206 · #1016865 · Integrations`, with what is not known left out. Not escaped."""
    version = str(entry.version or " or ".join(map(str, entry.possible_versions)))
    kind = {"faq": "FAQ", "guide": "Guide"}.get(entry.kind, "")
    number = f"#{entry.key}" if entry.numbered else entry.key if entry.kind == "feature" else ""
    return " · ".join(part for part in (kind, version, number, entry.area or "") if part)


def mention_label(mention: Mention) -> str:
    """`Watch 6:08`, or the episode where the post gives no minute."""
    return f"Watch {mention.at}" if mention.at else f"Episode {mention.episode}"


def pluralize(number: int, thing: str) -> str:
    """`1 change`, `74 changes`, `2 entries`."""
    things = f"{thing[:-1]}ies" if thing.endswith("ry") else f"{thing}s"
    return f"{number:,} {thing if number == 1 else things}"
