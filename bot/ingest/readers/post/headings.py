"""What one line of a post is: an episode's title, a heading, a row with a number, a bullet or plain text.

classify(DocumentLine(4, "Important Mentions"), None).kind         -> "highlights"
classify(DocumentLine(9, "Full Feature List"), None).kind          -> "full"
find_episode(DocumentLine(1, "By the [run]Book: Episode 22"))      -> 22
"""

import re
from typing import Literal, NamedTuple

from bot.catalog.models import VERSION_PATTERN, Version
from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.row import ParsedRow

BRAND = r"By the \[?\s*run\s*\]?\s?Book"
_EPISODE = r"Ep(?:isode|\.)?\s*(?:no\.?|number|#|:)?\s*"
_EPISODE_NUMBER = r"(\d{1,3})\b(?!\.\d)"
# An introduction: "In Episode 22 of By the [run]Book …", "Episode 22: …".
_INTRODUCTION = re.compile(
    rf"^(?:In )?(?:{BRAND}:?\s*[-–—|,]?\s*)?{_EPISODE}{_EPISODE_NUMBER}",
    re.IGNORECASE,
)
# A title: "By the [run]Book: Episode 22", "By the [run]Book #22", "Episode 22 of …", "Episode 22 – By the [run]Book".
_TITLE = re.compile(
    rf"\b(?:{BRAND}\b.{{0,20}}?(?:\b{_EPISODE}|#)"
    rf"|{_EPISODE}(?=\d{{1,3}}\s+of\b)"
    rf"|{_EPISODE}(?=\d{{1,3}}\b.{{0,80}}{BRAND})){_EPISODE_NUMBER}",
    re.IGNORECASE,
)
_NAMED_EPISODE = re.compile(rf"\b{_EPISODE}{_EPISODE_NUMBER}", re.IGNORECASE)
_WATCH = re.compile(
    r"^(?:watch|listen|view|stream)\b.{0,80}$"
    r"|^for easier tracking\b"
    r"|^(?:watch|listen to) the (?:full )?(?:episode|video)",
    re.IGNORECASE,
)
# "Full Feature List", "The complete list of changes", "Everything else", "Other changes", "And the rest".
_FULL_LIST = re.compile(
    r"^(?:the |here(?:'|’)?s the |here is the )?"
    r"(?:(?:full|complete|entire|detailed|remaining|whole)\b.{0,30}"
    r"\b(?:list|review|features?|changes|updates|notes|breakdown|rundown)"
    r"|all (?:of )?(?:the )?(?:features|changes|updates|it|them)"
    r"|everything(?: else| we covered| in)?"
    r"|(?:(?:the |all )?(?:other|more|additional|remaining) )(?:features|changes|updates|mentions)"
    r"|(?:feature|change) list"
    r"|release notes"
    r"|(?:and )?(?:all )?the (?:rest|others)"
    r"|and in\b(?! v?\.?\s?\d)|also in|(?:also|and) new)\b.{0,40}$"
    r"|^others?$",
    re.IGNORECASE,
)
# "Important Mentions", "Key updates", "What stood out", "The big ones", "Top picks".
_HIGHLIGHTS = re.compile(
    r"stand(?:s|ing)? ?out|impactful|important (?:mention|update|change|feature)|\bhighlights?\b"
    r"|must[- ](?:know|see|have)|\bnotable\b|game[- ]chang"
    r"|\b(?:key|top|biggest|favou?rite|headline|essential|major|priority)\b.{0,30}"
    r"\b(?:update|feature|change|pick|mention|takeaway|improvement|point|thing)s?\b"
    r"|worth (?:noting|knowing|your)|\bbig (?:ones?|news|changes?|updates?|features?|wins?)\b"
    r"|\b(?:don(?:'|’)?t|do not) miss\b|\bneed to know\b|\bspotlight\b|\bbest of\b"
    r"|\bwhat (?:matters|to watch)\b|\bwe(?:'re| are|’re)? (?:most )?(?:excited|love)\b"
    r"|\btop (?:\d|five|three|ten|picks)",
    re.IGNORECASE,
)
# "v2.212", "What's new in HaloPSA 2.212", "Version 2.212 release notes".
_VERSION_HEADING = re.compile(
    r"^(?:what(?:'|’)s new in )?(?:Halo ?PSA |Halo )?(?:version:? |release:? )?(?:v\.?)?\s?"
    rf"{VERSION_PATTERN}(?:\.\d+)?"
    r"(?: (?:features?|updates?|changes|release|list|notes|continued)){0,3}:?$",
    re.IGNORECASE,
)
# A date before or after a heading's version: "2024-07-11 – Version 2.224.1", "[2.224.1] - 2026-09-01".
_DAY = (
    r"\(?(?:released\s+)?(?:on\s+)?(?:20\d\d-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?\s+20\d\d"
    r"|[A-Z][a-z]{2,8}\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?20\d\d)\)?"
)
_DATE_AROUND = re.compile(rf"^{_DAY}[\s–—:,|-]+|[\s–—:,|-]+{_DAY}$", re.IGNORECASE)
# What is said of a release behind its version: "[YANKED]", "(4 changes)", "(live since 8 July)"; no number, no minute.
_RELEASE_REMARK = re.compile(
    r"(?<=\S)\s*[(\[](?=[^()\[\]]{0,40}[a-z])(?![^()\[\]]{0,40}(?:\d{5}|\d:\d|\d\.\d|#))[^()\[\]]{1,40}[)\]]$",
    re.IGNORECASE,
)
_UNRELEASED = re.compile(
    r"unreleased(?: changes)?|not (?:yet )?released(?: yet)?|(?:the )?(?:next|upcoming) (?:release|version)"
    r"|coming (?:soon|next)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:type|kind|area|category|module|status|impact|priority|tags?|labels?)\s?: ", re.IGNORECASE)
