"""The verbs that a text can begin with, in one table. Any other text is a question.

To add a verb, write a function `(snapshot, argument) -> Answer` and add a row to `VERBS`. Its help, misspelt names and
the places where it can be typed (a command, a mention, a direct message, the terminal) follow from the row. A verb that
needs Slack has no function here but a handler, named in `bot/slack/verbs.py`; in the terminal it says its `elsewhere`.
What a verb needs to know of the catalogue is in `bot/search/lookups.py`. A new filter (`area:`, `since`) is no verb:
`bot/search/query_parser.py` reads those.
"""

from functools import cache

from bot.conversation.answers import (
    Answer,
    AreasAnswer,
    ComparisonAnswer,
    HelpAnswer,
    HelpGroup,
    ResultAnswer,
    StatusAnswer,
    UpgradeAnswer,
    Verb,
)
from bot.conversation.digest_sentences.words import PAUSE_END
from bot.search import lookups
from bot.search.snapshot import SearchSnapshot

# What may follow a verb, as patterns; without one, nothing may.
ANY_ARGUMENT = r".*"
VERSION = r"(?:v\s?)?\d{1,3}\.\d{1,4}"
TWO_VERSIONS = rf"{VERSION}\s*(?:and|to|with|vs\.?|versus|until|\.\.+|-|,)?\s*{VERSION}"
# Anything that is meant as an address, even a wrong one; `import contacts from azure` is a question.
ADDRESS = r"<.+|\w[\w+.-]*:/.*|(?:[\w-]+\.)+[a-z]{2,}(?:[/:?#]\S*)?|[/~]\S+"

_ERASE = ("erase", "delete", "remove", "forget", "wipe")
_OF_ME = ("my data", "all my data", "my personal data", "everything about me", "all about me")
DIGESTS_IN_SLACK = (
    "Digests are posted to Slack channels and set up there. `halobot digest --dry-run` shows here which are due."
)


def _about_digests(*words: str) -> tuple[str, ...]:
    """`cancel digest`, `cancel the digest`, … for each of the words."""
    return tuple(f"{word} {what}" for word in words for what in ("digest", "the digest", "our digest", "digests"))


def on_help(snapshot: SearchSnapshot, argument: str) -> Answer:
    """How to ask, or how one verb or a group of them is used."""
    if group := find_help_group(argument):
        return HelpAnswer(group=group)
    verb = verbs_by_name().get(argument.lower())
    return HelpAnswer(verb if verb and verb.name != "help" else None)


def on_latest(snapshot: SearchSnapshot, argument: str) -> Answer:
    """The newest version."""
    return ResultAnswer(lookups.latest_version(snapshot))


def on_version(snapshot: SearchSnapshot, argument: str) -> Answer:
    """One version."""
    return ResultAnswer(lookups.search_version(snapshot, lookups.versions_in(argument)[0]))


def on_compare(snapshot: SearchSnapshot, argument: str) -> Answer:
    """What came after the older of two versions, up to the newer one."""
    return ComparisonAnswer(lookups.compare_versions(snapshot, *lookups.versions_in(argument)))


def on_upgrade(snapshot: SearchSnapshot, argument: str) -> Answer:
    """What an upgrade brings; up to the newest version where only one is named."""
    older, *others = lookups.versions_in(argument)
    newer = others[0] if others else max((older, *snapshot.versions))
    return UpgradeAnswer(lookups.upgrade_checklist(snapshot, older, newer))


def on_areas(snapshot: SearchSnapshot, argument: str) -> Answer:
    """Every area, what people call it and how many changes it has."""
    return AreasAnswer(tuple(lookups.areas_with_counts(snapshot)))


def on_status(snapshot: SearchSnapshot, argument: str) -> Answer:
    """Whether the bot is well, and how much it knows."""
    return StatusAnswer()


