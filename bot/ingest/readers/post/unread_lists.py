"""Lists of changes whose items have no number: they are not read, so each list is told, in one problem.

    ## Unreleased
    - Boards have owners        -> ReadProblem(2, "Boards have owners", "2 list items below “Unreleased” name neither a
    - Quotes can be copied                                              number nor a version, …")

A list says that it is one of changes by its heading ("Added", "Coming soon", "What's new"), by the release that it
stands under, or by the changes with a number around it. Links, steps, thanks and what heads other items are none.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from bot.ingest.models import DocumentLine, ReadProblem
from bot.ingest.readers.post.headings import SectionLine, announces_release, find_versions
from bot.ingest.readers.post.row import has_number
from bot.ingest.readers.post.sections import Section
from bot.ingest.readers.struck_out import STRUCK_OUT

_CORE = (
    r"(?:what(?:'|’)?s (?:new|next|changed|changing|coming)|what is (?:new|next|coming)|un-?released|not yet released"
    r"|coming (?:soon|up|next)|up next|next up|road ?map|planned|preview|backlog"
    r"|in (?:the (?:pipeline|works)|progress|development|preview|beta)|on the (?:way|horizon|road ?map)"
    r"|(?:(?:new|next|upcoming|future|planned|recent|latest|other|more|all|small|smaller|minor|major|breaking|key|further"
    r"|bug|feature|general|various) ){0,3}"
    r"(?:release|version|features?|changes?|improvements?|enhancements?|updates?|fix(?:es)?|additions?|highlights?"
    r"|removals?|deprecations?)"
    r"|bug ?fix(?:es)?|bugs(?: (?:fixed|squashed|resolved))?|added|changed|fixed|improved"
    r"|removed|deprecated|resolved(?: issues)?|new|change ?log"
    r"|(?:honou?rable|other|quick|further) mentions|in brief|quick wins|release notes|everything else"
    r"|the rest|also(?: new)?)"
)
_TIME = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}|20\d\d|month|week|monthly|weekly"
_BEHIND = (
    r"(?:in|for|of|to|from|since|with|on|this|the|halo|halopsa|psa|release|version|list|items?"
    rf"|{_TIME}|v?\d[\d.]{{0,9}})"
)
# Headings of what changed, and of what will change: "Fixed", "New features & improvements in HaloPSA".
_OF_CHANGES = re.compile(
    rf"(?:(?:the|our|your|some|a few|halo|halopsa|psa|(?:summary|list|overview) of|{_TIME}),? ){{0,4}}"
    rf"{_CORE}(?>(?:(?: ?[&,/+] ?| and ){_CORE}\b){{0,4}})(?:(?:,| ?[|:–—-])? {_BEHIND}){{0,6}}",
    re.IGNORECASE,
)
_KIND = (
    r"(?:(?:new|bug|other|more|further|small|minor|major|breaking|feature) ){0,2}"
    r"(?:added|new|chang(?:ed|es)|fix(?:ed|es)|improve(?:d|ments?)|enhanc(?:ed|ements?)|remov(?:ed|als?)|deprecat(?:ed|ions?)"
    r"|additions?|features?|bug ?fix(?:es)?|bugs fixed|resolved|coming soon|unreleased)"
)
# Those of nothing but changes, whatever words their items begin with: "Added: Open tickets by scanning", "New: Kiosk".
_PLAINLY = re.compile(rf"{_KIND}(?>(?:(?: ?[&,/+] ?| and ){_KIND}\b){{0,4}})", re.IGNORECASE)
_CHANGES = re.compile(r"\b(?:features?|changes|updates|improvements?|enhancements?|fixes)\b", re.IGNORECASE)
# What says of a heading that these are plans: "In the next release we will ship", "Under consideration".
_OF_PLANS = re.compile(
    r"\b(?:(?:next|upcoming|future|later|following) (?:releases?|versions?|updates?)|still to come|planned"
    r"|under (?:consideration|development)|we(?:(?:'|’)re| are) (?:working on|building|planning)|we plan)\b",
    re.IGNORECASE,
)
# Headings of what is no change: with nothing behind them, and with anything.
_OF_OTHERS = re.compile(
    r"(?:(?:new|our|all|useful|more|further|important|quick|special|upcoming|next|recent|system|technical) ){0,2}"
    r"(?:contributors?|thanks|credits|acknowledge?ments?|authors?|hosts?|guests?|speakers?|sponsors?|people|team|links?"
    r"|resources?|references|sources?|downloads?|documentation|docs|further reading|contents|agenda|topics?|chapters?"
    r"|menu|navigation|faqs?|questions|feedback|share|events?|webinars?|dates|steps|instructions"
    r"|requirements|prerequisites|checksums|licen[cs]e|tips|next steps|actions?(?: items| points)?|to[- ]?dos?"
    r"|takeaways|summary|benefits|files|get(?:ting)? started|set ?up|posts|articles|meetings?|notes?|tags|categories"
    r"|archives?|aob|any other business|attendees|present|apologies|absent|participants|birthdays|decisions|risks"
    r"|mitigations?|workarounds?|affected (?:versions?|products?|systems?)|open (?:questions|points|items)|pros|cons"
    r"|advantages|disadvantages|guides?|tutorials?|courses?|training|videos?|glossary|vacancies|contacts|stat(?:istic)?s"
    r"|(?:training|key|event|webinar) dates|not (?:in|doing|planned|going)\b.{0,40}|links? mentioned"
    r"|dependenc(?:y|ies)(?: (?:updates?|upgrades?|changes))?"
    r"|(?:release|roll-?out|upgrade|maintenance) (?:schedule|calendar|plan|timeline)|timeline"
    r"|(?:[\w-]{1,20} ){0,2}(?:partners|testers|contributors|sponsors|speakers|attendees))"
    r"(?: (?:for|from|of) .*)?"
    r"|contact|support|(?:thanks to|thank you|many thanks|about|see also|read|related|table of|on this page"
    r"|in this (?!release|version|update)|who|why|when|where|how(?! .{1,80} (?:has |have )?changed$)|follow"
    r"|subscribe|install\w*|to install|upgrad\w+"
    r"|to upgrade|updating|before|after"
    r"|known (?:issues?|problems?|limitations?|bugs?|errors?|defects?)|our (?:services?|products?|prices|company)"
    r"|frequently|contact|you (?:may|might)|more from|recent posts|want|need"
    r"|what (?:you|we|is|to|are))\b.*",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"(?:then |now |first,? |next,? |finally,? )?(?:please|open|click|go to|select|choose|press|log (?:in|on)|sign in"
    r"|navigate|download|install|restart|reboot|back ?up|enter|type|tick|untick|save|scroll|wait|repeat|make sure"
    r"|run the|visit|watch|listen|contact|call us|(?:e-?)?mail us|read|see|check (?:out|the|that)|follow|join"
    r"|subscribe|register)\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:many |big )?(?:thanks|thank you|next time|see you|stay tuned|happy |that(?:'|’)s (?:all|it)|more to come"
    r"|welcome|any questions|enjoy\b|cheers\b)",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:https?://|www\.|mailto:)\S*|\S+@\S+|@[\w-]+\b.*|.*[:?]|bump .* to v?\d\S*"
    r"|(?:none|nothing|n/?a|tb[acd]|to ?do|empty|no changes?|not applicable)\b(?: yet| so far| here| this time)?[.!]?",
    re.IGNORECASE,
)
# What a project's own number ends, as of a pull request: beside changes of Halo's it is the project's own work.
_OTHER_NUMBER = re.compile(r"[#/]\d{1,5}\)?$")
# What the page of a program says of it beside its features: these are not new.
_OF_PROGRAM = re.compile(
    r"(?:install(?:ation|ing)?|usage|quick ?start|licen[cs]e|contributing|requirements|configuration|getting started)",
    re.IGNORECASE,
)
_FEATURES = re.compile(r"(?:key |main )?features", re.IGNORECASE)
MIN_OF_PROGRAM = 2  # such headings on such a page
MAX_HEADING_WORDS = 12
MAX_AREA_WORDS = 2  # of an item that only heads those below it, which have no number either
MIN_WORDS, MIN_LETTERS = 2, 3  # of an item that may be a change; of one word below a heading of nothing but changes
MAX_LENGTH = 320  # characters of such an item where nothing says that it stands below changes, and of what is told
MIN_LINES, MIN_LINE_WORDS, MAX_LINE_WORDS = 2, 3, 14  # of a list without bullets


@dataclass(slots=True)
class _List:
    """The items below one heading of which nothing was read, and what the heading says."""

    heading: str = ""
    of_changes: bool = False  # the heading says that these are changes, or a release is above it
    of_others: bool = False  # it says that they are none
    apart: bool = False  # it stands beside those of releases, not below one
    plainly: bool = False  # its heading says so of each item
    bulleted: bool = True
    rows: list[DocumentLine] = field(default_factory=list)  # the changes with a number below it
    items: list[DocumentLine] = field(default_factory=list)


def find_unread_lists(
    section: Section, unread: Collection[int], has_changes: bool, looks_like_change: Callable[[str], bool]
) -> Iterator[ReadProblem]:
    """A problem for each list of a section that is one of changes, and one for each of its items that is struck out.
    `unread` are the line numbers of the bullets and texts of which nothing was read; `has_changes`: something was read
    from the section.
    """
    if not unread:
        return
    is_of_program = not has_changes and _is_of_program(section.lines)
    for found in (*_split_lists(section, unread), *_find_plain_lists(section.lines, unread)):
        items = [item for item in found.items if not _COURTESY.match(item.text)]
        if found.rows:
            items = [item for item in items if not _OTHER_NUMBER.search(item.text)]
        steps = sum(_STEP.match(item.text) is not None for item in items)
        alike = sum(looks_like_change(item.text) for item in items)
        is_alike = alike * 2 > len(items) and not found.apart
        is_of_changes = found.of_changes or (has_changes and (found.rows or is_alike))
        if is_of_program and _FEATURES.fullmatch(found.heading):
            continue
        is_menu = all(item.linked for item in items) and found.rows and not any(row.linked for row in found.rows)
        is_of_steps = steps * 2 >= len(items) and (not found.plainly or all(item.linked for item in items))
        if items and is_of_changes and not is_menu and not is_of_steps:
            yield from (ReadProblem(item.number, item.text, STRUCK_OUT) for item in items if item.withdrawn)
            if left := [item for item in items if not item.withdrawn]:
                yield ReadProblem(left[0].number, left[0].text[:MAX_LENGTH], _reason(left, found))


def _split_lists(section: Section, unread: Collection[int]) -> Iterator[_List]:
    """The lists with such items. All bullets below one heading are one list, whatever stands between them."""
    release = _Release(section.episode is not None and bool(section.versions))
    current = _List(of_changes=release.is_open)
    for at, (kind, line, *_) in enumerate(section.lines):
        heading = _read_heading(section.lines, at)
        if heading is not None and not (line.kind == "bullet" and current.of_others):
            if current.items:
                yield current
            of_changes = _is_of_changes(heading)
            of_changes = of_changes or (kind == "full" and _CHANGES.search(heading) is not None)
            release.read_heading(line, of_changes, is_title=not current.heading)
            of_others = not of_changes and (kind == "watch" or _OF_OTHERS.fullmatch(heading) is not None)
            is_plain = _PLAINLY.fullmatch(heading) is not None
            current = _List(heading, of_changes or release.is_open, of_others, release.was_left, is_plain)
        elif kind == "row":
            current.rows.append(line)
        elif current.of_others or kind != "bullet" or line.number not in unread:
            continue
        elif _is_item(section.lines, at, current):
            current.items.append(line)
    if current.items:
        yield current


@dataclass(slots=True)
class _Release:
    """Whether what is being looked at stands below the heading of a release."""

    is_open: bool
    was_left: bool = False  # a heading beside it has ended it
    level: int = 0  # of its heading; 0: not known, or it is the title of all that follows
    _is_title: bool = False

    def read_heading(self, line: DocumentLine, of_changes: bool, is_title: bool) -> None:
        """A heading begins a release, ends one, or does neither. `is_title`: it says what the document is about."""
        if announces_release(line) or (is_title and of_changes):
            self._is_title = self._is_title or is_title
            self.is_open, self.was_left = True, False
            self.level = 0 if self._is_title else line.depth
        elif self.level and 0 < line.depth <= self.level:
            self.is_open, self.was_left = False, True


def _is_of_changes(heading: str) -> bool:
    return _OF_CHANGES.fullmatch(heading) is not None or (
        _OF_PLANS.search(heading) is not None and _OF_OTHERS.fullmatch(heading) is None
    )


def _is_of_program(lines: list[SectionLine]) -> bool:
    """Whether a page says how a program is installed and used."""
    headings = {line.line.text.lower() for line in lines if line.line.kind == "heading" and len(line.line.text) < 40}
    return sum(_OF_PROGRAM.fullmatch(heading) is not None for heading in headings) >= MIN_OF_PROGRAM


def _find_plain_lists(lines: list[SectionLine], unread: Collection[int]) -> Iterator[_List]:
    """Lists whose items have no bullets: a heading of changes, and lines as titles are right below it."""
    current: _List | None = None
    for kind, line, *_ in lines:
        if current and kind == "text" and line.number in unread and _is_title(line):
            current.items.append(line)
            continue
        if current and len(current.items) >= MIN_LINES and not _goes_on(line):
            yield current
        may_head = kind not in ("row", "bullet") and not line.linked and ": " not in line.text
        heading = _trim(line.text) if may_head else ""
        is_heading = 0 < len(heading.split()) <= MAX_HEADING_WORDS and _is_of_changes(heading)
        is_plain = _PLAINLY.fullmatch(heading) is not None
        current = _List(heading, of_changes=True, plainly=is_plain, bulleted=False) if is_heading else None
    if current and len(current.items) >= MIN_LINES:
        yield current


def _is_title(line: DocumentLine) -> bool:
    """Whether a line without a bullet looks like an item of a list, rather than a part of a paragraph."""
    text = line.text
    return (
        line.kind == "text"
        and not line.linked
        and MIN_LINE_WORDS <= len(text.split()) <= MAX_LINE_WORDS
        and not text[0].islower()
        and text[-1] not in ".!?,;:"
        and "|" not in text
        and not _NO_TITLE.fullmatch(text)
        and not has_number(text)
        and not _is_of_changes(_trim(text))
    )


def _goes_on(line: DocumentLine) -> bool:
    """Whether a line ends the sentence of those above it, which are no list then."""
    return line.kind == "text" and line.text[:1].islower()


def _trim(text: str) -> str:
    """The words of a heading, without signs at its edges."""
    return re.sub(r"^\W+|\W+$", "", text[:200].rsplit(". ", 1)[-1])


def _read_heading(lines: list[SectionLine], at: int) -> str | None:
    """What a line says that heads others, without signs at its edges: a heading, or a few words right above a list."""
    kind, line, *_ = lines[at]
    text = line.text
    is_heading = kind not in ("row", "bullet", "text") or (kind == "text" and line.kind == "heading")
    if not is_heading and kind != "row" and len(text.split()) <= MAX_HEADING_WORDS:
        above_list = at + 1 < len(lines) and lines[at + 1].line.kind == "bullet"
        is_heading = text.endswith(":") or (kind == "text" and above_list and text[-1] not in ".!?,;")
    return _trim(text) if is_heading else None


def _is_item(lines: list[SectionLine], at: int, found: _List) -> bool:
    """Whether a bullet may be a change by itself: words, and no part of the item above, nor the name of those below."""
    line = lines[at].line
    words = len(line.text.split())
    is_word = found.plainly and not line.linked and sum(map(str.isalpha, line.text)) >= MIN_LETTERS
    if (words < MIN_WORDS and not is_word) or (len(line.text) > MAX_LENGTH and not found.of_changes):
        return False
    if _NO_TITLE.fullmatch(line.text) or has_number(line.text):
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    is_parent = below is not None and below.line.kind == "bullet" and below.line.depth > line.depth
    if is_parent and below and (below.kind == "row" or words <= MAX_AREA_WORDS):
        return False
    return not found.items or line.depth <= found.items[-1].depth


def _reason(items: list[DocumentLine], found: _List) -> str:
    below = f" below “{found.heading[:60]}”" if found.heading else ""
    without = "no number" if any(find_versions(item.text) for item in items) else "neither a number nor a version"
    if len(items) == 1:
        return f"a list item{below} names {without}, so it was not read: give it its number, or import it as a table"
    counted = f"{len(items)} {'list items' if found.bulleted else 'lines'}{below} name {without}"
    return f"{counted}, so they were not read: give each its number, or import them as a table"
