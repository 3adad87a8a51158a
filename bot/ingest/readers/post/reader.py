"""All the ways a "By the [run]Book" post lists changes, read into records: page, saved text or pasted. Pure.

A section is one stretch about one episode. In it, rows name a change with its number; the line under a row is its
summary and the bullets under it are notes. What stands above the "Full Feature List" is a highlight. A line without a
number that belongs to no row is a change that was only described; it is counted, for its place in the list is its key.
"""

import re
from typing import NamedTuple

from bot.catalog.models import Episode, Mention, Version
from bot.ingest import versions
from bot.ingest.models import DocumentBuilder, DocumentLine, ParsedDocument, Priority, ReadProblem, Record
from bot.ingest.readers.html import html_lines, looks_like_html, page_address
from bot.ingest.readers.post.changes import Change, changes
from bot.ingest.readers.post.row import Row, cut_row, numbered
from bot.ingest.readers.post.sections import Section, sections, versions_in
from bot.ingest.readers.prose import caution_in
from bot.ingest.readers.text import decode, text_lines

_CHANGE = re.compile(
    r"^(?:(?:add|allow|introduc|enabl|improv|remov|chang|updat|fix|resolv|extend|expand|support|display|show|prevent|split"
    r"|group|disabl|ensur)(?:s|ed|es|ing|e)?\b"
    r"|new\b|you can now|it is (?:now|no longer)|an? (?:new )?(?:setting|option)"
    r"|.{0,80}\b(?:can now|can be|has been|have been|now|is now available|no longer)\b)",
    re.IGNORECASE,
)
_ABOUT_THE_POST = re.compile(
    r"By the \[?\s*run\s*\]?\s?Book|\b(?:in|of) this episode\b|^this (?:episode|week|release)\b", re.IGNORECASE
)
_REMARK = re.compile(
    r"^(?:called out|highlighted (?:during|in|by|as)|discussed|noted|as (?:discussed|mentioned)|the hosts)\b",
    re.IGNORECASE,
)
_DECORATION = re.compile(
    r"^(?:(?:[\u2600-\u27bf\u2b50\u2b55\u203c\U0001f300-\U0001faff]\ufe0f?|:[a-z0-9_+-]{2,30}:|[*_~])\s*)+|\s*[*_~]+$"
)
_TITLE_LABEL = re.compile(r"^(?:feature|title|change|name|update)\s*:\s+(?=\S)", re.IGNORECASE)
_SUMMARY_LABEL = re.compile(
    r"^(?:summary|description|details?|what it does|what(?:'|’)s new)\s*:\s+(?=\S)", re.IGNORECASE
)
LONGEST_DESCRIPTION = 320  # characters; a longer paragraph tells a story


class Lines(NamedTuple):
    """A document's lines, its address where it says it, and whether the last line has no end, so that it may have been
    cut off.
    """

    lines: list[DocumentLine]
    address: str | None
    ends_cut: bool


def lines_of(data: bytes, charset: str | None = None) -> Lines:
    """The lines of a page or a text. Never raises for what the bytes are."""
    text = decode(data, charset)
    if not looks_like_html(data):
        return Lines(text_lines(text), None, bool(text) and not text.endswith("\n"))
    return Lines(html_lines(text), page_address(text), not text.rstrip().endswith(">"))


def read_lines(
    lines: list[DocumentLine], source: str, address: str | None = None, ends_cut: bool = False
) -> ParsedDocument:
    """The changes in a document's lines. `ends_cut`: the last line has no end, so it may have been cut off."""
    found = DocumentBuilder()
    parts = sections(lines)
    written = {
        v
        for part in parts
        for v in (*part.versions, *(Version(*map(int, row.version.split("."))) for row in part.rows if row.version))
    }
    stripped = any(_cut_title(row.title) and row.glued for part in parts for row in part.rows)
    last = lines[-1].number if lines else 0
    for part in parts:
        _Section(part, found, written, stripped, last if ends_cut else 0).read()
    posts = {part.episode for part in parts if part.items and part.episode is not None}
    found.episodes.extend(_episodes(parts, written, address if len(posts) == 1 else None))
    return found.build(source)


def _listed(row: Row, line: DocumentLine) -> bool:
    """Whether a line has the shape of a list's: it begins with its number, or is a bullet that ends in it."""
    return row.leads or (line.kind == "bullet" and not row.after)


def _cut_title(title: str) -> bool:
    """Whether the first half of a title was cut off: it begins in the middle of a sentence, or closes a quote that it
    never opened.
    """
    return bool(title) and (title[0].islower() or (title.find("”") >= 0 and "“" not in title[: title.find("”")]))


def _episodes(parts: list[Section], written: set[Version], address: str | None) -> list[Episode]:
    found: dict[int, Episode] = {}
    for part in parts:
        if part.episode is None:
            continue
        old = found.get(part.episode, Episode(part.episode))
        found_versions = {versions.restore_version(v, written)[0] for v in part.versions} | set(old.versions)
        found[part.episode] = Episode(
            part.episode,
            old.url or (address if part.items else None),
            old.published or part.published,
            old.hosts or part.hosts,
            tuple(sorted(found_versions)),
        )
    return [episode for episode in found.values() if episode.versions or episode.published]


