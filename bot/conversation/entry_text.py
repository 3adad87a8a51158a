"""An entry in plain words, the same in Slack, in the terminal and on the page. Nothing here is escaped."""

from collections.abc import Iterable, Mapping

from bot.catalog.models import Entry, Episode, Impact, Mention, Version
from bot.conversation.first_sentence import availability_sentence, version_sentence
from bot.search.models import Aspect

Episodes = Mapping[int, Episode]  # by number
_IMPACT_LABELS: Mapping[Impact, str] = {
    "changes behaviour": "Acts by itself after the upgrade",
    "opt-in": "Off until you enable it",
    "new": "New",
    "fix": "Fix",
}
_ENABLING: Mapping[Impact, str] = {
    "changes behaviour": "It acts by itself after the upgrade: nobody has to enable it.",
    "opt-in": "It is off until you enable it.",
    "new": "It is new and there to be used; I know of no switch for it.",
    "fix": "It is a fix: nobody has to enable it.",
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


def highlight_count(entries: Iterable[Entry]) -> list[str]:
    """`["3 highlights"]`; nothing is said of none."""
    number = sum(entry.highlighted for entry in entries)
    return [pluralize(number, "highlight")] if number else []


def comes_first(entry: Entry) -> bool:
    """Whether a list shows it first: it is a highlight, or has something to test before."""
    return bool(entry.highlighted or entry.caution)


def aspect_text(entry: Entry, aspect: Aspect, episodes: Episodes, versions: tuple[Version, ...]) -> str:
    """What is asked about an entry, in a sentence: its version, its minute, its link, what to test first. Empty where
    the entry itself says it best. `versions`: those that it may be in, of the aspect "availability".
    """
    if aspect == "minute":
        return _minutes_text(entry)
    if aspect == "link":
        urls = [url for mention in entry.mentions if (url := _episode_url(mention, episodes))]
        return f"It is talked about here: {urls[0]}" if urls else "I have no link for that."
    if aspect == "warning":
        return f"Test first: {entry.caution}" if entry.caution else "I know of no warning about that."
    if aspect == "enabling":
        return _enabling_text(entry)
    if aspect == "action":
        return f"{_enabling_text(entry)} {f'Test first: {entry.caution}' if entry.caution else ''}".strip()
    if aspect == "other":
        return "I know no more about it than this."
    if aspect == "availability" and versions:
        return availability_sentence(entry, versions[-1])
    return version_sentence(entry) if aspect in ("version", "availability") else ""


def _enabling_text(entry: Entry) -> str:
    """Whether somebody has to enable it."""
    sentence = _ENABLING.get(entry.impact, "My source does not say whether it has to be enabled.")
    return f"{sentence} That is a guess." if entry.impact_guessed and entry.impact in _ENABLING else sentence


def _minutes_text(entry: Entry) -> str:
    places = [
        f"at {mention.at} of episode {mention.episode}" if mention.at else f"in episode {mention.episode}"
        for mention in entry.mentions
    ]
    return f"It was discussed {' and '.join(places)}." if places else "I know of no episode that talks about that."


def _episode_url(mention: Mention, episodes: Episodes) -> str:
    episode = episodes.get(mention.episode)
    return (episode.url if episode else None) or ""
