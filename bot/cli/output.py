"""An Answer as plain text, for `halobot ask` and `halobot chat`."""

import textwrap
from collections import Counter

from bot.catalog.models import Entry, Episode
from bot.search.models import Hit, Query, SearchResult
from bot.slack.views.entry_text import Episodes, entry_subtitle, mention_label, pluralize
from bot.slack.views.limits import truncate

WIDTH = 100
SHOWN = 5
EXAMPLES = ("jira default status", "1016865", "v2.214", "portal stuff since 2.210", "area:billing since 2.210")


def answer_text(answer: SearchResult, episodes: Episodes, shown: int = SHOWN) -> str:
    """What is said to a question, as lines of text."""
    query = answer.query
    if query.intent in ("nothing", "help"):
        return "Ask what changed in HaloPSA, for example:\n" + "\n".join(f"  {example}" for example in EXAMPLES)
    lines = [f"({note})" for note in query.notes]
    lines += [f"(“{typed}” taken as “{meant}”)" for typed, meant in query.corrections]
    lines += [f"(I do not have {'#' if key.isdigit() else ''}{key})" for key in answer.unknown_keys]
    if not answer.has_answer:
        lines.append(f"Nothing on that yet: “{truncate(query.text, 120)}”")
        lines += ["Not what you asked, but the nearest I have:"] if answer.suggestions else []
        return "\n".join([*lines, *(row_text(hit.entry) for hit in answer.suggestions)])
    if query.intent == "version":
        lines.append(_overview(answer))
        lines += [row_text(hit.entry) for hit in answer.hits]
        lines += (
            [f"Perhaps too ({pluralize(len(answer.possible_hits), 'change')} whose version is not certain):"]
            if answer.possible_hits
            else []
        )
        return "\n".join([*lines, *(row_text(hit.entry) for hit in answer.possible_hits)])
    hits = [*answer.hits, *answer.possible_hits]
    if query.intent == "list" and len(hits) > 1:
        return "\n".join(
            [*lines, f"{pluralize(len(hits), 'change')}, newest first:", *(row_text(hit.entry) for hit in hits)]
        )
    lines.append(card_text(hits[0].entry, episodes))
    others = hits[1:shown]
    return "\n".join([*lines, *(["Also close:"] if others else []), *(row_text(hit.entry) for hit in others)])


def card_text(entry: Entry, episodes: Episodes) -> str:
    """Everything about one entry."""
    lines = [
        entry.title,
        f"  {entry_subtitle(entry)}{' · Highlight' if entry.highlighted else ''}",
        _filled(entry.answer or entry.summary),
    ]
    if entry.caution:
        lines.append(_filled(f"Test first: {entry.caution}"))
    if entry.names:
        lines.append(_filled("Names: " + " · ".join(entry.names)))
    for mention in entry.mentions:
        episode: Episode | None = episodes.get(mention.episode)
        lines.append(
            f"  {mention_label(mention)} (episode {mention.episode}) {episode.url if episode and episode.url else ''}".rstrip()
        )
    return "\n".join(lines)


def row_text(entry: Entry) -> str:
    """One entry in a line."""
    return f"  - {entry.title} ({entry_subtitle(entry)}{' · ' + mention_label(entry.mentions[0]) if entry.mentions else ''})"


def explained(hits: tuple[Hit, ...]) -> str:
    """Each hit with its score and the signals behind it."""
    lines = []
    for hit in hits:
        lines.append(f"{hit.score:.3f}  {hit.entry.title} ({entry_subtitle(hit.entry)})")
        lines += [f"       {signal.name:9} {signal.score:.3f}  {signal.explanation}" for signal in hit.signals]
    return "\n".join(lines)


def explain_query(query: Query) -> str:
    """How the question was understood: what is wanted, and each word with its weight and the ways it may be said."""
    lines = [f"wants {query.intent}" + (f", only {query.filters}" if query.filters else "")]
    for term in query.terms:
        ways = (
            ", ".join(f"{way.label} {way.weight:.2f} ({way.match_type})" for way in term.expansions)
            or "not in the catalogue"
        )
        lines.append(f"  {term.word:16} {term.weight:.2f}  {ways}")
    return "\n".join(lines)


def _overview(answer: SearchResult) -> str:
    versions = " and ".join(str(v) for v in answer.query.filters.versions or ())
    areas = Counter(hit.entry.area or "Other" for hit in answer.hits)
    return f"{versions}: {pluralize(len(answer.hits), 'change')}. " + ", ".join(
        f"{area} {number}" for area, number in areas.most_common()
    )


def _filled(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