MAX_HEADING_LENGTH = 100  # characters
_RELEASE_NOTES = re.compile(
    r"\b(?:release notes|changelog|change log|what(?:'|’)s (?:new|changed)|is (?:here|out|live)|(?:is )?now available"
    r"|what is new|what you (?:should|need to) know|new in|changes in|roundup)\b",
    re.IGNORECASE,
)
# How the title of a text about a version begins: "HaloPSA v2.334 – all that matters".
_BEGINS_WITH_RELEASE = re.compile(
    rf"(?:HaloPSA|Halo PSA|Halo)?\s?(?:version |release )?v?\s?{VERSION_PATTERN}\b", re.IGNORECASE
)
MAX_TITLE_LINE = 3  # a text's own title stands in one of its first lines
# A version in a sentence: with its v, or with at least two digits after the point behind a word or another version;
# with three behind words that say less, and before another: "Changes in 2.206", "2.206 and 2.208".
_VERSIONS = re.compile(
    rf"\bv\s?{VERSION_PATTERN}\b"
    r"|(?:\b(?:Halo ?PSA|Halo|versions?:?|releases?:?)\s+(?=\d+\.\d\d)"
    r"|\b(?:(?:release notes|change ?log)(?: (?:for|of))?:?|(?:new|chang(?:es|ed)|fixe[sd]|added|improve(?:d|ments)"
    r"|features|updates) in|(?:upgrad|updat)(?:es?|ed|ing) to)\s+(?=\d\.\d{3}\b(?![.,]\d{3}|%|\s+[a-z]{4}))"
    r"|(?<=\d\.\d{3})(?:,(?: and)?| and| &| to| through|/)\s*(?=\d+\.\d\d))"
    rf"{VERSION_PATTERN}\b"
    rf"|(?<![\w.$])(?=\d+\.\d{{3}}){VERSION_PATTERN}"
    r"(?=\s+release\b|(?:, | and | & | to | through |/)\d\.\d{3}\b(?![.,]\d))",
    re.IGNORECASE,
)

SectionLineKind = Literal["row", "text", "bullet", "full", "highlights", "watch", "version"]


class SectionLine(NamedTuple):
    """A line and what it is: "full" and "highlights" are the headings of these lists, "version" heads one version or,
    without any, what is in none yet; "watch" leads to the video, or otherwise away from the change above.
    """

    kind: SectionLineKind
    line: DocumentLine
    row: ParsedRow | None = None
    version: Version | None = None  # that a heading names


def find_versions(text: str) -> list[Version]:
    """The Halo versions that a text names, as it writes them."""
    return [Version.of(m[1] or m[3] or m[5], m[2] or m[4] or m[6]) for m in _VERSIONS.finditer(text)]


def find_version_heading(text: str) -> Version | None:
    """The version of a line that is nothing but its heading, with a date and in brackets or without."""
    if "." not in text or len(text) > MAX_HEADING_LENGTH:  # no version without a point, and most titles have none
        return None
    plain = _DATE_AROUND.sub("", _RELEASE_REMARK.sub("", text)).strip(" []")
    heading = _VERSION_HEADING.match(plain.replace("]", "").replace("[", ""))
    return Version.of(heading[1], heading[2]) if heading else None


def heads_unreleased(line: DocumentLine) -> bool:
    """Whether a heading, or a line with a colon, says that what is below it is in no version yet: "[Unreleased]"."""
    return (line.kind == "heading" or line.text.endswith(":")) and says_unreleased(line.text)


