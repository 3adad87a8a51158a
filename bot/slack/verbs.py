"""The verbs that a text can begin with, in one table. Any other text is a search.

To add a verb, write a function `(request, services) -> Reply` in `bot/slack/handlers/` and add a row to `VERBS`. The
help, misspelt names and the places where it can be typed (a command, a mention, a direct message) follow from the row.
What it needs to know of the catalogue is in `bot/search/lookups.py`. A new filter (`area:`, `since`) is no verb:
`bot/search/query_parser.py` reads those.
"""

import re
from collections.abc import Callable, Container
from functools import cache, partial
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.slack.error_boundary import Services, logged_only
from bot.slack.handlers import digest_verbs, imports, search, status, watches
from bot.slack.request import Reply, Request
from bot.slack.views.blocks import with_prefix
from bot.slack.views.help import VerbHelp, help_message, verb_help_message

# What may follow a verb, as patterns.
NO_ARGUMENT, ANY_ARGUMENT, VERB_NAME = r"", r".*", r"\w*"
VERSION = r"(?:v\s?)?\d{1,3}\.\d{1,4}"
TWO_VERSIONS = rf"{VERSION}\s*(?:and|to|with|vs\.?|versus|until|\.\.+|-|,)?\s*{VERSION}"
# Anything that is meant as an address, even a wrong one; `import contacts from azure` is a search.
ADDRESS = r"<.+|\w[\w+.-]*:/.*|(?:[\w-]+\.)+[a-z]{2,}(?:[/:?#]\S*)?|[/~]\S+"
MIN_MISSPELT_LENGTH = 4  # letters: shorter words are too similar to each other


class Verb(NamedTuple):
    """One row of the table. A text that begins with the name, but goes on with something else than `argument`, is a
    search.
    """

    name: str
    handler: Callable[[Request, Services], Reply]
    help: str
    example: str
    aliases: tuple[str, ...] = ()
    argument: str = NO_ARGUMENT  # the pattern of what may follow the name
    takes_references: bool = False  # its argument has channels as `<#C1>` and links as addresses, not as words
    hidden: bool = False  # not in help
    deferred: bool = False  # it waits for Slack or another server, so a command is acknowledged before it runs
    confirm_if_misspelt: bool = False  # it changes what others get: misspelt, it is asked about and not run

    @property
    def help_entry(self) -> VerbHelp:
        """The row as help shows it."""
        return VerbHelp(self.example, self.help, self.name, self.aliases)


class VerbMatch(NamedTuple):
    """The verb that a text begins with, and what follows its name."""

    verb: Verb
    argument: str
    note: str = ""  # how a misspelt name was read
    missing_argument: bool = False  # nothing follows where something has to
    needs_confirmation: bool = False  # misspelt, and not run unless the person confirms


def on_help(request: Request, services: Services) -> Reply:
    """How to ask, or how one verb is used."""
    command, name = request.view_context.command, request.argument.lower()
    verb = next((verb for verb in VERBS if name in (verb.name, *verb.aliases) and verb.name != "help"), None)
    if verb:
        return Reply(verb_help_message(command, verb.help_entry))
    return Reply(help_message(command, [verb.help_entry for verb in VERBS if not verb.hidden]))


