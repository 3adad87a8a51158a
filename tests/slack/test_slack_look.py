"""The look at Slack: gone, a token that was revoked, scopes that are missing, and over again."""

from collections.abc import Iterator

import pytest

from bot.playground import Playground
from bot.problems import ProblemList
from bot.slack.scopes import OPTIONAL_SCOPES, SCOPES
from bot.slack.slack_look import SlackLook
from bot.slack.slack_problems import (
    MISSING_SCOPES,
    REFUSED_AUTH,
    REFUSED_POSTS,
    UNREACHABLE,
    refused_auth,
    refused_posts,
)
from bot.slack.web_client import BoundedWebClient


@pytest.fixture
def slack() -> Iterator[Playground]:
    with Playground() as playground:
        playground.set_scopes([*SCOPES, *OPTIONAL_SCOPES])
        yield playground


@pytest.fixture
def problems() -> ProblemList:
    return ProblemList()


@pytest.fixture
def look(slack: Playground, problems: ProblemList) -> SlackLook:
    client = BoundedWebClient(slack.bot_token, base_url=slack.api_url, timeout=1, retry_handlers=[])
    return SlackLook(client, problems)


def keys(problems: ProblemList) -> list[str]:
    return [problem.key for problem in problems.current()]


@pytest.mark.parametrize("how", ["500", "drop_reply", "hang"])
def test_gone(slack: Playground, look: SlackLook, problems: ProblemList, how: str) -> None:
    """One call that is lost says nothing yet, the second does; the first answer ends it."""
    slack.fail_next("auth.test", how, times=2, seconds=1.5)
    look.look()
    assert keys(problems) == []
    look.look()
    assert keys(problems) == [UNREACHABLE]
    look.look()
    assert keys(problems) == []


def test_a_limit_is_an_answer(slack: Playground, look: SlackLook, problems: ProblemList) -> None:
    """Slack that says 429 is there."""
    slack.fail_next("auth.test", "429", times=3)
    for _ in range(3):
        look.look()
    assert keys(problems) == []


def test_a_revoked_token(slack: Playground, look: SlackLook, problems: ProblemList) -> None:
    """Said at once; a post that was refused meanwhile says the same, and both are over with the first good answer."""
    slack.fail_next("auth.test", "token_revoked")
    look.look()
    problems.begin("slack", refused_auth("invalid_auth"))
    assert keys(problems) == [REFUSED_AUTH]
    look.look()
    assert keys(problems) == []


@pytest.mark.parametrize("how", ["429", "500"])
def test_what_is_not_answered_ends_nothing(slack: Playground, look: SlackLook, problems: ProblemList, how: str) -> None:
    """A look that Slack tells nothing leaves what is wrong as it is: what it found before, and what posts found."""
    slack.set_scopes([scope for scope in SCOPES if scope != "users:read"])
    look.look()
    problems.begin("slack", refused_auth("token_revoked"))
    assert keys(problems) == [MISSING_SCOPES, REFUSED_AUTH]
    slack.fail_next("auth.test", how)
    look.look()
    assert keys(problems) == [MISSING_SCOPES, REFUSED_AUTH]


def test_missing_scopes(slack: Playground, look: SlackLook, problems: ProblemList) -> None:
    """Named; an optional one is none of them. Granted again, posts are not refused any more."""
    slack.set_scopes([scope for scope in SCOPES if scope not in ("users:read", "groups:read")])
    look.look()
    problems.begin("slack", refused_posts("missing_scope"))
    assert keys(problems) == [MISSING_SCOPES, REFUSED_POSTS]
    assert "(groups:read, users:read)" in problems.current()[0].text
    slack.set_scopes(list(SCOPES))
    look.look()
    assert keys(problems) == []
