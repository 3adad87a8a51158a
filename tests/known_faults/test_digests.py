"""Digests: what becomes of one that Slack refuses to take."""

import pytest

from tests.digests import conftest as digests
from tests.digests.rig import HOUR, Rig, entry

LOST = pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="case 02: what a refused digest held is never told again"
)

slack_server, slack, rig = digests.slack_server, digests.slack, digests.rig


def told(rig: Rig) -> list[str]:
    """The entries that stand in digests which were posted, in order of their keys."""
    return sorted(
        key for row in rig.outbox.recent_rows("T1", "C1", "digest") if row.state == "sent" for _, key, _ in row.entries
    )


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param("team_added_to_org", marks=LOST),
        pytest.param("external_channel_migrating", marks=LOST),
        pytest.param("accesslimited", marks=LOST),
        pytest.param("message_limit_exceeded", marks=LOST),
        pytest.param("enterprise_is_restricted", marks=LOST),
        "not_in_channel",
    ],
)
def test_what_a_refused_digest_held_is_told_later(rig: Rig, refusal: str) -> None:
    """The entries of a digest that Slack refused once come with a later digest, each once: nothing was posted."""
    rig.subscribe()
    rig.arrive([entry(10), entry(11)])
    rig.slack.fail_next("chat.postMessage", refusal)
    rig.slack.advance(2 * HOUR)
    rig.digests.run_due()
    for _ in range(3):
        rig.arrive([entry(12)])
        rig.a_week_later()
        rig.digests.run_due()
    assert told(rig) == ["10", "11", "12"]
