"""Every verb in one table: its names, when its words are a verb at all, what help says, and what it does. Anything else
is a search.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.slack.error_boundary import Services
from bot.slack.handlers import digest_commands, imports, search, status, watches
from bot.slack.request import Reply, Request
from bot.slack.views.blocks import with_prefix
from bot.slack.views.help import VerbHelp, help_message, verb_help_message
from bot.text import normalise, unescape

NO_ARGUMENT, ANY_ARGUMENT, VERSION_ARGUMENT = r"", r".*", r"(?:v\s?)?\d{1,3}\.\d{1,4}"
TWO_VERSIONS_ARGUMENT = rf"{VERSION_ARGUMENT}\s*(?:and|to|with|vs\.?|versus|until|\.\.+|-|,)?\s*{VERSION_ARGUMENT}"
# What is meant as an address, however wrong: `import contacts from azure` is a search.
URL_ARGUMENT = r"(?:<|&lt;).+|\w[\w+.-]*:/.*|(?:[\w-]+\.)+[a-z]{2,}(?:[/:?#]\S*)?|[/~]\S+"
_SLACK_MENTION = re.compile(r"<[@!][^<>]*>")
_BOT_NAME_PREFIX = re.compile(r"^(?:[@/]halo(?:bot)?\b[\s,:]*)+", re.IGNORECASE)
MIN_MISSPELT_LENGTH = 4  # letters: shorter words are too near to each other


class Verb(NamedTuple):
    """One verb. `rest`: what may follow it, as a pattern; with anything else after it, the words are a search."""

    name: str
    help: str
    example: str
    handler: Callable[[Request, Services], Reply]
    aliases: tuple[str, ...] = ()
    argument_pattern: str = NO_ARGUMENT
    hidden: bool = False  # not in help
    deferred: bool = False  # asks Slack first, so that a command is acknowledged before it begins
    confirm_if_misspelt: bool = False  # changes what others get: misspelt, it is asked about and not done

    @property
    def help_entry(self) -> VerbHelp:
        """As help shows it."""
        return VerbHelp(self.example, self.help, self.name, self.aliases)


class VerbMatch(NamedTuple):
    """The verb that somebody used, what followed it, and how a misspelt one was understood."""

    verb: Verb
    argument: str
    note: str = ""
    missing_argument: bool = False  # nothing follows where something has to
    needs_confirmation: bool = False  # misspelt, and not to be done unless it is meant


def on_help(said: Request, services: Services) -> Reply:
    """How to ask, or how one verb is used."""
    name = said.text.split(maxsplit=1)[-1].lower()
    verb = next((verb for verb in VERBS if name in (verb.name, *verb.aliases) and verb.name != "help"), None)
    if verb:
        return Reply(verb_help_message(said.view_context.command, verb.help_entry))
    return Reply(help_message(said.view_context.command, [verb.help_entry for verb in VERBS if not verb.hidden]))


# Another module's verbs are added here, a line each: help, misspellings and the rest come by themselves.
VERBS: tuple[Verb, ...] = (
    Verb("help", "this; `help watch` explains one word", "help", on_help, ("usage", "commands", "what can you do", "how do i use this"), r"\w*"),
    Verb("latest", "the newest version at a glance", "latest", search.on_latest, ("newest",)),
    Verb("version", "everything in a version, what matters first", "version v2.214", search.on_version, ("release",), VERSION_ARGUMENT),
    Verb("compare", "what came in between two versions, by area", "compare 2.206 2.214", search.on_compare, ("diff",), TWO_VERSIONS_ARGUMENT),
    Verb("areas", "the areas of HaloPSA that changes belong to", "areas", status.on_areas, ("area", "topics")),
    Verb("watch", "a direct message when something new answers it", "watch quickbooks payments", watches.on_watch, ("notify me about",), ANY_ARGUMENT),
    Verb("watches", "what you watch, to look at and to remove", "watches", watches.on_watches, ("my watches", "unwatch", "watching")),
    Verb("subscribe", "a digest of what is new for this channel; alone it opens a window",
    "subscribe billing -jira mondays 9am london",
         digest_commands.on_subscribe, ("subscribe to",), ANY_ARGUMENT, deferred=True),
    Verb("unsubscribe", "ends this channel's digests, or the one with that filter", "unsubscribe",
    digest_commands.on_unsubscribe, ("unsubscribe from",), ANY_ARGUMENT,
         deferred=True, confirm_if_misspelt=True),
    Verb("pause", "this channel's digests wait", "pause", digest_commands.on_pause, ("pause digests", "pause digest"), deferred=True, confirm_if_misspelt=True),
    Verb("resume", "they go on, with all that arrived meanwhile", "resume", digest_commands.on_resume,
    ("resume digests", "resume digest", "unpause"),
         deferred=True, confirm_if_misspelt=True),
    Verb("subscriptions", "this channel's digests, and the workspace's", "subscriptions", digest_commands.on_subscriptions, ("digests", "digest", "my digests")),
    Verb("digest preview", "what the next digest here would be; only you see it", "digest preview", digest_commands.on_preview, ("preview digest",)),
    Verb("digest now", "posts this channel's digest at once", "digest now", digest_commands.on_now,
    ("post digest now", "post the digest"),
         deferred=True, confirm_if_misspelt=True),
    Verb("import", "shows what a page or feed would bring, and takes it in",
    "import https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-13",
         imports.on_import, argument_pattern=URL_ARGUMENT, deferred=True, confirm_if_misspelt=True),
    Verb("status", "whether I am well, how much I know, and how digests and sources do", "status", status.on_status, ("ping", "digest status")),
    Verb("hello", "a greeting", "hello", search.on_hello, ("hi", "hey"), hidden=True),
    Verb("thanks", "thanks", "thanks", search.on_thanks, ("thank you", "cheers", "ta"), hidden=True),
    Verb("boom", "a failure on purpose", "boom", search.on_boom, hidden=True),
)  # fmt: skip


def strip_addressing(text: str) -> str:
    """What was typed, without quotes' curls, pings, the bot's own name before it, and Slack's `&amp;`."""
    return unescape(_BOT_NAME_PREFIX.sub("", " ".join(_SLACK_MENTION.sub(" ", normalise(text)).split()))).strip()


