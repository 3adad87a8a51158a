"""A document's lines into sections: one for each stretch about an episode, its lines told apart from furniture and articles. Pure."""

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.catalog.models import Version
from bot.sources.models import Line
from bot.sources.row import Row, read_row
from bot.sources.split_rows import joined

_BRAND = r"By the \[?\s*run\s*\]?\s?Book"
_INTRO = re.compile(rf"^(?:In )?(?:{_BRAND}:?\s*[-–—|]?\s*)?Episode\s+#?(\d{{1,3}})\b", re.IGNORECASE)
_TITLE = re.compile(rf"\b(?:{_BRAND}\b.{{0,20}}?Episode|Episode\s+#?(?=\d{{1,3}}\s+of\b))\s*#?(\d{{1,3}})\b", re.IGNORECASE)
_WATCH = re.compile(r"^(?:watch|listen|view|stream)\b.{0,80}$|^for easier tracking\b|^(?:watch|listen to) the (?:full )?(?:episode|video)", re.IGNORECASE)
_FULL = re.compile(
    r"^(?:the |here(?:'|’)?s the |here is the )?(?:(?:full|complete|entire|detailed|remaining|whole)\b.{0,30}\b(?:list|review"
    r"|features?|changes|updates|notes|breakdown|rundown)"
    r"|all (?:the )?(?:features|changes|updates)|everything else|(?:other|more|additional) (?:features|changes|updates"
    r"|mentions)|(?:feature|change) list|release notes)\b.{0,40}$",
    re.IGNORECASE,
)
_HIGHLIGHTS = re.compile(
    r"stand(?:s|ing)? ?out|impactful|important (?:mention|update|change|feature)|\bhighlights?\b|must[- ](?:know|see|have)|\bnotable\b|game[- ]chang"
    r"|\b(?:key|top|biggest|favou?rite|headline|essential|major|priority)\b.{0,30}\b(?:update|feature|change|pick|mention"
    r"|takeaway|improvement)s?\b|worth (?:noting|knowing)",
    re.IGNORECASE,
)
_VERSION_HEADING = re.compile(
    r"^(?:what(?:'|’)s new in )?(?:HaloPSA |Halo |version |release )?v?\s?(\d{1,2})\.(\d{1,4})(?:\.\d+)?(?: (?:features?"
    r"|updates?|changes|release|list|notes|continued)){0,3}:?$",
    re.IGNORECASE,
)
_END = re.compile(
    r"^(?:share (?:this|on)\b|see (?:some )?more|more (?:posts|articles|from)|related (?:posts|articles)|you (?:may"
    r"|might) also like|read (?:post|more|next)|subscribe|sign up|newsletter"
    r"|leave a (?:comment|reply)|comments?$|about the author|previous (?:post|article)|next (?:post|article)|back to (?:top"
    r"|blog|all)|©|copyright|all rights reserved|privacy policy"
    r"|cookie|get in touch|contact us|book a (?:call|demo)|schedule a|follow us|join (?:us|our)|ready to )",
    re.IGNORECASE,
)
_MINUTES_READ = re.compile(r"^\d{1,3}\s*min(?:ute)?s?\.?\s*(?:read|reading time)?$", re.IGNORECASE)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATE = re.compile(
    r"^(?:published:?|posted:?|on|updated:?)?\s*(?:(\d{1,2})\s+)?([A-Z][a-z]{2,8})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(20\d\d)$|^(20\d\d)-(\d\d)-(\d\d)",
    re.IGNORECASE,
)
_VERSIONS = re.compile(r"\bv\s?(\d{1,2})\.(\d{1,4})\b|\b(?:HaloPSA|Halo|version|release)\s+(\d{1,2})\.(\d{2,4})\b", re.IGNORECASE)
_HOSTS = re.compile(r"\b([A-Z][a-z]{2,15}) and ([A-Z][a-z]{2,15})\b")

Kind = Literal["row", "text", "bullet", "full", "highlights", "watch", "version", "break"]


class Item(NamedTuple):
    """One line of a section, understood."""

    kind: Kind
    line: Line
    row: Row | None = None
    version: Version | None = None


