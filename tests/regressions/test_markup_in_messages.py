"""What a source's own signs become in a Slack message: text that is escaped once and formats nothing."""

import re

import pytest

from bot.catalog.models import Entry, Episode, Mention, Version
from bot.slack.views.entry_blocks import entry_card, entry_line
from bot.slack.views.unfurls import version_card

SIGNED = Entry(
    "1200001",
    "feature",
    "Files *.csv,*.xlsx, _id_ and ~old~ names, ``` fences",
    "Keeps *.csv,*.xlsx, set _before_ or _after_, in ~/halo~. Rates of `1 and `2.",
    version=Version(2, 270),
)
FORMATTING = {
    "*": r"(?<!\w)\*\S[^*\n]*\S\*(?!\w)",
    "_": r"(?<!\w)_\S[^_\n]*\S_(?!\w)",
    "~": r"(?<!\w)~\S[^~\n]*\S~(?!\w)",
    "```": "```",
}


def shown(place: str) -> str:
    """What Slack is given of this entry, without the stars that are ours."""
    if place == "line of a list":
        return entry_line(SIGNED, {})
    title, summary = (block["text"]["text"] for block in entry_card(SIGNED, {}))
    return summary if place == "summary" else title.split("\n")[0].strip("*")


@pytest.mark.parametrize(
    ("place", "sign"),
    [
        ("title", "*"),
        ("title", "_"),
        ("title", "~"),
        ("title", "```"),
        ("summary", "*"),
        ("summary", "_"),
        ("summary", "~"),
        ("line of a list", "*"),
        ("line of a list", "_"),
        ("line of a list", "~"),
        ("line of a list", "```"),
    ],
)
def test_signs_of_a_source_format_nothing(place: str, sign: str) -> None:
    """No pair of signs in a source's text reaches Slack as a pair that it formats with."""
    assert re.findall(FORMATTING[sign], shown(place)) == []


@pytest.mark.parametrize("words", ["Rates & taxes", "T&M & Q&A: " + "rates & taxes " * 27], ids=["short", "long"])
def test_a_link_card_escapes_once(words: str) -> None:
    """In a link's card an ampersand is escaped once, in short lines and in those that are too long for it."""
    entry = Entry("1200001", "feature", words, "x", version=Version(2, 270), mentions=(Mention(20, "4:40"),))
    made = str(version_card(Version(2, 270), [entry], {20: Episode(20, url="https://www.example.com/" + "a" * 150)}))
    assert "&amp;" in made
    assert "&amp;amp;" not in made
