"""Text to Query: numbers, versions, filters, quoted phrases, lists, and the words that are left."""

import re
from dataclasses import dataclass, field

from bot.catalog.models import Filters
from bot.search import versions
from bot.search.models import Intent, Query
from bot.search.query_terms import build_terms
from bot.search.vocabulary import Vocabulary
from bot.text import STOP_WORDS, normalise, stem, stems, unescape, words

_GREETING = re.compile(
    r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening))(?: (?:there|halo|halobot|bot|all|team|everyone))?[\s!.,]*",
    re.IGNORECASE,
)
# What Slack makes of what people type: <@U123>, <!channel>, <#C1|name>, <https://…|label>.
_SLACK_MARK = re.compile(r"<([@#!])([^<>|]*)(?:\|([^<>]*))?>")
_SLACK_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|([^<>]*))?>")
_EPISODE_PAGE = re.compile(r"https?://\S*?episode-(\d{1,3})\b\S*", re.IGNORECASE)
_URL = re.compile(r"https?://\S+")
_FILTER = re.compile(r"(?<![\w/])([a-z]{2,12}):(?!//)(\"[^\"]*\"|[^\s\"]+)", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]{2,200})"')
_EXCLUDED = re.compile(r"(?<!\S)-(?:([a-z][\w-]*)|\"([^\"]{2,200})\")", re.IGNORECASE)
# "#794180", "794180", "id 794180", "ep15-07", "faq-sso".
_KEY = re.compile(
    r"(?<!\bep )(?<!\bepisode )#(?P<hash>\d{1,12})\b|(?<![\w.:$])(?P<id>\b(?:id|no|nr|number)\b[\s:#.]*)?(?P<number>\d{5,9})\b(?!\.\d)"
    r"|(?<![\w-])(?P<name>ep\d{1,3}-\d{1,3}|(?:faq|guide)-[a-z0-9-]+)(?![\w-])",
    re.IGNORECASE,
)
_EPISODE = re.compile(r"\b(?:episode|ep)\s*#?\s*(\d{1,3})\b", re.IGNORECASE)
_HIGHLIGHTS = re.compile(
    r"\bhighlights\b|\bhighlighted (?=changes|features|updates|ones)|^\W*highlighted\W*$", re.IGNORECASE
)  # not "highlight late tickets"
_RELEASE_NOTES = re.compile(r"\b(?:release|patch) notes\b", re.IGNORECASE)
_HELP = re.compile(r"(?:help|usage|commands|what can you do|how do i use (?:this|you))[\s?!.]*", re.IGNORECASE)

# "Everything for NinjaOne", "all avalara changes", "what changed with quotes", "portal stuff", "anything new for
# billing".
# Not "everything is slow", "all agents see every ticket", "what changed the status": a sentence has a verb or an
# article.
_SHOW = r"(?:(?:show|list|give|tell|find)(?: me| us)?(?: the)? )?"
_ALL = r"(?:everything|anything|all|every|any)"
_KIND_OF_NEWS = (
    r"(?:changes|updates|features|improvements|enhancements|additions|news|stuff|things|fixes|options|settings)"
)
_ABOUT = r"(?:for|about|on|in|to do|with|regarding|related|around|new|changes|since|from)"
_SENTENCE = r"(?:is|are|was|were|be|gets?|got|has|have|does|do|did|will|can|cant|cannot|goes|go|comes?|keeps?|falls?|sees?|looks?|needs?|stops?|that|which|ways?)"
_LISTS = re.compile(
    rf"^{_SHOW}{_ALL}(?!.*\b{_SENTENCE}\b)(?: {_ABOUT}\b|(?: \S+){{0,4}}$)|^(?:\S+ ){{1,3}}{_KIND_OF_NEWS}$|^{_SHOW}{_KIND_OF_NEWS}\b"
    rf"|\bwhat(?:s| is| has|s been)? ?(?:new|changed|changes|different|happened)\b(?! (?:the|my|our|an?)\b)"
    rf"|^(?:\S+ ){{0,3}}(?:new|latest|recent) {_KIND_OF_NEWS}\b|^(?:whats new|anything new|any news|{_SHOW}new(?= {_ABOUT}\b|$))|\b{_KIND_OF_NEWS} worth\b",
)
# … but not a question about how something is done.
_HOW = re.compile(r"^(?:how|can|could|why|when|does|do|is there|are there|stop|prevent|where)\b")
_LIST_WORDS = frozenset(
    (
        "everything anything all every any list show give tell find new newest news latest recent recently change changes changed update updates "
        "updated feature features improvement improvements enhancement enhancements addition additions stuff things fixes happened different worth "
        "knowing release releases version versions halo halopsa psa people folks guys related relating overview summary important interesting added "
        "introduced announced episode"
    ).split()
)
_NAMELESS = frozenset({"halo", "halopsa", "release", "releases", "version"})  # says nothing about which change is meant
_IGNORED, _IGNORED_IN_LISTS = STOP_WORDS | _NAMELESS, STOP_WORDS | _LIST_WORDS
MIN_SENTENCE_WORDS = 2  # words that tell something beside a bare, unknown number: then the number is no change's
MIN_KEY_DIGITS = 4  # digits of a change's number; "#1" is a manner of speaking
FILTER_NAMES = ("area", "version", "episode", "kind", "highlights")
_KINDS = {
    "faq": "faq",
    "faqs": "faq",
    "question": "faq",
    "guide": "guide",
    "guides": "guide",
    "feature": "feature",
    "features": "feature",
    "change": "feature",
}


