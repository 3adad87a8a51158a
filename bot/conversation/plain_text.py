"""Answers as plain text, the same in the terminal and for assistants."""

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby

from bot import __version__
from bot.catalog.models import Entry
from bot.conversation.answers import (
    AboutAnswer,
    AreasAnswer,
    ComparisonAnswer,
    EntryAnswer,
    ExportAnswer,
    HelpAnswer,
    HelpGroup,
    Interpretation,
    ResultAnswer,
    ShareAnswer,
    StatusAnswer,
    TextAnswer,
    UpgradeAnswer,
    Verb,
    VerbAnswer,
    answer_keys,
)
from bot.conversation.entry_text import Episodes, aspect_text, entry_subtitle, impact_label, mention_label, pluralize
from bot.conversation.first_sentence import first_sentence
from bot.conversation.result_text import (
    NEAREST,
    NOT_SURE,
    OR_ELSE,
    OTHER_AREA,
    comparison_title,
    export_sentence,
    interpretation_notes,
    no_changes_between,
    no_upgrade_changes,
    no_version_between,
    nothing_text,
    order_label,
    upgrade_title,
    versions_title,
)
from bot.conversation.verbs import VERBS, verbs_by_name
from bot.search.confidence import Assessment
from bot.search.lookups import AreaCount, Comparison, about_facts, is_newest_version
from bot.search.models import Hit, Query, SearchResult, UpgradeChecklist
from bot.search.small_talk.replies import SOURCE_TOPICS, AboutFacts, about_text, freshness_lines, knowledge_sentence
from bot.search.snapshot import SearchSnapshot
from bot.text import truncate

WIDTH = 100
MAX_SOURCES = 12  # that `status` and `latest` tell of; `halobot sources` tells of all
ROWS_SHOWN = 20  # of a list; `more` shows as many again
EXAMPLES = ("jira default status", "1016865", "v2.214", "portal stuff since 2.210", "area:billing since 2.210")


def interpretation_text(
    meaning: Interpretation,
    snapshot: SearchSnapshot,
    read_facts: Callable[[SearchSnapshot], AboutFacts] = about_facts,
    say_more: bool = True,
) -> str:
    """What answers a text, as lines of text. `read_facts` is only called where the answer says what the bot knows of
    itself. `say_more`: say how `more` shows what is left of a list.
    """
    notes = [f"({meaning.note})"] if meaning.note else []
    if isinstance(meaning.answer, AboutAnswer):
        query = meaning.answer.query
        return about_reply(query, (read_facts if query.topic in SOURCE_TOPICS else about_facts)(snapshot))
    lines = [*notes, _text_of(meaning, snapshot), *(_left(meaning) if say_more else [])]
    if _tells_how_new(meaning, snapshot):
        lines += freshness_lines(read_facts(snapshot), MAX_SOURCES)
    return "\n".join(lines)


def _tells_how_new(meaning: Interpretation, snapshot: SearchSnapshot) -> bool:
    """Whether an answer is about what the bot knows by now: `status`, or the newest version."""
    match meaning.answer:
        case StatusAnswer():
            return True
        case ResultAnswer(result):
            return not meaning.offset and is_newest_version(snapshot, result)
    return False


def shown_page(meaning: Interpretation) -> tuple[tuple[str, ...], int]:
    """The keys of the entries that `interpretation_text` shows, in its order, and where the next page begins."""
    keys, answer = answer_keys(meaning.answer), meaning.answer
    end = min(len(keys), meaning.offset + ROWS_SHOWN)
    if not meaning.offset and isinstance(answer, ResultAnswer):
        end = min(end, len(keys) - len(answer.result.more_hits))
    end = len(keys) if meaning.is_whole or isinstance(answer, UpgradeAnswer) else end
    return keys[meaning.offset : end], end


def rest_count(meaning: Interpretation) -> int:
    """How many entries an answer has after those that are shown; near misses are no answer."""
    answer = meaning.answer
    if isinstance(answer, ResultAnswer) and not answer.result.has_answer:
        return 0
    return max(0, len(answer_keys(answer)) - shown_page(meaning)[1])


def _text_of(meaning: Interpretation, snapshot: SearchSnapshot) -> str:
    match meaning.answer:
        case ResultAnswer(result):
            return _result_text(result, meaning, snapshot.episodes)
        case UpgradeAnswer(checklist):
            return checklist_text(checklist)
        case ComparisonAnswer(comparison):
            return _comparison_text(comparison, meaning, snapshot)
        case EntryAnswer(entry, aspect, versions):
            said = aspect_text(entry, aspect, snapshot.episodes, versions) if aspect else ""
            return "\n".join([*([said] if said else []), entry_text(entry, snapshot.episodes)])
        case AreasAnswer(areas):
            rows = (f"  {area.name} ({area.entry_count}){_aliases(area)}" for area in areas)
            return "\n".join([f"{pluralize(len(areas), 'area')}:", *rows])
        case StatusAnswer():
            return status_text(snapshot)
        case HelpAnswer(verb, group):
            return verb_text(verb) if verb else group_text(group) if group else help_text()
        case ShareAnswer():
            return "There is nobody to share it with here."
        case TextAnswer(text):
            return text
        case ExportAnswer(question):
            return export_sentence(question)
        case AboutAnswer():
            raise TypeError("what the bot says of itself needs facts")
        case VerbAnswer(verb):
            return f"{verb.name}: {verb.help}. {verb.elsewhere}"


