"""A document's lines into sections: one for each stretch about an episode, without the page's furniture.

    By the [run]Book: Episode 22                                        -> Section(episode=22,
    June 9, 2026                                                             published="2026-06-09",
    Robbie and Connor talk about HaloPSA v2.216 and v2.218.                  versions=[v2.216, v2.218],
    Important Mentions                                                       hosts=("Robbie", "Connor"),
    Approval reminders on a schedule | v2.218 #1101201 | 4:40                lines=[highlights, row, …])
    Share this post                                                     -> Section(episode=None): furniture

What stands before the first title, after the end of a post, or in readers' comments is in sections of its own.
"""

import re
from dataclasses import dataclass, field

from bot.catalog.models import Version
from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.boundaries import find_boundaries
from bot.ingest.readers.post.credits import drop_names, is_of_release
from bot.ingest.readers.post.headings import (
    BRAND,
    SectionLine,
    classify,
    find_episode,
    find_version_heading,
    find_versions,
    is_introduction,
    is_watch_line,
    says_unreleased,
)
from bot.ingest.readers.post.labelled_facts import join_labelled_facts
from bot.ingest.readers.post.mail_lines import find_signatures
from bot.ingest.readers.post.row import ParsedRow, parse_data_line, parse_row
from bot.ingest.readers.post.split_rows import join_split_rows
from bot.ingest.readers.post.status_lines import join_marks_above, join_status_lines
from bot.ingest.readers.post.unnumbered_rows import parse_bold_title, parse_chapter, parse_nameless, parse_unnumbered

# What an introduction does: "Robbie and Connor walk through v2.218", "In this episode …".
_INTRODUCES = re.compile(
    rf"{BRAND}|\b(?:this|today(?:'|’)s|the latest) episode\b"
    r"|\b(?:cover|walk|div|explor|unpack|discuss|talk|tackl|look|tour|break|go|run|dig)(?:s|es|ing|e)?\b",
    re.IGNORECASE,
)
# What stands under a post: sharing, other posts, comments, the site's footer.
_POST_END = re.compile(
    r"^(?:share (?:this|on)\b|see (?:some )?more|more (?:posts|articles|from)|related (?:posts|articles)"
    r"|you (?:may|might) also like|read (?:post|more|next)|subscribe|sign up|newsletter|leave a (?:comment|reply)"
    r"|(?:\d+ )?(?:comments?|responses?|replies)(?: \(\d+\))?$"
    r"|about the author|previous (?:post|article)|next (?:post|article)|back to (?:top|blog|all)"
    r"|©|copyright|all rights reserved|privacy policy|cookie|get in touch|contact us|book a (?:call|demo)"
    r"|schedule a|follow us|join (?:us|our)|ready to )",
    re.IGNORECASE,
)
_SAYS_CHANGE = re.compile(r"\b(?:can|now|are|is|has|have|no longer)\b", re.IGNORECASE)
_COMMENTS = re.compile(
    r"^(?:\d+ )?(?:comments?$|comments? \(|leave a |responses?$|repl(?:y|ies)$|discussion$)", re.IGNORECASE
)
_READING_TIME = re.compile(r"^\d{1,3}\s*min(?:ute)?s?\.?\s*(?:read|reading time)?$", re.IGNORECASE)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
# "June 9, 2026", "Posted: 9 Jun 2026", "2026-06-09".
_DATE = re.compile(
    r"^(?:published:?|posted:?|on|updated:?)?\s*"
    r"(?:(\d{1,2})\s+)?([A-Z][a-z]{2,8})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(20\d\d)$"
    r"|^(20\d\d)-(\d\d)-(\d\d)",
    re.IGNORECASE,
)
_NUMBER_AT_END = re.compile(r"(?<=\w)\s+[(\[]#?[1-9]\d{5,7}[)\]]$")
MIN_LIKE_ROWS = 2  # of a document, by which rows without a number are known
_HOSTS = re.compile(r"\b([A-Z][a-z]{2,15}) (?:and|&) ([A-Z][a-z]{2,15})\b")


@dataclass(slots=True)
class Section:
    """What a document says about one episode, or (episode None) outside of any."""

    episode: int | None = None
    versions: dict[Version, None] = field(default_factory=dict)  # as its introduction writes them, in order
    hosts: tuple[str, ...] = ()
    published: str | None = None  # ISO date
    lines: list[SectionLine] = field(default_factory=list)
    introduced: bool = False  # its introduction was read
    comments: bool = False  # what readers wrote below a post
    rows: list[ParsedRow] = field(default_factory=list)  # the lines that name a change with its number
    begun: bool = False  # more than the author and the rubric stands below its title

    def add(self, line: SectionLine) -> None:
        """Add a line that is not about the section itself."""
        self.lines.append(line)
        if line.row:
            self.rows.append(line.row)
        self.begun = self.begun or line.kind != "text" or len(line.line.text.split()) > 4


