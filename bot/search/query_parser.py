"""From a person's text to a Query: keys, versions, filters, quoted phrases, lists, and the words that are left."""

import re
from dataclasses import replace

from bot.catalog.models import Filters
from bot.search import key_spelling, lists, orders, question_types, time_phrases, versions
from bot.search.area_names import means_area
from bot.search.audiences import without_audience
from bot.search.exclusions import extract_exclusions, is_name
from bot.search.filter_phrases import extract_filters
from bot.search.marked_pattern import LazyPattern
from bot.search.models import Aspect, Intent, Query, Term
from bot.search.parse_state import ParseState
from bot.search.phrases import phrase_words
from bot.search.query_terms import build_terms
from bot.search.small_talk.topics import recognise_topic
from bot.search.spelling import correct_list_words
from bot.search.typed_filters import parse_typed_filters
from bot.search.vocabulary import Vocabulary
from bot.text import STOP_WORDS, has_emoji, normalise, stem, stems, without_markup, words

MIN_SENTENCE_WORDS = 2  # content words beside a bare unknown number: then it is no change's number
MIN_KEY_DIGITS = 4  # of a change's number; "#1" is a manner of speaking

_HELP = LazyPattern(r"(?:help|usage|commands)[\s?!.]*", re.IGNORECASE)
_OF_AN_EPISODE = LazyPattern(r"\b(?:in|of|from|on|at) https?://", re.IGNORECASE)
_URL = LazyPattern(r"https?://[^\s<>\"')\]|]+")
_QUOTED = LazyPattern(r'"([^"]{2,200})"')
_EXCLUDED = LazyPattern(r"(?<!\S)-(?:([a-z][\w-]*)|\"([^\"]{2,200})\")", re.IGNORECASE)
# "#794180", "794180", "id 794180", "ep15-07", "faq-sso".
_KEY = LazyPattern(
    r"(?<!\bep )(?<!\bepisode )#(?P<hash>\d{1,12})\b"
    r"|(?<![\w.:$])(?P<id>\b(?:id|no|nr|number)\b[\s:#.]*)?(?P<number>\d{5,9})\b(?!\.\d)"
    r"|(?<![\w-])(?P<name>ep\d{1,3}-\d{1,3}|(?:faq|guide)-[a-z0-9-]+)(?![\w-])",
    re.IGNORECASE,
)
_KEY_SIGN = LazyPattern(r"\d|-")  # in every key and number
_EPISODE = LazyPattern(r"\b(?:episode|ep)\s*#?\s*(\d{1,3})\b", re.IGNORECASE)
_NEWEST_EPISODE = LazyPattern(
    r"\b(?:the )?(?:last|latest|newest|most recent) (?:(?:by the )?\[?run\]? ?book )?(?:episode|podcast)\b(?:['’]s)?",
    re.IGNORECASE,
)
_WORDS_FOR_TALKING = LazyPattern(
    r"\b(?:they )?(?:discuss|cover|mention|present|talk(?:ed|s|ing)? (?:about|through))(?:ed|s|ing)?\b", re.IGNORECASE
)
# "The link to", "where can I watch": of an episode. With any other word beside it ("chat links in episode 13"), it is
# about changes.
_LINK = LazyPattern(
    r"\b(?:links?|urls?|videos?|recordings?|address|web ?page|watch|listen to"
    r"|(?:where|how) (?:can|do) (?:i|we) (?:watch|find|see))\b",
    re.IGNORECASE,
)
_HANDED = LazyPattern(r"\b(?:share|send|open|play)\b", re.IGNORECASE)  # "play episode 13"
# Not "highlight late tickets".
_HIGHLIGHTS = LazyPattern(
    r"\bhighlights\b|\bhighlight (?=of\W*$)|\bhighlighted (?=changes|features|updates|ones)|^\W*highlighted\W*$",
    re.IGNORECASE,
)
_RELEASE_NOTES = LazyPattern(r"\b(?:release|patch) notes\b", re.IGNORECASE)

_PRODUCT_WORDS = frozenset({"halo", "halopsa", "release", "releases", "version"})  # every entry is about these
_IGNORED = STOP_WORDS | _PRODUCT_WORDS


