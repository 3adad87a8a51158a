"""Looks whether Slack answers, takes the bot's token and grants its scopes."""

from slack_sdk import WebClient

from bot.problems import Problem, ProblemList
from bot.slack.api_errors import SLACK_ERRORS, ErrorMeaning, classify_error
from bot.slack.scopes import SCOPES, granted_scopes
from bot.slack.slack_problems import (
    MISSING_SCOPES,
    REFUSED_AUTH,
    REFUSED_POSTS,
    UNREACHABLE,
    missing_scopes,
    refused_auth,
    unreachable,
)

LOOK_SECONDS = 15.0  # between two looks
TIMEOUT_SECONDS = 8  # of the call
NOT_ANSWERED = {ErrorMeaning.UNREACHABLE, ErrorMeaning.DELIVERY_UNKNOWN}
MAX_FAILURES = 2  # calls that are not answered in a row, before Slack counts as gone: one may be lost on the way


class SlackLook:
    """Asks Slack, and reports what is wrong. `client` retries nothing; without a token it only asks for an answer."""

    def __init__(self, client: WebClient, problems: ProblemList) -> None:
        self._client, self._problems = client, problems
        self._failures, self._found = 0, list[Problem]()

    def look(self) -> None:
        """One look."""
        found = self._ask()
        if found is None:
            self._problems.report("slack", self._found)
            return
        self._problems.report("slack", found)
        keys = {problem.key for problem in found}
        if not keys & {REFUSED_AUTH, UNREACHABLE}:
            self._problems.over(REFUSED_AUTH)  # that a post was refused with
            if MISSING_SCOPES not in keys and any(problem.key == MISSING_SCOPES for problem in self._found):
                self._problems.over(REFUSED_POSTS)
        self._found = found

    def _ask(self) -> list[Problem] | None:
        """What Slack's answer says is wrong; None where it says nothing of that: all stays as it was."""
        try:
            reply = self._client.auth_test() if self._client.token else self._client.api_test()
        except SLACK_ERRORS as error:
            failure = classify_error(error)
            if failure.meaning in NOT_ANSWERED:
                self._failures += 1
                return None if self._failures < MAX_FAILURES else [unreachable(failure.code)]
            self._failures = 0
            if failure.meaning is ErrorMeaning.RATE_LIMITED:  # it can be reached, and that is all
                self._found = [problem for problem in self._found if problem.key != UNREACHABLE]
                return None
            return [refused_auth(failure.code)] if failure.meaning is ErrorMeaning.AUTHENTICATION_FAILED else []
        self._failures = 0
        granted = granted_scopes(reply)
        missing = SCOPES.keys() - granted if granted else set()
        return [missing_scopes(missing)] if missing else []