VERBS: tuple[Verb, ...] = (
    Verb(
        "help",
        help="this; `help digests` or `help watch` explains more",
        example="help",
        aliases=("usage", "commands"),
        # `find_verb` lets the name of a verb follow it, and nothing else.
        answer=on_help,
    ),
    Verb("latest", help="the newest version at a glance", example="latest", aliases=("newest",), answer=on_latest),
    Verb(
        "version",
        help="everything in a version, what matters first",
        example="version v2.214",
        aliases=("release",),
        argument=VERSION,
        answer=on_version,
    ),
    Verb(
        "compare",
        help="what came in between two versions, by area",
        example="compare 2.206 2.214",
        aliases=("diff",),
        argument=TWO_VERSIONS,
        answer=on_compare,
    ),
    Verb(
        "upgrade",
        help="a checklist: what acts by itself, what to test, what is off until you enable it",
        example="upgrade 2.206 2.214",
        aliases=("upgrade from", "upgrading from", "checklist"),
        argument=f"(?:{TWO_VERSIONS}|{VERSION})",
        answer=on_upgrade,
    ),
    Verb(
        "areas",
        help="the areas of HaloPSA that changes belong to",
        example="areas",
        aliases=("area", "topics", "all areas", "list areas", "list all areas", "which areas", "what areas are there"),
        answer=on_areas,
    ),
    Verb(
        "watch",
        help="a direct message when something new answers these words",
        example="watch quickbooks payments",
        aliases=("watch for", "notify me about", "alert me about"),
        argument=ANY_ARGUMENT,
        elsewhere="A watch sends you a direct message in Slack when something new answers it; set it up there.",
        changes="with an argument",
        opposite="unwatch",
    ),
    Verb(
        "watches",
        help="what you watch, to look at and to remove",
        example="watches",
        aliases=("my watches", "watching"),
        elsewhere="Watches belong to a person in Slack; they are listed and removed there.",
    ),
    Verb(
        "unwatch",
        help="ends a watch; alone it lists them",
        example="unwatch quickbooks payments",
        aliases=("stop watching", "remove watch", "remove my watch", "delete watch", "cancel watch", "end watch"),
        argument=ANY_ARGUMENT,
        elsewhere="Watches belong to a person in Slack; they are ended there.",
        changes="with an argument",
        opposite="watch",
    ),
    Verb(
        "subscribe",
        help="a digest of what is new for this channel; alone it opens a window",
        example="subscribe billing -jira mondays 9am london",
        aliases=("subscribe to",),
        argument=ANY_ARGUMENT,
        elsewhere=DIGESTS_IN_SLACK,
        takes_references=True,
        changes="with an argument",
        opposite="unsubscribe",
    ),
    Verb(
        "unsubscribe",
        help="shows this channel's digests, or the one that you name, each with a button to remove it",
        example="unsubscribe",
        aliases=("unsubscribe from", *_about_digests("cancel", "stop", "end", "remove", "delete", "turn off")),
        argument=ANY_ARGUMENT,
        elsewhere=DIGESTS_IN_SLACK,
        of_a_channel=True,
        takes_references=True,
        changes="something",
        opposite="subscribe",
    ),
    Verb(
        "change digest",
        help="says what this channel's digest would become, with a button that does it; alone it shows the digests",
        example="change digest to fridays 9am",
        aliases=_about_digests("change", "edit", "move", "make", "set", "update")[1:],
        argument=ANY_ARGUMENT,
        elsewhere=DIGESTS_IN_SLACK,
        of_a_channel=True,
    ),
    Verb(
        "pause",
        help="shows this channel's digest with a button that lets it wait: until `resume`, or as long as you say",
        example="pause for 2 weeks",
        aliases=_about_digests("pause"),
        argument=f"(?:{PAUSE_END})?",
        elsewhere=DIGESTS_IN_SLACK,
        of_a_channel=True,
        changes="something",
        opposite="resume",
    ),
    Verb(
        "resume",
        help="shows the digests that are paused, each with a button that lets it go on",
        example="resume",
        aliases=(*_about_digests("resume"), "unpause"),
        elsewhere=DIGESTS_IN_SLACK,
        of_a_channel=True,
        changes="something",
        opposite="pause",
    ),
    Verb(
        "undo",
        help="brings back a digest that was removed in the last day, by a button",
        example="undo",
        aliases=("undo that", "undo it", "undo please", "undelete", *_about_digests("restore", "undelete", "undo")),
        elsewhere=DIGESTS_IN_SLACK,
        of_a_channel=True,
    ),
    Verb(
        "subscriptions",
        help="this channel's digests, and the workspace's",
        example="subscriptions",
        aliases=("digests", "digest", "my digests", "my subscriptions", "our subscriptions", "list subscriptions"),
        elsewhere=DIGESTS_IN_SLACK,
        of_a_channel=True,
    ),
    Verb(
        "digest preview",
        help="what the next digest here would be; only you see it",
        example="digest preview",
        aliases=("preview digest",),
        elsewhere=DIGESTS_IN_SLACK,
        of_a_channel=True,
    ),
    Verb(
        "digest now",
        help="posts this channel's digest at once",
        example="digest now",
        aliases=("post digest now", "post the digest"),
        elsewhere=DIGESTS_IN_SLACK,
        of_a_channel=True,
        changes="something",
    ),
    Verb(
        "import",
        help="shows what a page or feed would bring, with a button that takes it in",
        example="import https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-13",
        argument=ADDRESS,
        elsewhere="Leave the prompt and run `halobot import` with the address; `--help` shows its options.",
        takes_references=True,
        changes="something",
    ),
    Verb(
        "phrasings",
        help="proposed ways to ask for a change, for admins to accept or dismiss",
        example="phrasings",
        elsewhere="Leave the prompt and run `halobot phrasings review`.",
    ),
    Verb(
        "status",
        help="whether I am well, how much I know, and how digests and sources are doing",
        example="status",
        aliases=("ping", "digest status"),
        answer=on_status,
    ),
    Verb(
        "forget me",
        help="erases what I know of you in this workspace, after it asked",
        example="forget me",
        aliases=tuple(f"{erase} {what}" for erase in _ERASE for what in _OF_ME),
        elsewhere="What is known of a person is erased in Slack: there they type `/halo forget me`.",
    ),
    Verb("boom", help="a failure on purpose", example="boom", hidden=True),
)


