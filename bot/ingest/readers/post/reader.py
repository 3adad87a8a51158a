"""The ways in which posts about episodes and releases list changes, read into records.

    By the [run]Book: Episode 22
    Robbie and Connor talk about HaloPSA v2.218.
    Important Mentions
    Approval reminders on a schedule | v2.218 #1101201 | 4:40    -> Record("1101201", highlighted, v2.218, 22 at 4:40)
    Reminders go out until somebody decides.                          with this line as its summary
    Full Feature List
    Tax codes follow the address | v2.218 #1100777               -> Record("1100777", v2.218, 22)
    Adds a report on unused templates.                           -> Record(None, "Adds a report …", 22, its first line)

A change without a number was only described. It is counted, for its position in the list is its key.
"""

import re
from collections.abc import Collection
from itertools import count
from typing import NamedTuple

from bot.catalog.models import Episode, Mention, Version
from bot.ingest import versions
from bot.ingest.models import DocumentBuilder, DocumentLine, ParsedDocument, Priority, ReadProblem, Record
from bot.ingest.readers.marks import GENERAL_CAUTION, SAID_TO_BE_WITHDRAWN, read_mark, says_withdrawn
from bot.ingest.readers.post.bold_titles import TitledChange, find_titled_changes, join_titles_above, untitled_bullets
from bot.ingest.readers.post.changes import ParsedChange, group_changes
from bot.ingest.readers.post.headings import BRAND, find_versions, name_episodes
from bot.ingest.readers.post.numbers_at_end import sign_numbers_at_end
from bot.ingest.readers.post.people import find_people, without_people
from bot.ingest.readers.post.row import ParsedRow, has_number, is_cut_off, names_several, parse_row
from bot.ingest.readers.post.sections import Section, split_sections
from bot.ingest.readers.post.titles import clean_summary, clean_title, read_row_text
from bot.ingest.readers.post.unread_lists import find_unread_lists
from bot.ingest.readers.post.unread_numbers import IN_PASSING, find_unread_numbers
from bot.ingest.readers.prose import find_caution
from bot.ingest.readers.struck_out import STRUCK_OUT
from bot.ingest.readers.table.values import says_only_yes_or_no

# How descriptions of changes begin, or what they have in them: "Adds …", "You can now …", "… has been …".
_CHANGE = re.compile(
    r"^(?:(?:add|allow|introduc|enabl|improv|remov|chang|updat|fix|resolv|extend|expand|support|display|show|prevent"
    r"|split|group|disabl|ensur)(?:s|ed|es|ing|e)?\b"
    r"|new\b|you can now|it is (?:now|no longer)|an? (?:new )?(?:setting|option)"
    r"|.{0,80}\b(?:can now|can be|has been|have been|now|is now available|no longer)\b)",
    re.IGNORECASE,
)
_ABOUT_THE_POST = re.compile(rf"{BRAND}|\b(?:in|of) this episode\b|^this (?:episode|week|release)\b", re.IGNORECASE)
_REMARK = re.compile(
    r"^(?:called out|highlighted (?:during|in|by|as)|discussed|noted|as (?:discussed|mentioned)|the hosts)\b",
    re.IGNORECASE,
)
STRUCK_HEADING = "it is struck out, so it is not the version of what stands below it"
SEVERAL_NUMBERS = "several numbers in one line; give each change a line of its own"
MAX_TITLE_WORDS = 16  # of a line that is taken for a title; a longer one is a sentence
MAX_DESCRIPTION_LENGTH = 320  # characters; a longer paragraph tells a story


