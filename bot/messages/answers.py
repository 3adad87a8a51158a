"""An Answer as a Slack message: a card, a short list, a version's overview, or an honest nothing."""

from collections import Counter
from collections.abc import Callable, Sequence

from slack_sdk.models.blocks import Block, DividerBlock, HeaderBlock

from bot.catalog.models import Entry
from bot.messages.help import help_message, welcome
from bot.messages.limits import HEADER, SECTION, TOTAL, cut, pack, whole_items
from bot.messages.parts import Episodes, Message, bold, card, context, count, escape, line, message, row, section, where
from bot.search.models import Answer, Hit

SHOWN = 5  # results of a search; a phone shows no more without scrolling
MOST_CARDS = 3  # numbers asked for in one text, each shown whole


def answer_message(answer: Answer, episodes: Episodes, command: str = "/halo") -> Message:
    """What is said to a question. `command` is how the person would ask again ("/halo", "@halo")."""
    query = answer.query
    if query.wants == "nothing":
        return welcome(command)
    if query.wants == "help":
        return help_message(command)
    if not answer.found:
        return _nothing(answer, episodes)
    if query.wants == "version":
        return _overview(answer, episodes)
    if query.wants == "list" and len(answer.hits) + len(answer.possible) > 1:
        return _listing(answer, episodes)
    return _results(answer, episodes)


def _understood(answer: Answer) -> list[str]:
    """How the question was understood, where that is not plain from the answer. Not escaped."""
    query = answer.query
    said = list(query.notes)
    if query.corrected:
        said.append("Showing results for " + ", ".join(f"“{meant}” (you typed “{typed}”)" for typed, meant in query.corrected))
    filters = query.filters
    narrowed = [str(v) for v in filters.versions or ()]
    narrowed = [f"{narrowed[0]} to {narrowed[-1]}"] if len(narrowed) > 2 else narrowed
    narrowed += [part for part in (filters.area, f"episode {filters.episode}" if filters.episode else "", filters.kind) if part]
    narrowed += ["highlights"] if filters.highlights else []
    if narrowed and query.wants != "version":
        said.append("Only " + ", ".join(narrowed))
    if answer.missing:
        said.append("I do not have " + ", ".join(f"#{key}" if key.isdigit() else key for key in answer.missing))
    return said


def _preface(answer: Answer) -> list[Block]:
    said = _understood(answer)
    return [context(escape(" · ".join(said)))] if said else []


def _results(answer: Answer, episodes: Episodes) -> Message:
    whole = MOST_CARDS if answer.query.wants == "numbers" else 1
    hits = [*answer.hits, *answer.possible]
    blocks = _preface(answer)
    for hit in hits[:whole]:
        blocks += card(hit.entry, episodes)
    others = hits[whole : SHOWN if whole == 1 else len(hits)]
    if others:
        blocks += [DividerBlock(), context("Also close:" if whole == 1 else "And:")]
        blocks += [row(hit.entry, episodes) for hit in others[:20]]
    best = hits[0].entry
    return message(f"{best.title} ({where(best)})" + (f" and {count(len(hits) - 1, 'more result')}" if len(hits) > 1 else ""), blocks)


def _nothing(answer: Answer, episodes: Episodes) -> Message:
    asked = cut(answer.query.text, 120)
    blocks = _preface(answer)
    blocks.append(section(f"Nothing on that yet: “{escape(asked)}”"))
    if answer.near:
        blocks.append(context("Not what you asked, but the nearest I have:"))
        blocks += [row(hit.entry, episodes) for hit in answer.near]
    else:
        blocks.append(context("Try fewer or other words, a change's number, or a version such as v2.206."))
    return message(f"Nothing on that yet: “{asked}”", blocks)


def _overview(answer: Answer, episodes: Episodes) -> Message:
    versions = " and ".join(str(v) for v in answer.query.filters.versions or ())
    entries = [hit.entry for hit in answer.hits]
    blocks: list[Block] = [HeaderBlock(text=cut(f"{versions}: {count(len(entries), 'change')}", HEADER)), *_preface(answer)]
    areas = Counter(entry.area or "Other" for entry in entries)
    if areas:
        blocks.append(section(escape(" · ".join(f"{area} {number}" for area, number in areas.most_common()))))
    highlights = [entry for entry in entries if entry.highlighted or entry.caution]
    if highlights:
        blocks += [section("*What matters first*\n" + part) for part in pack([line(e, episodes) for e in highlights], SECTION - 40)[:2]]
        blocks.append(DividerBlock())
    blocks += _by_area([e for e in entries if e not in highlights], episodes, TOTAL - _size(blocks) - 1_500)
    if answer.possible:
        blocks.append(DividerBlock())
        uncertain = _by_area([hit.entry for hit in answer.possible], episodes, max(900, TOTAL - _size(blocks) - 400))
        blocks += [section(f"*Perhaps in {escape(versions)}* (the source names two versions and not which)"), *uncertain]
    return message(f"{versions}: {count(len(entries), 'change')}, {count(sum(e.highlighted for e in entries), 'highlight')}", blocks)


def _listing(answer: Answer, episodes: Episodes) -> Message:
    hits = [*answer.hits, *answer.possible]
    blocks: list[Block] = [section(f"*{count(len(hits), 'change')}* for “{escape(cut(answer.query.text, 120))}”, newest first"), *_preface(answer)]
    blocks += _grouped([hit.entry for hit in hits], _version_of, episodes, TOTAL - 1_000)
    return message(f"{count(len(hits), 'change')}: {hits[0].entry.title} …", blocks)


def _version_of(entry: Entry) -> str:
    return where(entry).split(" · ")[0] if entry.kind == "feature" else "FAQ and guides"


def _by_area(entries: Sequence[Entry], episodes: Episodes, budget: int) -> list[Block]:
    return _grouped(sorted(entries, key=lambda e: e.area or "~"), lambda e: e.area or "Other", episodes, budget)


def _grouped(entries: Sequence[Entry], group: Callable[[Entry], str], episodes: Episodes, budget: int) -> list[Block]:
    """Lines under headings, as many whole ones as the budget of characters takes, and how many there are besides."""
    lines = [line(entry, episodes) for entry in entries]
    fits = whole_items(lines, budget - 40 * len({group(e) for e in entries}))
    grouped: dict[str, list[str]] = {}
    for entry, text in zip(entries[:fits], lines[:fits], strict=True):
        grouped.setdefault(group(entry), []).append(text)
    blocks: list[Block] = [section(part) for name, texts in grouped.items() for part in pack([bold(name), *texts])]
    if fits < len(entries):
        blocks.append(
            context(f"… and {count(len(entries) - fits, 'more')[:-1] if len(entries) - fits > 1 else '1 more'}. Narrow it down with area:billing or a word.")
        )
    return blocks


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(str(block.to_dict())) for block in blocks)


def hits_of(answer: Answer) -> tuple[Hit, ...]:
    """All entries of an answer, best first, uncertain ones last."""
    return (*answer.hits, *answer.possible)
