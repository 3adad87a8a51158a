"""The problems that there can be between the bot and Slack, for the list of `bot/problems.py`."""

from collections.abc import Collection

from bot.problems import Problem, ProblemList
from bot.slack.api_errors import ApiFailure, ErrorMeaning

# Keys of the problems.
REFUSED_AUTH, REFUSED_POSTS, NO_TS, RESPONSE_URL = "refused token", "refused posts", "no ts", "response_url"
UNREACHABLE, MISSING_SCOPES = "slack unreachable", "missing scopes"


def refused_auth(code: str) -> Problem:
    """The bot's token was revoked."""
    return Problem(
        REFUSED_AUTH,
        f"Slack refuses my token ({code}), so I can post nothing. Whoever runs Halobot: `halobot doctor` says what to "
        "do.",
    )


def refused_posts(code: str) -> Problem:
    """A permission is missing."""
    return Problem(
        REFUSED_POSTS,
        f"Slack refuses what I try to post ({code}): a permission is missing. Whoever runs Halobot: run "
        "`halobot doctor`.",
    )


def missing_scopes(names: Collection[str]) -> Problem:
    """Scopes that the app was not granted, or not any more."""
    named = ", ".join(sorted(names))
    return Problem(
        MISSING_SCOPES,
        f"Slack does not grant me what I need ({named}). Whoever runs Halobot: `halobot doctor` says what to do.",
    )


def unreachable(reason: str) -> Problem:
    """Slack does not answer: nobody can be told there."""
    return Problem(UNREACHABLE, f"Slack cannot be reached ({reason}).", is_messaged=False)


def no_ts() -> Problem:
    """An answer of Slack's that says too little."""
    return Problem(
        NO_TS, "Slack says that it took a message, and not where it is.", is_messaged=False, is_serious=False
    )


def response_url_fails(status: object) -> Problem:
    """Replies to commands and buttons."""
    return Problem(
        RESPONSE_URL,
        f"Slack fails to take replies to commands and buttons (HTTP {status}). I use other ways meanwhile.",
        is_messaged=False,
        is_serious=False,
    )


def note_failure(problems: ProblemList, failure: ApiFailure) -> None:
    """Slack refused a post: note it where the operator has to do something."""
    if failure.meaning is ErrorMeaning.AUTHENTICATION_FAILED:
        problems.begin("slack", refused_auth(failure.code))
    elif failure.meaning is ErrorMeaning.NOT_PERMITTED:
        problems.begin("slack", refused_posts(failure.code))
