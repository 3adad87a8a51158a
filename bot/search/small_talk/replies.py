"""What the bot replies about itself: a text for each topic, with the facts in it, for Slack and the terminal alike."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from bot.catalog.models import Version
from bot.search.models import Query
from bot.search.small_talk.topics import asked_version
from bot.text import words

# A text of no other words agrees, or ends the talk, without a word of thanks: "ok", "never mind", "that's all".
_AGREEMENT = frozenset(
    """
    ok okay okey right fine alright noted understood gotcha got it makes sense fair enough agreed never mind nevermind
    nvm all that thats is will do yep yup yeah done then now no worries problem halo bot
    """.split()
)


class SourceReading(NamedTuple):
    """When a watched source was last read, and when it last brought something; in UTC."""

    name: str  # as it is shown: a host or a file
    last_read: datetime | None = None
    last_news: datetime | None = None


@dataclass(frozen=True, slots=True)
class AboutFacts:
    """What the bot knows of itself when it replies."""

    versions: tuple[Version, ...] = ()  # oldest first
    changes: int = 0
    answers: int = 0  # to frequent questions
    guides: int = 0
    newest_since: date | None = None  # when an episode first told of the newest version
    newest_seen: float | None = None  # when this installation first saw it, in seconds since 1970; no episode says so
    sources: tuple[SourceReading, ...] = ()  # those that are watched


def about_text(query: Query, facts: AboutFacts, command: str = "") -> str:
    """The reply to a query with the intent `about`. `command` stands before what one types: "/halo", "@halo" or ""."""
    return _REPLIES.get(query.topic, _REPLIES["unclear"]).format(
        known=knowledge_sentence(facts),
        welcome="All right." if _AGREEMENT.issuperset(words(query.text)) else "You are welcome.",
        newest=newest_sentence(facts),
        sources=sources_sentence(facts),
        released=_release_sentence(query, facts, command),
        how_to_ask=_example("Ask what changed, for example", command, "jira default status"),
        how_to_ask_prices=_example("I know what changed, for example", command, "billing changes"),
        how_to_tell_version=_example("Tell me yours, for example", command, _own_version_question(facts)),
        how_to_upgrade=_upgrade_sentence(facts, command),
        help=_typed(command, "help"),
        subscriptions=_typed(command, "subscriptions"),
        forget=_typed(command, "forget me"),
    )


def knowledge_sentence(facts: AboutFacts) -> str:
    """How much the catalogue has, and of which versions."""
    if not facts.versions:
        return "My catalogue is empty so far."
    oldest, newest = facts.versions[0], facts.versions[-1]
    versions = f"from {oldest} to {newest}" if oldest != newest else f"of {newest}"
    parts = [_count(facts.changes, "change")]
    parts += [_count(facts.answers, "answer") + " to frequent questions"] if facts.answers else []
    parts += [_count(facts.guides, "guide")] if facts.guides else []
    others = f", {' and '.join(parts[1:])}" if len(parts) > 1 else ""
    return f"I know {parts[0]} in HaloPSA, {versions}{others}."


def newest_sentence(facts: AboutFacts) -> str:
    """The newest version that is known, and since when."""
    if not facts.versions:
        return "I know no version yet."
    since = ""
    if facts.newest_since:
        since = f"; an episode first told of it on {_day(facts.newest_since)}"
    elif facts.newest_seen is not None:
        since = f"; it reached me on {_day(datetime.fromtimestamp(facts.newest_seen, UTC))}"
    return f"The newest version I know is {facts.versions[-1]}{since}."


def sources_sentence(facts: AboutFacts) -> str:
    """When the sources were last read, and last brought something."""
    if not facts.sources:
        return "No source is watched here: I learn of changes when somebody imports them."
    last_read = max((source.last_read for source in facts.sources if source.last_read), default=None)
    last_news = max((source.last_news for source in facts.sources if source.last_news), default=None)
    if last_read is None:
        return "I cannot tell when my sources were last read."
    return f"My sources were last read on {_moment(last_read)}{_brought(last_news)}."


def freshness_lines(facts: AboutFacts, most: int) -> list[str]:
    """How new it is what the bot knows: the newest version, then a sentence for each source, at most so many."""
    if not facts.sources:
        return [newest_sentence(facts), sources_sentence(facts)]
    lines = [newest_sentence(facts), *map(reading_sentence, facts.sources[:most])]
    more = len(facts.sources) - most
    return [*lines, f"And {_count(more, 'more source')}: `status` shows them."] if more > 0 else lines


def reading_sentence(source: SourceReading) -> str:
    """When one source was last read, and last brought something."""
    if source.last_read is None:
        return f"{source.name} was not read in full so far{_brought(source.last_news)}."
    return f"{source.name} was last read on {_moment(source.last_read)}{_brought(source.last_news)}."


def _brought(last_news: datetime | None) -> str:
    return f" and last brought something on {_day(last_news)}" if last_news else " and has brought nothing yet"


def _moment(moment: datetime) -> str:
    return f"{_day(moment)} at {moment:%H:%M} UTC"


_REPLIES = {
    "greeting": "Hello! {known} {how_to_ask}",
    "thanks": "{welcome}",
    "bye": "Goodbye. I am here when you have a question about HaloPSA.",
    "who": (
        "I am Halobot, a program that looks things up: no person, and no AI that writes answers. {known} People wrote "
        "these from release posts and from episodes of “By the [run]Book”. I do not belong to Halo."
    ),
    "abilities": (
        "{known} I do not know prices, outages or plans, nor how your own Halo is set up. {how_to_ask} `{help}` shows "
        "all I understand."
    ),
    "wrong": (
        "Sorry. I only find what is in my catalogue, and I can take a question for another one. Say it in other words, "
        "or name the product, the version or the number. “Not helpful” under an answer tells whoever runs me."
    ),
    "prices": (
        "I do not know what HaloPSA or its licences cost: release notes name no prices. Ask your account manager at "
        "Halo, or see halopsa.com. {how_to_ask_prices}"
    ),
    "outage": (
        "I cannot see whether Halo is up: I only know what its releases changed. Look at Halo's status page, or ask "
        "Halo's support."
    ),
    "release": "{released} {newest} {sources} Halo announces releases itself.",
    "updating": (
        "I do not know how or when Halo is installed, updated or rolled back. Halo's support knows.{how_to_upgrade}"
    ),
    "installed": (
        "I cannot see your Halo, so I do not know which version you have: Halo shows it to its administrators. "
        "{newest} {how_to_tell_version}"
    ),
    "sources": "{newest} {sources} {known}",
    "labels": (
        "Each change says what it does when you upgrade. “Acts by itself after the upgrade”: it changes what you have, "
        "and nobody has to enable it. “Off until you enable it” (opt-in): nothing happens before. “New”: it is "
        "there to be used. “Fix”: what did not work before. “Test first”: whoever presented it warns of something, and "
        "the change says of what. “Highlight”: they call it important. “(a guess)”: a rule read it from the text."
    ),
    "privacy": (
        "Only you see the answer to a command or a direct message; a mention is answered in its thread, for everyone "
        "there. I read only what is said to me. Questions that found nothing are kept, without who asked, so that "
        "the catalogue can grow: for 90 days, unless whoever runs me set another time. In Slack, `{forget}` erases "
        "what I know of you."
    ),
    "language": "I only understand English. Please ask in English. {how_to_ask}",
    "pasted": (
        "That looks pasted: a link, a log, code or a part of a mail. I cannot read it. Tell me in a sentence what Halo "
        "should do, or what happens."
    ),
    "noise": "I am here. {how_to_ask}",
    "swearing": (
        "Sorry that it is annoying. Tell me in a sentence what you need to know about HaloPSA, and I will look. If "
        "Halo itself is the trouble, Halo's support can help."
    ),
    "support": (
        "I am a program, and nobody reads along here. For help with HaloPSA ask your Halo administrator, or Halo's "
        "support through their portal. For trouble with me, ask whoever runs me in this workspace."
    ),
    "unclear": "I do not know what you mean by that alone. {how_to_ask}",
    "offtopic": "I only know what changed in HaloPSA. {how_to_ask}",
    "action": "I cannot act in Halo, nor see your tickets: I only tell what changed in it. {how_to_ask}",
    "handling": (
        "`/invite @halo` adds me to a channel, and removing me there ends it. I write only when I am asked, when a "
        "watch of yours finds something, and what a channel subscribed to: `{subscriptions}` shows that."
    ),
    "company": (
        "HaloPSA is software that service providers run their business with; halopsa.com tells more. I only know what "
        "its releases changed. {known} {how_to_ask}"
    ),
}
TOPICS = tuple(_REPLIES)
SOURCE_TOPICS = ("release", "sources")  # whose replies say when the sources were read; others need not look it up


def _release_sentence(query: Query, facts: AboutFacts, command: str) -> str:
    """Whether the version is known that a text asks for, or that the next one is not."""
    asked = asked_version(query.text, facts.versions)
    if asked and asked in facts.versions:
        return f"Yes, I know changes of {asked}: `{_typed(command, str(asked))}` shows them."
    if asked:
        return f"I know nothing of {asked}. That does not mean that it is not out."
    return "I do not know when the next release is, or what will be in it."


def _own_version_question(facts: AboutFacts) -> str:
    return f"we're on {facts.versions[0]}, what's new" if facts.versions else "what's new"


def _upgrade_sentence(facts: AboutFacts, command: str) -> str:
    """How to ask for a checklist, after a blank; empty where two versions are not known."""
    if len(facts.versions) < 2:
        return ""
    versions = f"{facts.versions[-2]} {facts.versions[-1]}".replace("v", "")
    return f" {_example('I know what comes with a version, for example', command, f'upgrade {versions}')}"


def _example(lead: str, command: str, text: str) -> str:
    return f"{lead} `{_typed(command, text)}`."


def _typed(command: str, text: str) -> str:
    return f"{command} {text}".strip()


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