VERBS: tuple[Verb, ...] = (
    Verb(
        "help",
        on_help,
        help="this; `help watch` explains one word",
        example="help",
        aliases=("usage", "commands", "what can you do", "how do i use this"),
        argument=VERB_NAME,
    ),
    Verb("latest", search.on_latest, help="the newest version at a glance", example="latest", aliases=("newest",)),
    Verb(
        "version",
        search.on_version,
        help="everything in a version, what matters first",
        example="version v2.214",
        aliases=("release",),
        argument=VERSION,
    ),
    Verb(
        "compare",
        search.on_compare,
        help="what came in between two versions, by area",
        example="compare 2.206 2.214",
        aliases=("diff",),
        argument=TWO_VERSIONS,
    ),
    Verb(
        "areas",
        status.on_areas,
        help="the areas of HaloPSA that changes belong to",
        example="areas",
        aliases=("area", "topics"),
    ),
    Verb(
        "watch",
        watches.on_watch,
        help="a direct message when something new answers it",
        example="watch quickbooks payments",
        aliases=("notify me about",),
        argument=ANY_ARGUMENT,
    ),
    Verb(
        "watches",
        watches.on_watches,
        help="what you watch, to look at and to remove",
        example="watches",
        aliases=("my watches", "unwatch", "watching"),
    ),
    Verb(
        "subscribe",
        digest_verbs.on_subscribe,
        help="a digest of what is new for this channel; alone it opens a window",
        example="subscribe billing -jira mondays 9am london",
        aliases=("subscribe to",),
        argument=ANY_ARGUMENT,
        takes_references=True,
        deferred=True,
    ),
    Verb(
        "unsubscribe",
        digest_verbs.on_unsubscribe,
        help="ends this channel's digests, or the one with that filter",
        example="unsubscribe",
        aliases=("unsubscribe from",),
        argument=ANY_ARGUMENT,
        takes_references=True,
        deferred=True,
        confirm_if_misspelt=True,
    ),
    Verb(
        "pause",
        digest_verbs.on_pause,
        help="this channel's digests wait",
        example="pause",
        aliases=("pause digests", "pause digest"),
        deferred=True,
        confirm_if_misspelt=True,
    ),
    Verb(
        "resume",
        digest_verbs.on_resume,
        help="they go on, with all that arrived meanwhile",
        example="resume",
        aliases=("resume digests", "resume digest", "unpause"),
        deferred=True,
        confirm_if_misspelt=True,
    ),
    Verb(
        "subscriptions",
        digest_verbs.on_subscriptions,
        help="this channel's digests, and the workspace's",
        example="subscriptions",
        aliases=("digests", "digest", "my digests"),
    ),
    Verb(
        "digest preview",
        digest_verbs.on_preview,
        help="what the next digest here would be; only you see it",
        example="digest preview",
        aliases=("preview digest",),
    ),
    Verb(
        "digest now",
        digest_verbs.on_now,
        help="posts this channel's digest at once",
        example="digest now",
        aliases=("post digest now", "post the digest"),
        deferred=True,
        confirm_if_misspelt=True,
    ),
    Verb(
        "import",
        imports.on_import,
        help="shows what a page or feed would bring, and takes it in",
        example="import https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-13",
        argument=ADDRESS,
        takes_references=True,
        deferred=True,
        confirm_if_misspelt=True,
    ),
    Verb(
        "status",
        status.on_status,
        help="whether I am well, how much I know, and how digests and sources do",
        example="status",
        aliases=("ping", "digest status"),
    ),
    Verb("hello", search.on_hello, help="a greeting", example="hello", aliases=("hi", "hey"), hidden=True),
    Verb(
        "thanks", search.on_thanks, help="thanks", example="thanks", aliases=("thank you", "cheers", "ta"), hidden=True
    ),
    Verb("boom", search.on_boom, help="a failure on purpose", example="boom", hidden=True),
)


def answer(request: Request, services: Services) -> Reply:
    """The reply to any text: what its verb does, or the answer to a question. All that it reads of the catalogue is of
    one snapshot; a verb that waits for others is only looked up here, and runs when the reply is completed.
    """
    with services.search.snapshot() as snapshot:
        match = find_verb(request, snapshot.vocabulary.stems_by_word, services.test_error_command)
        if match is None:
            return search.reply_with_result(request, snapshot, snapshot.search(request.text))
        if not match.verb.deferred:
            return run_verb(match, request, services)
    return Reply({}, deferred=partial(run_verb, match, request, services))


