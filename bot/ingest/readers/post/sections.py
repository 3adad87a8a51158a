"""A document's lines into sections: one for each stretch about an episode, its lines told apart from furniture and
articles. Pure.
"""

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.catalog.models import Version
from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.row import Row, read_row
from bot.ingest.readers.post.split_rows import joined

_BRAND = r"By the \[?\s*run\s*\]?\s?Book"
_EPISODE = r"Ep(?:isode|\.)?\s*(?:no\.?|number|#)?\s*"
_INTRO = re.compile(rf"^(?:In )?(?:{_BRAND}:?\s*[-–—|,]?\s*)?{_EPISODE}(\d{{1,3}})\b(?!\.\d)", re.IGNORECASE)
_TITLE = re.compile(
    rf"\b(?:{_BRAND}\b.{{0,20}}?(?:\b{_EPISODE}|#)|{_EPISODE}(?=\d{{1,3}}\s+of\b)|{_EPISODE}(?=\d{{1,3}}\b.{{0,80}}{_BRAND}))(\d{{1,3}})\b(?!\.\d)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b{_EPISODE}(\d{{1,3}})\b(?!\.\d)", re.IGNORECASE)
_INTRODUCES = re.compile(
    rf"{_BRAND}|\b(?:this|today(?:'|’)s|the latest) episode\b"
    r"|\b(?:cover|walk|div|explor|unpack|discuss|talk|tackl|look|tour|break|go|run|dig)(?:s|es|ing|e)?\b",
    re.IGNORECASE,
)
_WATCH = re.compile(
    r"^(?:watch|listen|view|stream)\b.{0,80}$|^for easier tracking\b|^(?:watch|listen to) the (?:full )?(?:episode|video)",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"^(?:the |here(?:'|’)?s the |here is the )?(?:(?:full|complete|entire|detailed|remaining|whole)\b.{0,30}\b(?:list|review"
    r"|features?|changes|updates|notes|breakdown|rundown)"
    r"|all (?:of )?(?:the )?(?:features|changes|updates|it|them)|everything(?: else| we covered| in)?|(?:(?:the |all )?(?:other|more|additional|remaining) )"
    r"(?:features|changes|updates|mentions)|(?:feature|change) list|release notes|(?:and )?(?:all )?the (?:rest|others)|(?:also|and) (?:in|new))\b.{0,40}$"
    r"|^others?$",
    re.IGNORECASE,
)
_HIGHLIGHTS = re.compile(
    r"stand(?:s|ing)? ?out|impactful|important (?:mention|update|change|feature)|\bhighlights?\b|must[- ](?:know|see|have)|\bnotable\b|game[- ]chang"
    r"|\b(?:key|top|biggest|favou?rite|headline|essential|major|priority)\b.{0,30}\b(?:update|feature|change|pick|mention"
    r"|takeaway|improvement|point|thing)s?\b"
    r"|worth (?:noting|knowing|your)|\bbig (?:ones?|news|changes?|updates?|features?|wins?)\b|\b(?:don(?:'|’)?t|do not) miss\b|\bneed to know\b"
    r"|\bspotlight\b"
    r"|\bbest of\b|\bwhat (?:matters|to watch)\b|\bwe(?:'re| are|’re)? (?:most )?(?:excited|love)\b"
    r"|\btop (?:\d|five|three|ten|picks)",
    re.IGNORECASE,
)
_VERSION_HEADING = re.compile(
    r"^(?:what(?:'|’)s new in )?(?:HaloPSA |Halo |version |release )?v?\s?(\d{1,2})\.(\d{1,4})(?:\.\d+)?(?: (?:features?"
    r"|updates?|changes|release|list|notes|continued)){0,3}:?$",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"\b(?:release notes|changelog|change log|what(?:'|’)s new|is (?:here|out|live)|(?:is )?now available|new in)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"^(?:share (?:this|on)\b|see (?:some )?more|more (?:posts|articles|from)|related (?:posts|articles)|you (?:may"
    r"|might) also like|read (?:post|more|next)|subscribe|sign up|newsletter"
    r"|leave a (?:comment|reply)|(?:\d+ )?(?:comments?|responses?|replies)(?: \(\d+\))?$"
    r"|about the author|previous (?:post|article)|next (?:post|article)|back to (?:top"
    r"|blog|all)|©|copyright|all rights reserved|privacy policy"
    r"|cookie|get in touch|contact us|book a (?:call|demo)|schedule a|follow us|join (?:us|our)|ready to )",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"^(?:\d+ )?(?:comments?$|comments? \(|leave a |responses?$|repl(?:y|ies)$|discussion$)", re.IGNORECASE
)
_MINUTES_READ = re.compile(r"^\d{1,3}\s*min(?:ute)?s?\.?\s*(?:read|reading time)?$", re.IGNORECASE)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATE = re.compile(
    r"^(?:published:?|posted:?|on|updated:?)?\s*(?:(\d{1,2})\s+)?([A-Z][a-z]{2,8})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(20\d\d)$|^(20\d\d)-(\d\d)-(\d\d)",
    re.IGNORECASE,
)
_VERSIONS = re.compile(
    r"\bv\s?(\d{1,2})\.(\d{1,4})\b|(?:\b(?:HaloPSA|Halo|versions?|releases?)\s+|\d\.\d{3}(?:,| and| &| to| through|/)\s*)(\d{1,2})\.(\d{2,4})\b",
    re.IGNORECASE,
)
_HOSTS = re.compile(r"\b([A-Z][a-z]{2,15}) (?:and|&) ([A-Z][a-z]{2,15})\b")

Kind = Literal["row", "text", "bullet", "full", "highlights", "watch", "version", "break"]


class Item(NamedTuple):
    """One line of a section, understood."""

    kind: Kind
    line: DocumentLine
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
    comments: bool = False  # what readers wrote below a post

    @property
    def rows(self) -> list[Row]:
        return [item.row for item in self.items if item.row]


def versions_in(text: str) -> list[Version]:
    """The Halo versions that a text names, as it writes them."""
    return [Version(int(m[1] or m[3]), int(m[2] or m[4])) for m in _VERSIONS.finditer(text)]


def sections(lines: list[DocumentLine]) -> list[Section]:
    """The document's sections in order."""
    found = [Section()]
    dated: str | None = None
    for line in joined(lines, is_marker):
        row = read_row(line.text)
        episode = None if row else episode_in(line)
        if episode is not None and not (_WATCH.match(line.text) and found[-1].introduced):
            _enter(found, episode, line, dated)
            dated = None
        elif date := _date(line.text):
            dated = date
            if found[-1].episode is not None and not found[-1].items and found[-1].published is None:
                found[-1].published = date
        elif _END.match(line.text) and len(line.text) < 80 and not row:
            _close(found, comments=_COMMENTS.match(line.text) is not None)
        elif _MINUTES_READ.match(line.text):
            if found[-1].rows or found[-1].introduced:  # under a post's own title it is part of its head
                _close(found)
        elif not row and _introduces(found[-1], line):
            _introduce(found[-1], line)
        else:
            found[-1].items.append(_item(line, row))
    return found


def _introduces(section: Section, line: DocumentLine) -> bool:
    """Whether a sentence under a post's title says what the post is about, without naming its episode again."""
    head = all(
        item.kind == "text" and len(item.line.text.split()) <= 4 for item in section.items
    )  # its author, its rubric
    if (
        section.episode is None
        or not head
        or line.kind != "text"
        or (section.introduced and (section.hosts or not _HOSTS.search(line.text)))
    ):
        return False
    return len(line.text.split()) > 4 and bool(versions_in(line.text)) and bool(_INTRODUCES.search(line.text))


def _introduce(section: Section, line: DocumentLine) -> None:
    """Take the versions and the hosts from a post's introduction."""
    section.versions.extend(version for version in versions_in(line.text) if version not in section.versions)
    if len(line.text.split()) > 9 or line.text.endswith("."):  # a sentence, not a title
        section.introduced = True
        if not section.hosts and (hosts := _HOSTS.search(line.text)):
            section.hosts = (hosts[1], hosts[2])


def _enter(found: list[Section], episode: int, line: DocumentLine, dated: str | None) -> None:
    """A line that names an episode: a title, a card or an introduction. It opens a section unless its own is open and
    still empty.
    """
    section = found[-1]
    if section.episode != episode or (section.rows and _INTRO.match(line.text) and len(line.text) > 120):
        section = Section(episode)
        found.append(section)
    section.published = section.published or dated
    _introduce(section, line)


def _close(found: list[Section], comments: bool = False) -> None:
    """Another post or the page's furniture begins: what follows is outside of any episode until one is named."""
    if found[-1].episode is not None or comments:
        found.append(Section(comments=comments))


def episode_in(line: DocumentLine) -> int | None:
    """The episode that a title, a card or an introduction names; None for any other line."""
    words = len(line.text.split())
    match = _INTRO.match(line.text)
    if match and (words <= 14 or re.search(_BRAND, line.text, re.IGNORECASE) or versions_in(line.text)):
        return int(match[1])
    if match := _TITLE.search(line.text):
        return int(match[1]) if words <= 14 or match.start() < 40 else None
    named = _NAMED.search(line.text) if words <= 14 and versions_in(line.text) else None
    return int(named[1]) if named else None


def _date(text: str) -> str | None:
    match = _DATE.match(text) if len(text) < 40 else None
    if not match:
        return None
    if match[5]:
        return f"{match[5]}-{match[6]}-{match[7]}"
    month, day = _MONTHS.get(match[2][:3].lower()), match[1] or match[3]
    return f"{match[4]}-{month:02}-{int(day):02}" if month and day else None


def _item(line: DocumentLine, row: Row | None) -> Item:
    text = line.text
    if row:
        return Item("row", line, row)
    if heading := _VERSION_HEADING.match(text):
        return Item("version", line, version=Version(int(heading[1]), int(heading[2])))
    named = versions_in(text)
    short = len(text.split()) <= 16 and len(text) <= 120 and (line.kind != "bullet" or text.endswith(":"))
    plain = text.rstrip(": ")
    if short and _FULL.match(plain) and (line.kind == "heading" or not text.endswith(".")):
        return Item("full", line, version=named[0] if len(named) == 1 else None)
    if (
        short
        and _HIGHLIGHTS.search(plain)
        and (text.endswith(":") or line.kind == "heading" or (len(text.split()) <= 4 and not text.endswith(".")))
    ):
        return Item("highlights", line, version=named[0] if len(named) == 1 else None)
    if (
        short
        and len(named) == 1
        and len(text.split()) <= 10
        and _NOTES.search(text)
        and (line.kind == "heading" or not text.endswith((".", "!")))
    ):
        return Item("version", line, version=named[0])
    if _WATCH.match(text):
        return Item("watch", line)
    return Item("bullet" if line.kind == "bullet" else "text", line)


def is_marker(line: DocumentLine) -> bool:
    """Whether a line is a heading of ours, an episode's title or introduction: no change stands in it."""
    return episode_in(line) is not None or _item(line, None).kind not in ("text", "bullet")