def _result_text(result: SearchResult, meaning: Interpretation, episodes: Episodes) -> str:
    """A page of a result, and how much is left."""
    _, end = shown_page(meaning)
    everything = (*result.hits, *result.possible_hits, *result.more_hits)
    lines = _rows(everything[meaning.offset : end]) if meaning.offset else [answer_text(result, episodes, end)]
    return "\n".join(lines)


def _left(meaning: Interpretation) -> list[str]:
    """How many are not shown yet."""
    count = rest_count(meaning)
    return [f"and {count:,} more: `more` shows them"] if count else []


def help_text(is_greeting: bool = False) -> str:
    """What can be asked, and the verbs with what they do."""
    lines = ["Ask what changed in HaloPSA, for example:", *(f"  {example}" for example in EXAMPLES)]
    if not is_greeting:
        here = [verb for verb in VERBS if not verb.hidden and verb.answer]
        there = [verb.name for verb in VERBS if not verb.hidden and not verb.answer]
        lines += ["Or begin with one of these words:", *(f"  {verb.example:24} {verb.help}" for verb in here)]
        lines.append(_filled("In Slack there are also: " + ", ".join(there)))
    return "\n".join(lines)


def group_text(group: HelpGroup) -> str:
    """Verbs that belong together."""
    verbs = (verbs_by_name()[name] for name in group.verbs)
    return "\n".join([_filled(f"{group.title}: {group.about}"), *(f"  {v.example:<24} {v.help}" for v in verbs)])


def verb_text(verb: Verb) -> str:
    """How one verb is used."""
    also = f" (also: {', '.join(verb.aliases)})" if verb.aliases else ""
    return f"{verb.name}: {verb.help}\n  for example: {verb.example}{also}" + (
        f"\n{_filled(verb.elsewhere)}" if verb.elsewhere else ""
    )


def status_text(snapshot: SearchSnapshot) -> str:
    """How much the catalogue has."""
    return (
        f"Halobot {__version__}. {knowledge_sentence(about_facts(snapshot))}\n"
        "`halobot doctor` checks settings and connections, `halobot sources` the sources."
    )


def _comparison_text(comparison: Comparison, meaning: Interpretation, snapshot: SearchSnapshot) -> str:
    """How much came between two versions, and a page of it."""
    older, newer, versions, result = comparison
    if older == newer:
        return _result_text(result, meaning, snapshot.episodes)
    if not versions:
        return no_version_between(older, newer)
    if not result.has_answer:
        return no_changes_between(older, newer)
    title = comparison_title(older, newer, result)
    if result.possible_hits:
        title += f", and perhaps {pluralize(len(result.possible_hits), 'more change')}, the last ones here"
    page, _ = shown_page(meaning)
    return "\n".join([title, *(row_text(entry) for entry in snapshot.entries(page))])


def checklist_text(checklist: UpgradeChecklist) -> str:
    """What an upgrade brings: how much of each kind, then all of it by kind and area."""
    if not checklist.sections:
        return no_upgrade_changes(checklist)
    lines = [f"Upgrade {upgrade_title(checklist)}"]
    lines += [f"  {len(part.entries):4} {part.title}: {part.meaning}" for part in checklist.sections]
    for part in checklist.sections:
        lines += ["", f"{part.title} ({len(part.entries)})"]
        for area, entries in groupby(part.entries, key=lambda entry: entry.area or OTHER_AREA):
            lines += [f" {area}", *(_checklist_row(entry) for entry in entries)]
    return "\n".join(lines)


def _checklist_row(entry: Entry) -> str:
    guess = " (guess)" if entry.impact_guessed and not entry.caution else ""
    test = f"\n      Test first: {truncate(entry.caution, 200)}" if entry.caution else ""
    return f"{row_text(entry)}{guess}{test}"