def read_post(
    lines: list[DocumentLine],
    source: str,
    address: str | None = None,
    ends_cut: bool = False,
    others: Collection[str] = (),
) -> ParsedDocument:
    """The changes in a document's lines.

    `address` becomes the episode's page when the document is about one episode. `ends_cut`: the last line has no end,
    so it may have been cut off. `others` are the numbers that were read elsewhere in the document.
    """
    builder = DocumentBuilder()
    sections = split_sections(join_titles_above(sign_numbers_at_end(lines)))
    rows = [row for section in sections for row in section.rows]
    written = {version for section in sections for version in section.versions}
    written |= {row.version for row in rows if row.version}
    titles_cut = any(_is_cut_title(row.title) and row.summary_glued for row in rows)
    cut_line = lines[-1].number if lines and ends_cut else 0
    default = _find_default(lines, sections)
    for section in sections:
        _SectionReader(section, builder, written, titles_cut, cut_line, default).read()
    builder.problems.extend(find_unread_numbers(lines, builder.records, builder.problems, others))
    posts = {section.episode for section in sections if section.lines and section.episode is not None}
    builder.episodes.extend(_collect_episodes(sections, written, address if len(posts) == 1 else None))
    return builder.build(source)


class _Default(NamedTuple):
    """What a whole document says: the one version and the one episode that it names, for rows that nothing else says it
    of, and the people that it lists.
    """

    version: Version | None = None
    episode: int | None = None
    people: frozenset[str] = frozenset()  # whose names stand behind titles


def _find_default(lines: list[DocumentLine], sections: list[Section]) -> _Default:
    named: set[Version] = set()
    episodes: set[int] = set()
    for line in lines:
        named.update(find_versions(line.text))
        episodes |= name_episodes(line.text)
        if len(named) > 1 and len(episodes) > 1:
            break
    has_minutes = any(row.minute for section in sections for row in section.rows)
    is_post = any(section.episode is not None and section.rows for section in sections)
    return _Default(
        named.pop() if len(named) == 1 else None,
        episodes.pop() if len(episodes) == 1 and has_minutes and not is_post else None,
        find_people(lines),
    )


def _is_cut_title(title: str) -> bool:
    """Whether the first half of a title was cut off: it begins in the middle of a sentence, or closes a quote that it
    never opened.
    """
    closes = title.find("”")
    return bool(title) and (title[0].islower() or (closes >= 0 and "“" not in title[:closes]))


def _collect_episodes(sections: list[Section], written: set[Version], address: str | None) -> list[Episode]:
    """What the sections say of their episodes, put together; an episode that nothing is said of is left out."""
    episodes: dict[int, Episode] = {}
    for section in sections:
        if section.episode is None:
            continue
        so_far = episodes.get(section.episode, Episode(section.episode))
        named = {versions.restore_version(version, written)[0] for version in section.versions}
        episodes[section.episode] = Episode(
            section.episode,
            so_far.url or (address if section.lines else None),
            so_far.published or section.published,
            so_far.hosts or section.hosts,
            tuple(sorted(named | set(so_far.versions))),
        )
    return [episode for episode in episodes.values() if episode.versions or episode.published]


