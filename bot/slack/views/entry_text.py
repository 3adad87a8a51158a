"""An entry in plain words, the same in Slack and in the terminal. Nothing here is escaped."""

from collections.abc import Mapping

from bot.catalog.models import Entry, Episode, Impact, Mention

Episodes = Mapping[int, Episode]  # by number
_IMPACT_LABELS: Mapping[Impact, str] = {
    "changes behaviour": "Acts by itself after the upgrade",
    "opt-in": "Off until you enable it",
    "new": "New",
    "fix": "Fix",
}


def entry_subtitle(entry: Entry) -> str:
    """`v2.206 · #1016865 · Integrations`, with what is not known left out."""
    version = str(entry.version or " or ".join(map(str, entry.possible_versions)))
    kind = {"faq": "FAQ", "guide": "Guide"}.get(entry.kind, "")
    number = f"#{entry.key}" if entry.numbered else entry.key if entry.kind == "feature" else ""
    return " · ".join(part for part in (kind, version, number, entry.area or "") if part)


def impact_label(entry: Entry) -> str:
    """What a change does to those who upgrade, and whether that is only guessed; empty where it is not known."""
    label = _IMPACT_LABELS.get(entry.impact, "")
    return f"{label} (a guess)" if label and entry.impact_guessed else label


def mention_label(mention: Mention) -> str:
    """`Watch 6:08`, or `Episode 13` where the source gives no minute."""
    return f"Watch {mention.at}" if mention.at else f"Episode {mention.episode}"


def pluralize(number: int, noun: str) -> str:
    """`1 change`, `1,074 changes`, `2 entries`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def comes_first(entry: Entry) -> bool:
    """Whether a list shows it first: it is a highlight, or has something to test before."""
    return bool(entry.highlighted or entry.caution)