def says_unreleased(text: str) -> bool:
    """Whether a line says no more than that something is in no version yet; it heads only what stands right below."""
    return _UNRELEASED.fullmatch(text[:MAX_HEADING_LENGTH].strip(" []:")) is not None


def announces_release(line: DocumentLine) -> bool:
    """Whether a heading says that what is below it is in a release: one version, or what is in none yet. A story may
    name a version in its heading, too: "How we moved to HaloPSA v2.214".
    """
    if find_version_heading(line.text) is not None or heads_unreleased(line):
        return True
    if not find_versions(line.text) or not _is_short(line) or line.text.endswith((".", "?")):
        return False
    return bool(_BEGINS_WITH_RELEASE.match(line.text) or _RELEASE_NOTES.search(line.text))


def find_episode(line: DocumentLine) -> int | None:
    """The episode that a title, a card or an introduction names; None for any other line."""
    words = len(line.text.split())
    match = _INTRODUCTION.match(line.text)
    if match and (words <= 14 or re.search(BRAND, line.text, re.IGNORECASE) or find_versions(line.text)):
        return int(match[1])
    if match := _TITLE.search(line.text):
        return int(match[1]) if words <= 14 or match.start() < 40 else None
    named = _NAMED_EPISODE.search(line.text) if words <= 14 and find_versions(line.text) else None
    return int(named[1]) if named else None


def name_episodes(text: str) -> set[int]:
    """All episodes that a line names, in whatever words: "we talk about it in episode 61"."""
    return {int(number) for number in _NAMED_EPISODE.findall(text)}


def is_introduction(line: DocumentLine) -> bool:
    """Whether a line begins with its episode: "In Episode 22 of …"."""
    return _INTRODUCTION.match(line.text) is not None


def is_watch_line(line: DocumentLine) -> bool:
    """Whether a line leads to the video of an episode."""
    return _WATCH.match(line.text) is not None


def classify(line: DocumentLine, row: ParsedRow | None) -> SectionLine:
    """What a line is; `row` is what `parse_row` says of it."""
    if row:
        return SectionLine("row", line, row)
    if line.withdrawn:
        return _classify_struck(line)
    if heading := find_version_heading(line.text):
        return SectionLine("version", line, version=heading)
    if heads_unreleased(line):
        return SectionLine("version", line)
    versions = find_versions(line.text)
    version = versions[0] if len(versions) == 1 else None
    if _is_short(line):
        if _heads_full_list(line):
            return SectionLine("full", line, version=version)
        if _heads_highlights(line):
            return SectionLine("highlights", line, version=version)
        if version and (_heads_release(line) or (line.kind != "bullet" and line.text.endswith(":"))):
            return SectionLine("version", line, version=version)
    if is_watch_line(line):
        return SectionLine("watch", line)
    return SectionLine("bullet" if line.kind == "bullet" else "text", line)


def _classify_struck(line: DocumentLine) -> SectionLine:
    """A heading that is struck out ends what is above it, and says nothing of what is below."""
    kind = classify(line._replace(withdrawn=False), None).kind
    if kind == "highlights":
        return SectionLine("full", line)
    return SectionLine(kind, line)


def is_marker(line: DocumentLine) -> bool:
    """Whether a line is a heading known here, or an episode's title or introduction: no change stands in it."""
    return find_episode(line) is not None or classify(line, None).kind not in ("text", "bullet")


def _is_short(line: DocumentLine) -> bool:
    """Whether a line is short enough for a heading."""
    text = line.text
    return len(text.split()) <= 16 and len(text) <= 120 and (line.kind != "bullet" or text.endswith(":"))


def _heads_full_list(line: DocumentLine) -> bool:
    return bool(_FULL_LIST.match(line.text.rstrip(": "))) and (line.kind == "heading" or not line.text.endswith("."))


def _heads_highlights(line: DocumentLine) -> bool:
    text = line.text
    if line.kind != "heading" and _LABELLED.match(text):  # "Type: New feature (highlight)"
        return False
    return bool(_HIGHLIGHTS.search(text.rstrip(": "))) and (
        text.endswith(":") or line.kind == "heading" or (len(text.split()) <= 4 and not text.endswith("."))
    )


def _heads_release(line: DocumentLine) -> bool:
    """Whether a line that names one version heads what is in it: a heading, or words such as "release notes"."""
    text = line.text
    if len(text.split()) > 12 or text.endswith("?"):
        return False
    if line.kind == "heading":
        return True
    is_title = line.number <= MAX_TITLE_LINE and _BEGINS_WITH_RELEASE.match(text) is not None
    return (is_title or bool(_RELEASE_NOTES.search(text))) and not text.endswith((".", "!"))