class _Section:
    """Turns one section's changes into records."""

    def __init__(
        self, section: Section, found: DocumentBuilder, written: set[Version], stripped: bool, cut_at: int
    ) -> None:
        self.section, self.found, self.written, self.cut_at = section, found, written, cut_at
        self.versions = tuple(sorted({self._meant(v) for v in section.versions}))
        self.lines = [item.line for item in section.items if item.kind in ("text", "bullet")]
        # Titles were lost in the whole document: what is left of a list without numbers are summaries of changes that
        # we are not told.
        self.summaries_only = stripped and len(section.rows) * 5 < len(self.lines)

    def read(self) -> None:
        if self.section.comments:
            self._commented()
            return
        nth = 0
        for change in changes(self.section, lambda text: bool(_CHANGE.match(text))):
            if change.row:
                self._numbered(change)
            elif self._describes(change.line):
                nth += 1
                self._described(change, nth)
            else:
                self._left_over(change.line)

    def _commented(self) -> None:
        for row in (item for item in self.section.items if item.row):
            self.found.problems.append(
                ReadProblem(row.line.number, row.line.text, "in a reader's comment, not read as a change")
            )

    def _meant(self, version: Version) -> Version:
        restored, said = versions.restore_version(version, self.written)
        if said:
            self.found.remarks.append(said)
        return restored

    def _numbered(self, change: Change) -> None:
        row, line = change.row, change.line
        if row is None:
            return
        listed = (
            change.version is not None
            and _listed(row, line)
            and sum(_listed(item.row, item.line) for item in self.section.items if item.row) > 1
        )
        weak = not row.sure and not listed and (self.section.episode is None or not change.weak_allowed)
        if weak or not row.title:
            why = "a number in passing, not read as a change" if weak else "a number without a title"
            self.found.problems.append(ReadProblem(line.number, line.text, why))
            return
        if row.ends_open and line.number == self.cut_at and self._may_be_cut(row):
            self.found.problems.append(
                ReadProblem(line.number, line.text, "the document ends in this number, so it may be cut off")
            )
            return
        version = self._meant(Version(*map(int, row.version.split(".")))) if row.version else change.version
        possible = () if version else self.versions
        if version is None and len(possible) == 1:
            version, possible = possible[0], ()
        summary = _SUMMARY_LABEL.sub("", row.after or change.summary)
        title = _TITLE_LABEL.sub("", _DECORATION.sub("", row.title)) or row.title
        mention = Mention(self.section.episode, row.minute) if self.section.episode is not None else None
        if mention is None and row.minute:
            self.found.remarks.append("No episode is named, so its minutes were left out.")
        worth = (
            Priority.TEASER
            if _cut_title(row.title)
            else Priority.FULL
            if row.sure and (row.minute or not change.highlighted)
            else Priority.BLURB
        )
        caution = caution_in((summary, *change.notes))
        lines = tuple(text for text in (line.text, row.title, summary) if text)
        self.found.records.append(
            Record(
                row.number,
                title,
                summary,
                change.notes,
                caution,
                change.highlighted,
                version,
                possible,
                None,
                mention,
                line.number,
                lines,
                worth,
            )
        )

    def _may_be_cut(self, row: Row) -> bool:
        """Whether a number at the very end of a document may lack its last digits: it is short, or shorter than others
        that went on with a minute.
        """
        others = [other for other in self.section.rows if other is not row]
        longest = max((len(other.number) for other in others), default=len(row.number) + 1)
        unlike = len(row.number) < longest and (
            any(other.minute for other in others) or self.section.episode is not None
        )
        return len(row.number) < 6 or unlike

    def _describes(self, line: DocumentLine) -> bool:
        """Whether a line without a number is a change that was described."""
        text = line.text
        if (
            self.section.episode is None
            or not self.versions
            or len(text.split()) < 3
            or len(text) > LONGEST_DESCRIPTION
            or text.endswith((":", "?"))
            or _ABOUT_THE_POST.search(text)
            or "|" in text
            or numbered(text)
        ):
            return False
        return text.endswith((".", "!")) or bool(_CHANGE.match(text))

    def _described(self, change: Change, nth: int) -> None:
        text = change.line.text
        remark = _REMARK.match(text) or any(
            re.match(rf"{host}\b.{{0,40}}\b(?:noted|said|called|discussed|recommend|like)", text)
            for host in self.section.hosts
        )
        if remark and not self.summaries_only:
            self.found.problems.append(
                ReadProblem(change.line.number, text, "a remark of the hosts without a change to it")
            )
            return
        version = change.version or (self.versions[0] if len(self.versions) == 1 else None)
        self.found.records.append(Record(
            None, text, caution=caution_in([text]), version=version, possible_versions=() if version else self.versions,
            mention=Mention(self.section.episode or 0), line_number=change.line.number, lines=(text,),
            priority=Priority.TEASER if self.summaries_only else Priority.BLURB, index_in_episode=nth,
        ))  # fmt: skip

    def _left_over(self, line: DocumentLine) -> None:
        """What is no change goes without a word, unless it looks like one."""
        text = line.text
        if cut_row(text):
            self.found.problems.append(
                ReadProblem(line.number, text, "a version without a number: cut off, or not a change of Halo's")
            )
        elif numbered(text):
            self.found.problems.append(ReadProblem(line.number, text, "a number in passing, not read as a change"))
        elif self.section.episode is not None and versions_in(text) and "|" in text:
            self.found.problems.append(ReadProblem(line.number, text, "looks like a change, but has no number"))