class _SectionReader:
    """Turns one section's changes into records, and what looks like a change into problems."""

    def __init__(
        self,
        section: Section,
        builder: DocumentBuilder,
        written: set[Version],
        titles_cut: bool,
        cut_line: int,
        default: _Default,
    ) -> None:
        self.default = default
        self.unread: set[int] = set()  # line numbers of bullets and texts of which nothing was read
        self.section, self.builder, self.written, self.cut_line = section, builder, written, cut_line
        self.versions = tuple(sorted({self._restore(version) for version in section.versions}))
        listed = [line.line for line in section.lines if line.row and _is_listed(line.row, line.line)]
        self.has_list = len(listed) > 1 or any(line.kind != "text" for line in listed)
        # Titles were cut off in the whole document: what a list without numbers still has are the summaries of changes
        # whose titles are lost.
        unnumbered = sum(line.kind in ("text", "bullet") for line in section.lines)
        self.summaries_only = titles_cut and len(section.rows) * 5 < unnumbered

    def read(self) -> None:
        """Add all that the section says to the builder."""
        if self.section.comments:
            for line in self.section.lines:
                if line.row:
                    self._add_problem(line.line, "in a reader's comment, not read as a change")
            return
        for line in self.section.lines:
            if line.kind == "version" and line.line.withdrawn:
                self._add_problem(line.line, STRUCK_HEADING)
            elif line.kind == "watch" and parse_row(line.line.text):  # in a mail's signature
                self._add_problem(line.line, IN_PASSING)
        before = len(self.builder.records)
        self._read_changes()
        has_changes = len(self.builder.records) > before
        self.builder.problems.extend(find_unread_lists(self.section, self.unread, has_changes, _looks_like_change))

    def _read_changes(self) -> None:
        positions = count(1)
        titled = find_titled_changes(self.section, _looks_like_change)
        if titled:
            for one in titled:
                self._read_titled(one, next(positions))
            self.unread |= untitled_bullets(self.section, titled)
            return
        for change in group_changes(self.section, _looks_like_change):
            if change.row:
                self._read_row(change, change.row, next(positions) if not change.row.number else 0)
            elif self._is_description(change.line):
                self._read_described(change, next(positions))
            else:
                self._read_other(change.line)

    def _add_problem(self, line: DocumentLine, reason: str) -> None:
        self.builder.problems.append(ReadProblem(line.number, line.text, reason))

    def _restore(self, version: Version) -> Version:
        """The version that is meant by one that may have lost its last zero."""
        restored, remark = versions.restore_version(version, self.written)
        if remark:
            self.builder.remarks.append(remark)
        return restored

    def _read_row(self, change: ParsedChange, row: ParsedRow, position: int) -> None:
        """Add a change that has a row; `position` is that of one without a number in the episode's list."""
        line = change.line
        if line.withdrawn:
            self._add_problem(line, STRUCK_OUT)
            return
        if says_withdrawn(row.title):
            self._add_problem(line, SAID_TO_BE_WITHDRAWN)
            return
        if names_several(line.text, row.number):
            self._add_problem(line, SEVERAL_NUMBERS)
            return
        if self._is_in_passing(change, row):
            self._add_problem(line, IN_PASSING)
            self.unread.update(change.bullets)
            return
        if not row.title or says_only_yes_or_no(row.title):
            self._add_problem(line, "a number without a title")
            return
        if row.number_last and line.number == self.cut_line and self._may_be_cut(row):
            self._add_problem(line, "the document ends in this number, so it may be cut off")
            return
        version = self._restore(row.version) if row.version else change.version
        possible = () if version else self.versions
        if not possible and not change.unreleased:
            version = version or self.default.version
        if len(possible) == 1:
            version, possible = possible[0], ()
        episode = self.section.episode if self.section.episode is not None else self.default.episode
        mention = Mention(episode, row.minute) if episode is not None else None
        if mention is None and row.minute:
            self.builder.remarks.append("No episode is named, so its minutes were left out.")
        text = read_row_text(line, row)
        summary = text.summary or clean_summary(change.summary)
        self.builder.records.append(
            Record(
                row.number or None,
                without_people(text.title, self.default.people),
                summary,
                change.notes,
                find_caution((summary, *change.notes)) or (GENERAL_CAUTION if text.caution or change.caution else None),
                change.highlighted,
                version,
                possible,
                mention=mention,
                line_number=line.number,
                lines=tuple(text for text in (line.text, row.title, summary) if text),
                priority=_prioritize(row, change.highlighted),
                index_in_episode=position,
            )
        )

    def _is_in_passing(self, change: ParsedChange, row: ParsedRow) -> bool:
        """Whether a number without a version is only named, not listed: the lines around it do not say that it is a
        change.
        """
        is_of_release = change.version or change.unreleased or self.default.version
        if row.certain or (is_of_release and self.has_list and _is_listed(row, change.line)):
            return False
        return self.section.episode is None or not change.uncertain_allowed

    def _may_be_cut(self, row: ParsedRow) -> bool:
        """Whether a number at the very end of a document may lack its last digits: it is short, or shorter than others
        although more than a number is to be expected.
        """
        others = [other for other in self.section.rows if other is not row]
        longest = max((len(other.number) for other in others), default=len(row.number) + 1)
        more_expected = self.section.episode is not None or any(other.minute for other in others)
        return len(row.number) < 6 or (more_expected and len(row.number) < longest)

    def _is_description(self, line: DocumentLine) -> bool:
        """Whether a line without a number describes a change."""
        text = line.text
        if self.section.episode is None or not self.versions:
            return False
        if len(text.split()) < 3 or len(text) > MAX_DESCRIPTION_LENGTH:
            return False
        if text.endswith((":", "?")) or "|" in text or _ABOUT_THE_POST.search(text) or has_number(text):
            return False
        return text.endswith((".", "!")) or _looks_like_change(text)

    def _read_described(self, change: ParsedChange, position: int) -> None:
        """Add a change that was only described, at its position in the episode's list."""
        text = change.line.text
        if change.line.withdrawn:
            self._add_problem(change.line, STRUCK_OUT)
            return
        if not self.summaries_only and self._is_remark(text):
            self._add_problem(change.line, "a remark of the hosts without a change to it")
            return
        possible = () if change.version or change.unreleased else self.versions
        version = possible[0] if len(possible) == 1 else change.version
        self.builder.records.append(
            Record(
                None,
                text,
                caution=find_caution([text]),
                version=version,
                possible_versions=() if version else possible,
                mention=Mention(self.section.episode or 0),
                line_number=change.line.number,
                lines=(text,),
                priority=Priority.TEASER if self.summaries_only else Priority.BLURB,
                index_in_episode=position,
            )
        )

    def _read_titled(self, change: TitledChange, position: int) -> None:
        """Add a change with a title of its own, or report it where nothing says which episode it is of."""
        if change.line.withdrawn:
            self._add_problem(change.line, STRUCK_OUT)
            return
        if self.section.episode is None or not self.versions:
            reason = "a change without a number, and no episode is named: give it the number, or import it as a table"
            self._add_problem(change.line, reason)
            return
        version = self.versions[0] if len(self.versions) == 1 else None
        self.builder.records.append(
            Record(
                None,
                clean_title(change.line.text).title,
                change.texts[0],
                change.texts[1:],
                find_caution(change.texts),
                version=version,
                possible_versions=() if version else self.versions,
                mention=Mention(self.section.episode),
                line_number=change.line.number,
                lines=(change.line.text, change.texts[0]),
                priority=Priority.BLURB,
                index_in_episode=position,
            )
        )

    def _is_remark(self, text: str) -> bool:
        """Whether a line is what the hosts said about a change."""
        verbs = r"\b.{0,40}\b(?:noted|said|called|discussed|recommend|like)"
        return bool(_REMARK.match(text)) or any(re.match(host + verbs, text) for host in self.section.hosts)

    def _read_other(self, line: DocumentLine) -> None:
        """Report a line that is no change but looks like one."""
        if line.withdrawn and line.kind == "bullet" and has_number(line.text):
            self._add_problem(line, STRUCK_OUT)
        elif line.kind == "bullet" and names_several(line.text):
            self._add_problem(line, SEVERAL_NUMBERS)
        elif is_cut_off(line.text):
            self._add_problem(line, "a version without a number: cut off, or not a change of Halo's")
        elif has_number(line.text):
            self._add_problem(line, IN_PASSING)
        elif self.section.episode is not None and find_versions(line.text) and "|" in line.text:
            self._add_problem(line, "looks like a change, but has no number")
        elif line.kind != "heading":
            self.unread.add(line.number)


def _looks_like_change(text: str) -> bool:
    """Whether a line without a number begins as descriptions of changes do, or has their words in it."""
    return _CHANGE.match(text) is not None


def _is_listed(row: ParsedRow, line: DocumentLine) -> bool:
    """Whether a line has the shape of a list's: it begins with its number, or ends in it and is a bullet, a heading or
    no more than a title.
    """
    if row.number_first or (row.summary and read_mark(row.summary).title):
        is_title = line.kind != "text" or (line.bold != "" and row.title.endswith(line.bold))
        return row.number_first or (is_title and row.summary_follows)
    return line.kind != "text" or (
        len(row.title.split()) <= MAX_TITLE_WORDS and not row.title.endswith((".", "!", "?"))
    )


def _prioritize(row: ParsedRow, highlighted: bool) -> Priority:
    """How much the texts of a row count against those of other sources."""
    if _is_cut_title(row.title):
        return Priority.TEASER
    return Priority.FULL if row.certain and (row.minute or not highlighted) else Priority.BLURB