def parse_query(text: str, vocabulary: Vocabulary) -> Query:
    """What a person's text asks for. Any text is parsed somehow; nothing is raised."""
    clean = without_markup(normalise(text))
    if not clean and has_emoji(text):
        return Query(clean, "about", topic="noise")
    if not clean:
        return Query(clean, "nothing")
    if _HELP.fullmatch(clean):
        return Query(clean, "help")
    clean, corrected = correct_list_words(clean, vocabulary)
    topic, question = recognise_topic(clean, vocabulary.versions)
    if topic and not (topic == "language" and clean.lower() in vocabulary.stems_by_word):
        return Query(clean, "about", topic=topic)
    state = ParseState(vocabulary, key_spelling.plain_keys(question, vocabulary.keys))
    state.notes += corrected
    if ":" in state.rest:
        pages = state.extract(key_spelling.EPISODE_PAGE)
        if pages and (_OF_AN_EPISODE.search(question) or not _content_words(state.rest)):
            state.episode = int(pages[-1][1])
        _parse_addresses(state)
        _parse_typed_order(state)
        parse_typed_filters(state)
    if "-" in state.rest or '"' in state.rest:
        _parse_excluded_and_quoted(state)
    _parse_keys(state)
    _name_newest_episode(state)
    in_text, state.rest = versions.extract_versions(state.rest, vocabulary.versions)
    named = versions.combine_filters([*state.version_filters, in_text])
    state.notes += named.notes
    if in_text.is_set and not in_text.installed:
        state.rest = without_audience(state.rest, vocabulary)
    if not named.is_set and (rest := time_phrases.without_time(state.rest)) is not None:
        state.rest = rest
        state.notes.append(time_phrases.no_days_note(vocabulary.versions))
    lower = state.rest.lower()
    if "ep" in lower and (episodes := state.extract(_EPISODE)) and not named.is_set:
        state.episode = int(episodes[-1][1])
        state.extract(_WORDS_FOR_TALKING)
        _parse_link(state)
    if named.is_set:
        state.extract(_RELEASE_NOTES)
    if "highlight" in lower and state.extract(_HIGHLIGHTS):
        state.highlights = True
    _parse_exclusions(state, named.is_set or bool(state.area or state.episode or state.highlights))
    _parse_help(state)
    asked = question_types.detect_aspect(state.rest, named.is_set)
    state.rest = asked.rest
    in_words = extract_filters(state.rest, named.is_set)
    state.warnings |= in_words.warnings
    state.impacts = tuple(dict.fromkeys((*state.impacts, *in_words.impacts)))
    state.rest = in_words.rest
    _parse_worded_order(state, named.is_set)
    filters = Filters(
        named.versions, state.area, state.episode, state.kind, state.highlights, state.impacts, state.warnings
    )
    aspect = "link" if state.wants_link else asked.aspect
    return _with_aspect(_build_query(clean, state, filters, in_text, named, aspect), state)


def _parse_exclusions(state: ParseState, is_narrowed: bool) -> None:
    state.rest, found = extract_exclusions(state.rest, state.vocabulary, is_narrowed)
    for one in found:
        state.notes.append(f"Without {one.what}")
        state.excluded += [one.stems] if one.stems else []
        state.excluded_areas += (one.area,) if one.area else ()
    state.wants_whole_area = bool(found) and means_area(state.rest, state.vocabulary) is not None


def _parse_help(state: ParseState) -> None:
    if (subject := lists.subject_of_help(state.rest)) and is_name(subject, state.vocabulary):
        state.rest = subject
        state.wants_whole_area |= means_area(subject, state.vocabulary) is not None


def _name_newest_episode(state: ParseState) -> None:
    """ "The last episode" is the newest one that the catalogue knows, by its number."""
    if state.vocabulary.newest_episode and ("episode" in state.rest.lower() or "podcast" in state.rest.lower()):
        state.rest = _NEWEST_EPISODE.sub(f" episode {state.vocabulary.newest_episode} ", state.rest)


def _with_aspect(query: Query, state: ParseState) -> Query:
    """A query for a number is a list; one whether a version has something is searched for in all versions."""
    if query.intent not in ("search", "list", "version") or query.filters.episode:
        return query
    if query.aspect == "count":
        return replace(query, intent="list") if query.intent == "search" else query
    if query.intent != "search" or not query.terms:
        return replace(query, aspect=None) if query.intent != "search" else query
    versions_ = query.filters.versions or ()
    installed = query.installed
    if not installed and not query.version_range and len(versions_) == 1 and question_types.is_yes_or_no(query.text):
        installed = versions_[0]
    if not installed or query.filters != Filters(versions=query.filters.versions):
        return query
    rest = words(question_types.without_yet(state.rest))
    terms, corrections = build_terms(rest, _ignored_words(rest, False), state.vocabulary)
    return replace(
        query, aspect="availability", installed=installed, terms=terms, corrections=corrections, filters=Filters(),
        version_range=None,
    )  # fmt: skip