@dataclass(slots=True)
class _ParseState:
    """A question while it is being understood: what is left of the text, and what was found in it."""

    rest: str
    keys: list[str] = field(default_factory=list)
    area: str | None = None
    episode: int | None = None
    kind: str | None = None
    highlights: bool = False
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    version_filters: list[versions.VersionFilter] = field(default_factory=list)

    def extract(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """All matches, which are cut out of the text."""
        found = list(pattern.finditer(self.rest))
        if found:
            self.rest = pattern.sub(" ", self.rest)
        return found


def parse_query(text: str, vocabulary: Vocabulary) -> Query:
    """What a person's text asks for. Any text is understood somehow; nothing is raised."""
    clean = _without_slack_marks(normalise(text))
    if not clean:
        return Query(clean, "nothing")
    if _HELP.fullmatch(clean) or _GREETING.fullmatch(clean):
        return Query(clean, "help")
    reading = _ParseState(clean)
    for match in reading.extract(_EPISODE_PAGE):
        reading.episode = int(match[1])
    reading.extract(_URL)
    _parse_filters(reading, vocabulary)
    _parse_keys(reading, vocabulary)
    in_text, reading.rest = versions.extract_versions(reading.rest, vocabulary.versions)
    asked = versions.combine_filters([*reading.version_filters, in_text])
    reading.notes += asked.notes
    if (episodes := reading.extract(_EPISODE)) and not asked.is_set:
        reading.episode = int(episodes[-1][1])
    if asked.is_set:
        reading.extract(_RELEASE_NOTES)
    if reading.extract(_HIGHLIGHTS):
        reading.highlights = True
    filters = Filters(asked.versions, reading.area, reading.episode, reading.kind, reading.highlights)
    return _build_query(clean, reading, filters, vocabulary)


def _build_query(clean: str, reading: _ParseState, filters: Filters, vocabulary: Vocabulary) -> Query:
    found = words(reading.rest)
    plain = " ".join(found)
    is_list = filters.highlights or bool(_LISTS.search(plain) and not _HOW.match(plain))
    terms, corrected = build_terms(found, _ignored_words(found, is_list or bool(filters)), vocabulary)
    wants: Intent = "list" if is_list else "best"
    if reading.keys:
        wants = "numbers"
    elif not terms and filters:
        wants = "version" if filters.versions is not None and filters == Filters(versions=filters.versions) else "list"
    elif not terms and is_list:  # "what's new": the newest version
        filters, wants = Filters(versions=vocabulary.versions[-1:]), "version"
    return Query(
        clean,
        wants,
        tuple(dict.fromkeys(reading.keys)),
        terms,
        filters,
        tuple(reading.phrases),
        tuple(reading.excluded),
        tuple(reading.notes),
        corrected,
    )


def _ignored_words(found: list[str], narrowed: bool) -> frozenset[str]:
    """The words of a question that only stand around what it asks about."""
    small = _IGNORED_IN_LISTS if narrowed else _IGNORED
    # A question of nothing but small words ("use for me") is searched with the words it has.
    return small if narrowed or not small.issuperset(found) else frozenset()


def _without_slack_marks(text: str) -> str:
    text = _SLACK_LINK.sub(lambda m: f" {m[1]} " if _EPISODE_PAGE.match(m[1]) else f" {m[2] or m[1]} ", text)
    text = _SLACK_MARK.sub(lambda m: f" {m[3]} " if m[1] == "#" and m[3] else " ", text)
    return " ".join(unescape(text).split())


def _parse_filters(reading: _ParseState, lexicon: Vocabulary) -> None:
    for match in reading.extract(_FILTER):
        name, value = match[1].lower(), match[2].strip('"')
        if (
            name in ("version", "v")
            and (
                asked := versions.extract_versions(
                    f"v{value}" if value[:1].isdecimal() and "." in value else value, lexicon.versions
                )[0]
            ).is_set
        ):
            reading.version_filters.append(asked)
        elif name == "area":
            reading.area = find_area(value, lexicon)
            if reading.area is None:
                reading.notes.append(f"I know no area “{value}”; there are {', '.join(lexicon.areas)}.")
        elif name in ("episode", "ep") and value.isdecimal():
            reading.episode = int(value[:6])
        elif name in ("highlight", "highlights"):
            reading.highlights = value.lower() not in ("no", "false", "0")
        elif name == "kind" and value.lower() in _KINDS:
            reading.kind = _KINDS[value.lower()]
        else:
            if name in FILTER_NAMES:
                reading.notes.append(f"“{match[0]}” is not something I can filter by.")
            else:
                reading.notes.append(
                    f"I know no filter “{name}:”; there are {', '.join(f'{f}:' for f in FILTER_NAMES)}"
                )
            reading.rest += f" {value}"
    for match in reading.extract(_EXCLUDED):
        reading.excluded += [stem(word) for word in words(match[1])] if match[1] else [" ".join(stems(match[2]))]
    for match in reading.extract(_QUOTED):
        if phrase := tuple(stems(match[1])):
            reading.phrases.append(phrase)
        reading.rest += f" {match[1]}"


def _parse_keys(reading: _ParseState, lexicon: Vocabulary) -> None:
    """Cut the numbers and keys out of the text, in its order. An unknown number is asked for, unless a sentence only
    has it.
    """
    found: list[str] = []
    certain = False

    def cut(match: re.Match[str]) -> str:
        nonlocal certain
        key = (match["hash"] or match["number"] or match["name"]).lower()
        if match["name"] and not (key in lexicon.keys or key.startswith("ep")):
            return match[0]
        found.append(key)
        certain = (
            certain
            or key in lexicon.keys
            or bool(match["name"] or match["id"])
            or len(match["hash"] or "") >= MIN_KEY_DIGITS
        )
        return " "

    rest = _KEY.sub(cut, reading.rest)
    if not found:
        return
    telling = [word for word in words(rest) if not word.isdigit() and word not in _IGNORED_IN_LISTS]
    if certain or len(telling) < MIN_SENTENCE_WORDS:
        reading.keys = found
    else:  # "invoice 10234 does not sync": no change is meant, but say that there is none
        numbers = [key for key in dict.fromkeys(found) if len(key) >= MIN_KEY_DIGITS]
        reading.notes += [f"There is no change {number} here, so I looked for the words." for number in numbers]
    reading.rest = rest


def find_area(text: str, lexicon: Vocabulary) -> str | None:
    """The area that people mean by a text ("billing", "kb", "Sales & quotes"), or None."""
    wanted = tuple(stems(text))
    if not wanted:
        return None
    for name, also in lexicon.areas.items():
        if any(tuple(stems(called)) == wanted for called in (name, *also)):
            return name
    return next((name for name in lexicon.areas if set(wanted) <= set(stems(name))), None)


def is_episode_page(address: str) -> bool:
    """Whether an address is the page of an episode: in a question it asks for that episode."""
    return bool(_EPISODE_PAGE.match(address))
