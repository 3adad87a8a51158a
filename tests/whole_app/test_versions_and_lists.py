"""Versions, numbers and lists through the whole app: a command, a mention, a direct message."""

from functools import partial

import pytest

from tests.whole_app.acting import SlackStandIn, dumps

# Asked, what the answer says, and what it does not.
ASKED = (
    ("which changes come with a warning", "*9 changes*", "Nothing on that"),
    ("2.206 -> 2.214", "v2.206 to v2.214: 200 changes", "Only"),
    ("what changed between 2.206 and 2.214?", "v2.206 to v2.214: 200 changes", "Only"),
    ("we're on 2.206, what's new", "After v2.206: 211 changes", "Only"),
    ("we're on 2.210, do we have asset merging yet", "Not in v2.210: it came in v2.212.", "Only"),
    ("which version brought asset merging", "It came in v2.212.", "Nothing on that"),
    ("how many highlights since 2.214", "8 highlights since v2.214.", "Nothing on that"),
    ("everything to do with quickbooks", "*2 changes*", "794180"),
    ("jira changes from 2.204 to 2.206", "after v2.204, up to v2.206", "796046"),
)


@pytest.mark.parametrize("way", ["command", "mention", "dm"])
def test_versions_and_lists(halo: SlackStandIn, way: str) -> None:
    """A range, what somebody has not got yet, a number and a set are answered the same wherever they are asked."""
    for question, said, not_said in ASKED:
        ask = partial(halo.command, "/halo", question) if way == "command" else partial(getattr(halo, way), question)
        shown = dumps(halo.only_shown_after(ask).blocks)
        assert said in shown, question
        assert not_said not in shown, question