def _build_query(
    clean: str,
    state: ParseState,
    filters: Filters,
    in_text: versions.VersionFilter,
    named: versions.VersionFilter,
    aspect: Aspect | None,
) -> Query:
    """The query of what was found. `in_text`: the versions in the question's words; `named`: and those in filters."""
    query_words = words(state.rest)
    has_range = named.range is not None and not in_text.installed
    is_list = state.wants_whole_area or filters.highlights or filters.warnings or bool(filters.impacts)
    is_list = is_list or lists.is_list(query_words, in_text.is_set and not in_text.installed, has_range)
    bare = lists.is_bare_subject(query_words)
    if is_list := is_list or (bare and state.order is not None):
        query_words = lists.plain_request(query_words).split()
    ignored = _ignored_words(query_words, is_list or bool(filters))
    terms, corrections = build_terms(query_words, ignored, state.vocabulary)
    if filters.versions is not None and all(stem(term.word) in state.vocabulary.common_stems for term in terms):
        terms, corrections = (), ()  # "upgrading from 2.206 to 2.214 on Friday"
    intent: Intent = "list" if is_list else "search"
    if state.keys:
        intent = "keys"
    elif not terms and (filters or filters.versions is not None):
        only_versions = filters.versions is not None and filters == Filters(versions=filters.versions)
        only_versions = only_versions and not (state.excluded or state.excluded_areas)
        intent = "version" if only_versions and not state.order else "list"
    elif not terms and is_list:  # "what's new": the newest version
        filters, intent = Filters(versions=state.vocabulary.versions[-1:]), "list" if state.order else "version"
    return Query(
        clean,
        intent,
        tuple(dict.fromkeys(state.keys)),
        terms,
        filters,
        tuple(state.phrases),
        tuple(state.excluded),
        state.excluded_areas,
        tuple(state.notes),
        corrections,
        subjects=_subjects(state.rest, terms) if intent == "list" or lists.are_bare_subjects(state.rest) else (),
        bare=bare and not (state.phrases or state.excluded),
        additions=intent == "list" and lists.asks_for_additions(query_words),
        version_range=named.range,
        installed=named.installed,
        aspect=aspect,
        order=state.order,
    )


def _subjects(text: str, terms: tuple[Term, ...]) -> tuple[tuple[Term, ...], ...]:
    """The terms of each thing that a list is about; empty where it is about one."""
    parts = [set(words(part)) for part in lists.SEPARATOR.split(text)]
    subjects = [tuple(term for term in terms if term.word in part) for part in parts]
    subjects = [subject for subject in subjects if subject]
    return tuple(subjects) if len(subjects) > 1 else ()


def _ignored_words(query_words: list[str], is_narrowed: bool) -> frozenset[str]:
    """The words of a question that are not searched for."""
    if is_narrowed:
        return lists.IGNORED_IN_LISTS
    # A question of nothing but ignored words ("use for me") is searched with the words it has.
    return frozenset() if _IGNORED.issuperset(query_words) else _IGNORED


def _parse_link(state: ParseState) -> None:
    """Whether an episode's link is asked for, or it is to be shown, and nothing else."""
    rest = _HANDED.sub(" ", _LINK.sub(" ", state.rest))
    if rest != state.rest and not _content_words(rest):
        state.rest, state.wants_link = rest, True


def _parse_addresses(state: ParseState) -> None:
    """Cut addresses out. A number in one is asked for where nothing else is, even when no change has it."""
    addresses = [match[0] for match in state.extract(_URL)]
    if addresses and not words(state.rest):
        state.keys += [number for address in addresses for number in key_spelling.numbers_in(address)]


def _parse_typed_order(state: ParseState) -> None:
    state.order, state.rest, note = orders.extract_typed(state.rest)
    state.notes += [note] if note else []


def _parse_worded_order(state: ParseState, has_versions: bool) -> None:
    """The order that stands behind what a list is asked for with: "portal changes oldest first"."""
    order, rest = orders.extract_worded(state.rest)
    if order and (has_versions or state.area or lists.is_list(words(rest), has_versions) or not words(rest)):
        state.order, state.rest = order, rest


def _parse_excluded_and_quoted(state: ParseState) -> None:
    for match in state.extract(_EXCLUDED):
        state.excluded += [stem(word) for word in words(match[1])] if match[1] else [" ".join(stems(match[2]))]
    for match in state.extract(_QUOTED):
        if phrase := phrase_words(match[1]):
            state.phrases.append(phrase)
        state.rest += f" {match[1]}"


def _parse_keys(state: ParseState) -> None:
    """Cut numbers and keys out of the text. An unknown number is asked for, unless it is only part of a sentence."""
    if not _KEY_SIGN.search(state.rest):
        return
    found: list[str] = []
    is_certain = False

    def cut(match: re.Match[str]) -> str:
        nonlocal is_certain
        key = key_spelling.padded_key(
            (match["hash"] or match["number"] or match["name"]).lower(), state.vocabulary.keys
        )
        is_known = key in state.vocabulary.keys
        if match["name"] and not (is_known or key.startswith("ep")):
            return match[0]
        found.append(key)
        is_certain |= is_known or bool(match["name"] or match["id"]) or len(match["hash"] or "") >= MIN_KEY_DIGITS
        return " "

    rest = _KEY.sub(cut, state.rest)
    if not found:
        return
    if is_certain or len(_content_words(rest)) < MIN_SENTENCE_WORDS:
        state.keys = found
    else:  # "invoice 10234 does not sync": no change is meant, but say that there is none
        numbers = [key for key in dict.fromkeys(found) if len(key) >= MIN_KEY_DIGITS]
        state.notes += [f"There is no change {number} here, so I looked for the words." for number in numbers]
    state.rest = rest


def _content_words(text: str) -> list[str]:
    """The words of a text that say something: no numbers, and none that a list is asked for with."""
    return [word for word in words(text) if not word.isdigit() and word not in lists.IGNORED_IN_LISTS]