def run_verb(match: VerbMatch, request: Request, services: Services) -> Reply:
    """Run a verb, or explain it; above the reply stands how a misspelt name was read."""
    if match.needs_confirmation and match.argument and match.verb.argument == ANY_ARGUMENT:
        reply = search.answer_question(request, services)  # "unsubscribed users get emails" may well be a question
    elif match.missing_argument or match.needs_confirmation:
        reply = Reply(verb_help_message(request.view_context.command, match.verb.help_entry))
    else:
        reply = match.verb.handler(request._replace(argument=match.argument), services)
    # A verb that opened a window replies nothing, so there is nothing to put the note above.
    return reply._replace(message=with_prefix(match.note, reply.message)) if match.note and reply.message else reply


def record_unanswered(reply: Reply, request: Request, services: Services) -> None:
    """Count a question that found nothing, so that the operator sees what the catalogue lacks. It is called after the
    reply is out: a failure is only logged.
    """
    if reply.result is not None and not reply.result.has_answer and request.view_context.offset == 0:
        with logged_only("a question without an answer"):
            services.stores.question_log.record_no_result(request.team, reply.question, services.now())


def find_verb(request: Request, known_words: Container[str], test_error_command: bool) -> VerbMatch | None:
    """The verb that a text begins with; None when the text is a search. `known_words`: those of the catalogue, which
    are not taken for misspelt verbs; `test_error_command`: whether `boom` is a verb.
    """
    return _match_exact(request, test_error_command) or _match_misspelt(request, known_words)


def _match_exact(request: Request, test_error_command: bool) -> VerbMatch | None:
    for name, verb in _verbs_by_name():
        if verb.name == "boom" and not test_error_command:
            continue
        text = _text_for(verb, request)
        start = text.lower().rstrip("?!. ")
        if not start.startswith(name) or (start != name and start[len(name)] != " "):
            continue
        argument = text[len(name) :].strip(" ?!.")
        if _fits(argument, verb):
            return VerbMatch(verb, argument)
        if not argument:
            return VerbMatch(verb, "", missing_argument=True)
    return None


def _match_misspelt(request: Request, known_words: Container[str]) -> VerbMatch | None:
    """First words that are nearly a verb, and not all of the catalogue; what follows has to fit."""
    for size in (2, 1):  # "digest nwo" before "digest"
        words = request.text.split()
        typed = " ".join(words[:size]).strip("?!.,")
        if len(words) < size or len(typed) < MIN_MISSPELT_LENGTH or not typed.replace(" ", "").isalpha():
            continue
        verb = (
            None if all(word in known_words for word in typed.lower().split()) else _closest_verb(typed.lower(), size)
        )
        if verb is None:
            continue
        argument = " ".join(_text_for(verb, request).split()[size:]).strip(" ?!.")
        if _fits(argument, verb) and verb.confirm_if_misspelt:
            note = f"I know no “{typed}”. Did you mean “{verb.name}”?"
            return VerbMatch(verb, argument, note, needs_confirmation=True)
        if _fits(argument, verb):
            return VerbMatch(verb, argument, f"“{typed}” understood as “{verb.name}”.")
    return None


def _text_for(verb: Verb, request: Request) -> str:
    return request.reference_text if verb.takes_references else request.text


@cache
def _verbs_by_name() -> list[tuple[str, Verb]]:
    """Every verb by each of its names, the longest first: "digest now" before "digest"."""
    named = [(name, verb) for verb in VERBS for name in (verb.name, *verb.aliases)]
    return sorted(named, key=lambda pair: -len(pair[0]))


def _closest_verb(typed: str, size: int) -> Verb | None:
    """The verb of at least `size` words whose name is one typing slip away (two, from six letters on)."""
    candidates = [verb for verb in VERBS if not verb.hidden and len(verb.name.split()) >= size]
    distance, verb = min(((OSA.distance(typed, verb.name), verb) for verb in candidates), key=lambda pair: pair[0])
    return verb if distance <= (1 if len(typed) < 6 else 2) else None


def _fits(argument: str, verb: Verb) -> bool:
    """Whether this may follow a verb. After "help" any name may, though it has a blank: "help digest now"."""
    return bool(re.fullmatch(verb.argument, argument, re.IGNORECASE)) or (
        verb.name == "help" and argument.lower() in dict(_verbs_by_name())
    )