def find_verb(text: str, services: Services) -> VerbMatch | None:
    """The verb that a text begins with; None when the text is a search."""
    return _match_exact(text, services) or _match_misspelt(text, services)


def run_verb(match: VerbMatch, said: Request, services: Services) -> Reply:
    """Do what the verb does, and say how it was understood where that was not plain."""
    if match.needs_confirmation and match.argument and match.verb.argument_pattern == ANY_ARGUMENT:
        reply = search.search(said, services)  # "unsubscribed users get emails" may well be a question
    elif match.missing_argument or match.needs_confirmation:
        reply = Reply(verb_help_message(said.view_context.command, match.verb.help_entry))
    else:
        reply = match.verb.handler(said._replace(text=f"{match.verb.name} {match.argument}".strip()), services)
    # A verb that opened a window has nothing to say, and so nothing to say it before.
    return reply._replace(message=with_prefix(match.note, reply.message)) if match.note and reply.message else reply


@cache
def _verbs_by_name() -> list[tuple[str, Verb]]:
    """Every verb by each of its names, the longest first: "digest now" before "digest"."""
    return sorted(
        ((name, verb) for verb in VERBS for name in (verb.name, *verb.aliases)), key=lambda pair: -len(pair[0])
    )


def _match_exact(text: str, services: Services) -> VerbMatch | None:
    lower = text.lower().rstrip("?!. ")
    for name, verb in _verbs_by_name():
        if (
            not lower.startswith(name)
            or (lower != name and lower[len(name)] != " ")
            or (verb.name == "boom" and not services.test_error_command)
        ):
            continue
        rest = text[len(name) :].strip(" ?!.")
        if _fits_pattern(rest, verb):
            return VerbMatch(verb, rest)
        if not rest:
            return VerbMatch(verb, "", missing_argument=True)
    return None


def _match_misspelt(text: str, services: Services) -> VerbMatch | None:
    """First words that are nearly a verb, and not all of the catalogue; what follows has to fit."""
    typed = text.split()
    with services.search.snapshot() as snapshot:
        vocabulary = snapshot.vocabulary
    for size in (2, 1):  # "digest nwo" before "digest"
        first, rest = " ".join(typed[:size]).strip("?!.,"), " ".join(typed[size:]).strip(" ?!.")
        known = all(word in vocabulary.stems_by_word for word in first.lower().split())
        if len(typed) < size or len(first) < MIN_MISSPELT_LENGTH or not first.replace(" ", "").isalpha() or known:
            continue
        verb = _closest_verb(first.lower(), size)
        if verb and _fits_pattern(rest, verb):
            did = (
                f"I know no “{first}”. Did you mean “{verb.name}”?"
                if verb.confirm_if_misspelt
                else f"“{first}” understood as “{verb.name}”."
            )
            return VerbMatch(verb, rest, did, needs_confirmation=verb.confirm_if_misspelt)
    return None


def _closest_verb(typed: str, size: int) -> Verb | None:
    """The verb, of at least as many words, that these words are a slip of the fingers away from."""
    named = [verb for verb in VERBS if not verb.hidden and len(verb.name.split()) >= size]
    off, verb = min(((OSA.distance(typed, verb.name), verb) for verb in named), key=lambda pair: pair[0])
    return verb if off <= (1 if len(typed) < 6 else 2) else None


def _fits_pattern(rest: str, verb: Verb) -> bool:
    """Whether these words may follow a verb; after "help" a whole name may, though it has a blank: "help digest now"."""
    return bool(re.fullmatch(verb.argument_pattern, rest, re.IGNORECASE)) or (
        verb.name == "help" and any(rest.lower() == name for name, _ in _verbs_by_name())
    )