def split_sections(lines: list[DocumentLine]) -> list[Section]:
    """The document's sections in order."""
    sections = [Section()]
    date_above: str | None = None
    joined = [
        line
        for line in join_split_rows(join_labelled_facts(join_status_lines(join_marks_above(lines))))
        if not is_of_release(line.text)
    ]
    parsed = _without_names([_parse_numbered(line) for line in joined])
    have_numbers = sum(row is not None for row in parsed) >= MIN_LIKE_ROWS
    titles_are_bold = have_numbers and _has_bold_rows(joined, parsed)
    boundaries = find_boundaries(joined, parsed) if have_numbers else set()
    signatures = find_signatures(joined, parsed)
    for at, (line, numbered) in enumerate(zip(joined, parsed, strict=True)):
        section = sections[-1]
        if at in signatures:
            section.add(SectionLine("watch", line))
            continue
        row = numbered or (parse_unnumbered(line.text) if section.episode is not None else None)
        if row is None and have_numbers:
            bold_title = parse_bold_title(line.text, line.bold) if titles_are_bold and line.bold else None
            row = bold_title or parse_nameless(line.text) or parse_chapter(line.text)
        episode = None if row else find_episode(line)
        if episode is not None and not (is_watch_line(line) and section.introduced):
            _open_section(sections, episode, line, date_above)
            date_above = None
        elif (date := _parse_date(line.text)) and not find_version_heading(line.text):
            date_above = date
            if section.episode is not None and not section.lines and section.published is None:
                section.published = date
        elif not row and _ends_post(line):
            _close_section(sections, comments=_COMMENTS.match(line.text) is not None)
        elif _READING_TIME.match(line.text):
            if section.rows or section.introduced:  # under a post's own title it is part of its head
                _close_section(sections)
        elif not row and _introduces(section, line):
            _read_introduction(section, line)
        else:
            below = joined[at + 1] if at + 1 < len(joined) else None
            is_heading = below is not None and below.kind == "bullet" and says_unreleased(line.text)
            if not row and (at in boundaries or is_heading):
                section.add(SectionLine("watch" if at in boundaries else "version", line))
            else:
                section.add(classify(line, row))
    return sections


def _ends_post(line: DocumentLine) -> bool:
    """Whether a line belongs to what stands under a post. An item of a list may be a change to such a thing:
    "Newsletter templates can be copied".
    """
    if len(line.text) >= 80 or not _POST_END.match(line.text):
        return False
    return line.kind != "bullet" or not _SAYS_CHANGE.search(line.text)


def _parse_numbered(line: DocumentLine) -> ParsedRow | None:
    """The row of a line; a bold title, or a heading, with nothing but data behind it is one, whatever word it ends in:
    "raised in the ticket (#1234567)" is a reference where it is not bold.
    """
    row = parse_row(line.text)
    if row is None and line.kind == "heading" and (data := _NUMBER_AT_END.search(line.text)):
        return parse_row(f"{line.text[: data.start()]} | {data[0]}")
    if row or not line.bold or not line.text.startswith(line.bold) or not parse_data_line(line.text[len(line.bold) :]):
        return row
    return parse_row(f"{line.bold} | {line.text[len(line.bold) :]}")


def _without_names(rows: list[ParsedRow | None]) -> list[ParsedRow | None]:
    """The rows of a document without the names of people that its titles end in."""
    titles = iter(drop_names([row.title for row in rows if row]))
    return [row and row._replace(title=next(titles)) for row in rows]


def _has_bold_rows(lines: list[DocumentLine], rows: list[ParsedRow | None]) -> bool:
    """Whether several rows of a document have a bold title and a version: then one without a number has, too."""
    bold = (row for line, row in zip(lines, rows, strict=True) if line.bold and line.bold != line.text)
    return sum(row is not None and row.version is not None for row in bold) >= MIN_LIKE_ROWS


def _open_section(sections: list[Section], episode: int, line: DocumentLine, date_above: str | None) -> None:
    """Read a title, a card or an introduction. It opens a section unless its episode's section is open; a long
    introduction below rows opens one all the same: it belongs to another post about the episode.
    """
    section = sections[-1]
    if section.episode != episode or (section.rows and is_introduction(line) and len(line.text) > 120):
        section = Section(episode)
        sections.append(section)
    section.published = section.published or date_above
    _read_introduction(section, line)


def _close_section(sections: list[Section], comments: bool = False) -> None:
    """Another post or the page's furniture begins: what follows is outside of any episode until one is named."""
    if sections[-1].episode is not None or comments:
        sections.append(Section(comments=comments))


def _introduces(section: Section, line: DocumentLine) -> bool:
    """Whether a sentence under a post's title says what the post is about, without naming its episode again."""
    if section.episode is None or line.kind != "text" or len(line.text.split()) <= 4:
        return False
    if section.introduced and (section.hosts or not _HOSTS.search(line.text)):
        return False
    if section.begun:  # only the author or the rubric may stand between the title and its introduction
        return False
    return bool(find_versions(line.text)) and bool(_INTRODUCES.search(line.text) or _HOSTS.search(line.text))


def _read_introduction(section: Section, line: DocumentLine) -> None:
    """Take the versions and the hosts from a post's title or introduction."""
    section.versions.update(dict.fromkeys(find_versions(line.text)))
    if len(line.text.split()) > 9 or line.text.endswith("."):  # a sentence, not a title
        section.introduced = True
        if not section.hosts and (hosts := _HOSTS.search(line.text)):
            section.hosts = (hosts[1], hosts[2])


def _parse_date(text: str) -> str | None:
    """A line that is a date, as an ISO date."""
    match = _DATE.match(text) if len(text) < 40 else None
    if not match:
        return None
    if match[5]:
        return f"{match[5]}-{match[6]}-{match[7]}"
    month, day = _MONTHS.get(match[2][:3].lower()), match[1] or match[3]
    return f"{match[4]}-{month:02}-{int(day):02}" if month and day else None