HELP_GROUPS = (
    HelpGroup(
        "versions",
        "Versions",
        "What a version brings, or an upgrade from one to another: what matters first, then all of it by area.",
        ("latest", "version", "compare", "upgrade", "areas"),
        ("upgrades", "releases"),
    ),
    HelpGroup(
        "watches",
        "Watches",
        "A watch is yours alone: when something new answers it, I send you a direct message. It can be words, an area, "
        "a version or a change's number.",
        ("watch", "watches", "unwatch"),
        ("watching",),
    ),
    HelpGroup(
        "digests",
        "Digests",
        "A digest posts what is new into a channel, at the hour that you choose, each change once. Type what "
        "is below, or say it as you would to a colleague: `add jira to the digest`, `make it fridays at 8am`. What you "
        "say is shown first, with a button that does it.",
        (
            "subscribe",
            "subscriptions",
            "digest preview",
            "change digest",
            "pause",
            "resume",
            "unsubscribe",
            "undo",
            "digest now",
        ),
        ("digest", "a digest", "the digest", "my digests"),
    ),
    HelpGroup(
        "more",
        "All the rest",
        "How I am doing, and where what I know comes from.",
        ("status", "import", "phrasings", "forget me", "help"),
        ("everything", "the rest"),
    ),
)


def find_help_group(name: str) -> HelpGroup | None:
    """The group of verbs that help is asked about; None for anything else."""
    wanted = name.lower().strip(" ?!.")
    return next((group for group in HELP_GROUPS if wanted == group.name or wanted in group.also), None)


@cache
def verbs_by_name() -> dict[str, Verb]:
    """Every verb by each of its names, the longest first: "digest now" before "digest"."""
    named = {name: verb for verb in VERBS for name in (verb.name, *verb.aliases)}
    return dict(sorted(named.items(), key=lambda pair: -len(pair[0])))