def answer_text(result: SearchResult, episodes: Episodes, most: int) -> str:
    """The answer to a question, as lines of text. `most`: how many entries of a list it shows."""
    query = result.query
    if query.intent in ("nothing", "help"):
        return help_text(is_greeting=True)
    lines = [f"({note})" for note in interpretation_notes(result)]
    lines += [said] if (said := first_sentence(result)) else []
    hits = [*result.hits, *result.possible_hits]
    if not hits:
        lines.append(nothing_text(query.text))
        lines += [NEAREST] if result.suggestions else []
        lines += _rows(result.suggestions)
    elif query.intent == "version":
        lines += [_version_summary(result), *_rows(result.hits[:most])]
        if result.possible_hits[: max(0, most - len(result.hits))]:
            lines.append(
                f"Perhaps too ({pluralize(len(result.possible_hits), 'change')} whose version is not certain):"
            )
        lines += _rows(result.possible_hits[: max(0, most - len(result.hits))])
    elif query.intent == "list" and len(hits) > 1:
        lines += [f"{pluralize(len(hits), 'change')}, {order_label(query)}:", *_rows(hits[:most])]
    else:
        if result.confidence == "perhaps":
            lines += [NOT_SURE, *_rows(hits[:1])]
            lines.append(_filled(truncate(hits[0].entry.answer or hits[0].entry.summary, 240)))
        else:
            lines.append(entry_text(hits[0].entry, episodes))
        others = _rows(hits[1:])
        lines += [*(["And:" if query.intent == "keys" else "Related:"] if others else []), *others]
        lines += [*([OR_ELSE] if result.suggestions else []), *_rows(result.suggestions)]
    return "\n".join(lines)


def about_reply(query: Query, facts: AboutFacts) -> str:
    """What the bot says of itself, as lines of text."""
    return textwrap.fill(about_text(query, facts), WIDTH)


def entry_text(entry: Entry, episodes: Episodes) -> str:
    """Everything about one entry."""
    parts = (entry_subtitle(entry), impact_label(entry), "Highlight" if entry.highlighted else "")
    lines = [
        entry.title,
        f"  {' · '.join(part for part in parts if part)}",
        _filled(entry.answer or entry.summary),
    ]
    if entry.caution:
        lines.append(_filled(f"Test first: {entry.caution}"))
    if entry.names:
        lines.append(_filled("Names: " + " · ".join(entry.names)))
    for mention in entry.mentions:
        episode = episodes.get(mention.episode)
        url = episode.url if episode and episode.url else ""
        lines.append(f"  {mention_label(mention)} (episode {mention.episode}) {url}".rstrip())
    return "\n".join(lines)


def row_text(entry: Entry) -> str:
    """One entry in a line."""
    minute = f" · {mention_label(entry.mentions[0])}" if entry.mentions else ""
    return f"  - {entry.title} ({entry_subtitle(entry)}{minute})"


def explanation_text(result: SearchResult, assessment: Assessment | None) -> str:
    """How the question was understood, how sure the first entry is, and each hit with its score and signals."""
    lines = [_query_text(result.query)]
    if assessment:
        signals = ", ".join(f"{name} {value:.2f}" for name, value in assessment.signals._asdict().items())
        lines.append(
            f"{assessment.confidence}: certainty {assessment.certainty:.2f} (sure from {assessment.sure_from:.2f}, "
            f"perhaps from {assessment.perhaps_from:.2f}) of {signals}"
        )
    lines.append(_signals_text((*result.hits, *result.possible_hits)) or "No answer.")
    if result.more_hits:
        lines += ["Less related:", _signals_text(result.more_hits)]
    if result.suggestions:
        lines += ["Near, but not an answer:", _signals_text(result.suggestions)]
    return "\n".join(lines)


def _query_text(query: Query) -> str:
    """The intent, the filters, and each word with its weight and its expansions."""
    lines = [f"intent {query.intent}" + (f", only {query.filters}" if query.filters else "")]
    for term in query.terms:
        expansions = ", ".join(f"{way.label} {way.weight:.2f} ({way.match_type})" for way in term.expansions)
        lines.append(f"  {term.word:16} {term.weight:.2f}  {expansions or 'not in the catalogue'}")
    return "\n".join(lines)


def _signals_text(hits: tuple[Hit, ...]) -> str:
    lines = []
    for hit in hits:
        lines.append(f"{hit.score:.3f}  {hit.entry.title} ({entry_subtitle(hit.entry)})")
        lines += [f"       {signal.name:9} {signal.score:.3f}  {signal.explanation}" for signal in hit.signals]
    return "\n".join(lines)


def _rows(hits: Iterable[Hit]) -> list[str]:
    return [row_text(hit.entry) for hit in hits]


def _aliases(area: AreaCount) -> str:
    return f", also {', '.join(area.aliases[:3])}" if area.aliases else ""


def _version_summary(result: SearchResult) -> str:
    areas = Counter(hit.entry.area or "Other" for hit in result.hits)
    by_area = ", ".join(f"{area} {number}" for area, number in areas.most_common())
    return f"{versions_title(result)}. {by_area}"


def _filled(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