@dataclass(slots=True)
class Section:
    """What a document says about one episode, or (episode None) outside of any."""

    episode: int | None = None
    versions: list[Version] = field(default_factory=list)  # as its introduction writes them
    hosts: tuple[str, ...] = ()
    published: str | None = None
    items: list[Item] = field(default_factory=list)
    introduced: bool = False

    @property
    def rows(self) -> list[Row]:
        return [item.row for item in self.items if item.row]


def versions_in(text: str) -> list[Version]:
    """The Halo versions that a text names, as it writes them."""
    return [Version(int(m[1] or m[3]), int(m[2] or m[4])) for m in _VERSIONS.finditer(text)]


def sections(lines: list[Line]) -> list[Section]:
    """The document's sections in order."""
    found = [Section()]
    dated: str | None = None
    for line in joined(lines, is_marker):
        row = read_row(line.text)
        episode = None if row else _episode(line)
        if episode is not None and not (_WATCH.match(line.text) and found[-1].introduced):
            _enter(found, episode, line, dated)
            dated = None
        elif date := _date(line.text):
            dated = date
            if found[-1].episode is not None and not found[-1].items and found[-1].published is None:
                found[-1].published = date
        elif _END.match(line.text) and len(line.text) < 80 and not row:
            _close(found)
        elif _MINUTES_READ.match(line.text):
            if found[-1].items or found[-1].introduced:  # under a post's own title it is part of its head
                _close(found)
        else:
            found[-1].items.append(_item(line, row))
    return found


def _enter(found: list[Section], episode: int, line: Line, dated: str | None) -> None:
    """A line that names an episode: a title, a card or an introduction. It opens a section unless its own is open and still empty."""
    section = found[-1]
    if section.episode != episode or (section.rows and _INTRO.match(line.text) and len(line.text) > 120):
        section = Section(episode)
        found.append(section)
    section.published = section.published or dated
    for version in versions_in(line.text):
        if version not in section.versions:
            section.versions.append(version)
    if len(line.text.split()) > 9:  # a sentence, not a title
        section.introduced = True
        if not section.hosts and (hosts := _HOSTS.search(line.text)):
            section.hosts = (hosts[1], hosts[2])


def _close(found: list[Section]) -> None:
    """Another post or the page's furniture begins: what follows is outside of any episode until one is named."""
    if found[-1].episode is not None:
        found.append(Section())


def _episode(line: Line) -> int | None:
    words = len(line.text.split())
    match = _INTRO.match(line.text)
    if match and (words <= 14 or re.search(_BRAND, line.text, re.IGNORECASE) or versions_in(line.text)):
        return int(match[1])
    match = _TITLE.search(line.text)
    return int(match[1]) if match and (words <= 14 or match.start() < 40) else None


def _date(text: str) -> str | None:
    match = _DATE.match(text) if len(text) < 40 else None
    if not match:
        return None
    if match[5]:
        return f"{match[5]}-{match[6]}-{match[7]}"
    month, day = _MONTHS.get(match[2][:3].lower()), match[1] or match[3]
    return f"{match[4]}-{month:02}-{int(day):02}" if month and day else None


def _item(line: Line, row: Row | None) -> Item:
    text = line.text
    if row:
        return Item("row", line, row)
    if heading := _VERSION_HEADING.match(text):
        return Item("version", line, version=Version(int(heading[1]), int(heading[2])))
    short = len(text.split()) <= 16 and len(text) <= 120
    plain = text.rstrip(": ")
    if short and _FULL.match(plain) and (line.kind == "heading" or not text.endswith(".")):
        return Item("full", line)
    if short and _HIGHLIGHTS.search(plain) and (text.endswith(":") or line.kind == "heading" or (len(text.split()) <= 4 and not text.endswith("."))):
        return Item("highlights", line)
    if _WATCH.match(text):
        return Item("watch", line)
    return Item("bullet" if line.kind == "bullet" else "text", line)


def is_marker(line: Line) -> bool:
    """Whether a line is a heading of ours, an episode's title or introduction: no change stands in it."""
    return _episode(line) is not None or _item(line, None).kind not in ("text", "bullet")
