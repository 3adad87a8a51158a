"""Every verb in one table: its names, when its words are a verb at all, what help says, and what it does. Anything else is a search."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.listeners import asking, digesting, glancing, importing, watching
from bot.listeners.guard import Services
from bot.listeners.said import Reply, Said
from bot.messages.help import VerbHelp, help_message, verb_message
from bot.messages.notes import before
from bot.text import normalise

NOTHING, ANYTHING, VERSION = r"", r".*", r"(?:v\s?)?\d{1,3}\.\d{1,4}"
TWO_VERSIONS = rf"{VERSION}\s*(?:and|to|with|vs\.?|versus|until|\.\.+|-|,)?\s*{VERSION}"
# What is meant as an address, however wrong: `import contacts from azure` is a search.
ADDRESS = r"(?:<|&lt;).+|\w[\w+.-]*:/.*|(?:[\w-]+\.)+[a-z]{2,}(?:[/:?#]\S*)?|[/~]\S+"
_MARK = re.compile(r"<[@!][^<>]*>")
_ADDRESSED = re.compile(r"^(?:[@/]halo(?:bot)?\b[\s,:]*)+", re.IGNORECASE)
SHORTEST_MISSPELT = 4  # letters: shorter words are too near to each other


class Verb(NamedTuple):
    """One verb. `rest`: what may follow it, as a pattern; with anything else after it, the words are a search."""

    name: str
    help: str
    example: str
    handler: Callable[[Said, Services], Reply]
    aliases: tuple[str, ...] = ()
    rest: str = NOTHING
    hidden: bool = False  # not in help
    slow: bool = False  # asks Slack first, so that a command is acknowledged before it begins

    @property
    def shown(self) -> VerbHelp:
        """As help shows it."""
        return VerbHelp(self.example, self.help, self.name, self.aliases)


class Found(NamedTuple):
    """The verb that somebody used, what followed it, and how a misspelt one was understood."""

    verb: Verb
    rest: str
    note: str = ""
    lacking: bool = False  # nothing follows where something has to


def on_help(said: Said, services: Services) -> Reply:
    """How to ask, or how one verb is used."""
    name = said.text.split(maxsplit=1)[-1].lower()
    verb = next((verb for verb in VERBS if name in (verb.name, *verb.aliases) and verb.name != "help"), None)
    if verb:
        return Reply(verb_message(said.look.command, verb.shown))
    return Reply(help_message(said.look.command, [verb.shown for verb in VERBS if not verb.hidden]))


# Another module's verbs are added here, a line each: help, misspellings and the rest come by themselves.
VERBS: tuple[Verb, ...] = (
    Verb("help", "this; `help watch` explains one word", "help", on_help, ("usage", "commands", "what can you do", "how do i use this"), r"\w*"),
    Verb("latest", "the newest version at a glance", "latest", asking.on_latest, ("newest",)),
    Verb("version", "everything in a version, what matters first", "version v2.214", asking.on_version, ("release",), VERSION),
    Verb("compare", "what came in between two versions, by area", "compare 2.206 2.214", asking.on_compare, ("diff",), TWO_VERSIONS),
    Verb("areas", "the areas of HaloPSA that changes belong to", "areas", glancing.on_areas, ("area", "topics")),
    Verb("watch", "a direct message when something new answers it", "watch quickbooks payments", watching.on_watch, ("notify me about",), ANYTHING),
    Verb("watches", "what you watch, to look at and to remove", "watches", watching.on_watches, ("my watches", "unwatch", "watching")),
    Verb("subscribe", "a digest of what is new for this channel; alone it opens a window", "subscribe billing -jira mondays 9am london",
         digesting.on_subscribe, ("subscribe to",), ANYTHING, slow=True),
    Verb("unsubscribe", "ends this channel's digests, or the one with that filter", "unsubscribe", digesting.on_unsubscribe, ("unsubscribe from",), ANYTHING,
         slow=True),
    Verb("pause", "this channel's digests wait", "pause", digesting.on_pause, ("pause digests", "pause digest"), slow=True),
    Verb("resume", "they go on, with all that arrived meanwhile", "resume", digesting.on_resume, ("resume digests", "resume digest", "unpause"), slow=True),
    Verb("subscriptions", "this channel's digests, and the workspace's", "subscriptions", digesting.on_subscriptions, ("digests", "digest", "my digests")),
    Verb("digest preview", "what the next digest here would be; only you see it", "digest preview", digesting.on_preview, ("preview digest",)),
    Verb("digest now", "posts this channel's digest at once", "digest now", digesting.on_now, ("post digest now", "post the digest"), slow=True),
    Verb("import", "shows what a page or feed would bring, and takes it in", "import https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-13",
         importing.on_import, rest=ADDRESS, slow=True),
    Verb("status", "whether I am well, how much I know, and how digests and sources do", "status", glancing.on_status, ("ping", "digest status")),
    Verb("hello", "a greeting", "hello", asking.on_hello, ("hi", "hey"), hidden=True),
    Verb("thanks", "thanks", "thanks", asking.on_thanks, ("thank you", "cheers", "ta"), hidden=True),
    Verb("boom", "a failure on purpose", "boom", asking.on_boom, hidden=True),
)  # fmt: skip


def plain_text(text: str) -> str:
    """What was typed, without quotes' curls, pings, and the bot's own name before it."""
    return _ADDRESSED.sub("", " ".join(_MARK.sub(" ", normalise(text)).split())).strip()


def find(text: str, services: Services) -> Found | None:
    """The verb that a text begins with; None when the text is a search."""
    return _spelt(text, services) or _misspelt(text, services)


def run(found: Found, said: Said, services: Services) -> Reply:
    """Do what the verb does, and say how it was understood where that was not plain."""
    if found.lacking:
        return Reply(verb_message(said.look.command, found.verb.shown))
    reply = found.verb.handler(said._replace(text=f"{found.verb.name} {found.rest}".strip()), services)
    return reply._replace(message=before(found.note, reply.message)) if found.note else reply


@cache
def _named() -> list[tuple[str, Verb]]:
    """Every verb by each of its names, the longest first: "digest now" before "digest"."""
    return sorted(((name, verb) for verb in VERBS for name in (verb.name, *verb.aliases)), key=lambda pair: -len(pair[0]))


def _spelt(text: str, services: Services) -> Found | None:
    lower = text.lower().rstrip("?!. ")
    for name, verb in _named():
        if not lower.startswith(name) or (lower != name and lower[len(name)] != " ") or (verb.name == "boom" and not services.boom):
            continue
        rest = text[len(name) :].strip(" ?!.")
        if re.fullmatch(verb.rest, rest, re.IGNORECASE):
            return Found(verb, rest)
        if not rest:
            return Found(verb, "", lacking=True)
    return None


def _misspelt(text: str, services: Services) -> Found | None:
    """A first word that is nearly a verb, and no word of the catalogue; what follows has to fit."""
    first, _, rest = text.partition(" ")
    word = first.lower().strip("?!.,")
    if len(word) < SHORTEST_MISSPELT or not word.isalpha() or word in services.ask.lexicon.words:
        return None
    near = [(OSA.distance(word, verb.name), verb) for verb in VERBS if not verb.hidden]
    off, verb = min(near, key=lambda pair: pair[0])
    if off > (1 if len(word) < 6 else 2) or not re.fullmatch(verb.rest, rest.strip(" ?!."), re.IGNORECASE):
        return None
    return Found(verb, rest.strip(" ?!."), f"“{first}” understood as “{verb.name}”.")
