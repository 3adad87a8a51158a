"""`halobot digest`, `deliveries` and `audit` as an operator or cron runs them, against the playground's Slack."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.digests import text_of_blocks
from bot.cli.main import cli
from bot.playground import Playground
from bot.storage.models import SubscriptionDraft, SubscriptionFilter
from tests.digests.rig import DAY, MONDAYS, Rig, entry


class Installation:
    """Two channels with a digest that is due, and the environment that commands run in."""

    def __init__(self, slack: Playground, folder: Path) -> None:
        slack.reset()
        self.rig = Rig(slack, folder)
        self.rig.arrive([entry(1)])
        for channel in ("C1", "C2"):
            self.rig.subscriptions.add(
                "T1", channel, SubscriptionDraft(SubscriptionFilter(), MONDAYS), "UALICE", 1, time.time() - 8 * DAY
            )
        self.rig.arrive([entry(10, highlighted=True), entry(11)])
        self.environment = {
            "PATH": os.environ["PATH"], "HALO_ENV_FILE": str(folder / "no.env"), "HALO_SEEDS": "none",
            "HALO_CATALOG": str(folder / "catalog.db"),
            "HALO_WORKSPACE_URL": f"sqlite:///{folder / 'workspace.db'}", "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_API_URL": slack.api_url,
        }  # fmt: skip

    def run(self, *arguments: str, **settings: str) -> tuple[int, str, str]:
        """Exit code, output and errors of a command."""
        done = CliRunner().invoke(cli, list(arguments), env={**self.environment, **settings})
        return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def installation(slack: Playground, tmp_path: Path) -> Iterator[Installation]:
    made = Installation(slack, tmp_path)
    yield made
    made.rig.catalogue.close()
    made.rig.engine.dispose()


def test_due_posts_once_however_many_run(installation: Installation) -> None:
    """Two processes at the same minute, and one afterwards, make one post in each channel; all exit with 0."""
    command = [sys.executable, "-m", "bot", "digest", "--due"]
    both = [
        subprocess.Popen(command, env=installation.environment, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    outs = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(int(out.split(" posted")[0]) for out in outs) == 2
    assert installation.run("digest", "--due")[:2] == (0, "0 posted, 0 not finished, 0 settled\n")
    for channel in ("C1", "C2"):
        assert [text[:30] for text in installation.rig.texts(channel)] == ["HaloPSA v2.218: 2 changes. Cha"]


def test_what_could_not_be_posted_is_an_exit_code(installation: Installation) -> None:
    """A digest that can't be posted is exit code 1, so that cron reports it; the next run posts it."""
    code, out, err = installation.run("digest", "--due", SLACK_BOT_TOKEN="xoxb-revoked")
    assert code == 1
    assert "Nothing can be posted: Slack refuses the token (invalid_auth)" in out
    assert "tried again at the next run" in err
    assert installation.run("digest", "--due")[0] == 0
    assert len(installation.rig.texts("C1")) == 1


def test_looking_posts_nothing(installation: Installation) -> None:
    """`--dry-run` lists what is due, `--preview` prints a digest; neither posts nor writes to the outbox."""
    code, out, _ = installation.run("digest", "--dry-run")
    assert code == 0
    assert out.splitlines()[0] == "T1 C1  due now, 2 new  (everything; every Monday at 09:00 (Europe/London))"
    assert installation.run("digest", "--due", "--dry-run")[1] == out
    code, out, _ = installation.run("digest", "--preview", "C1")
    assert code == 0
    assert "HaloPSA v2.218: 2 changes" in out
    assert "<http" not in out
    code, _, err = installation.run("digest", "--preview", "C9")
    assert code == 1
    assert "C9 has no digest" in err
    assert installation.rig.posts("C1") == []
    assert installation.run("deliveries")[1] == "Nothing yet.\n"


def test_no_digest_at_all(installation: Installation) -> None:
    """Where no channel has a digest, or each is paused, `--dry-run` says so."""
    for row in installation.rig.subscriptions.of_team("T1"):
        installation.rig.subscriptions.remove(row, "UALICE", 0.0)
    code, out, _ = installation.run("digest", "--dry-run")
    assert (code, "No channel has a digest" in out) == (0, True)


def test_one_thing_at_a_time(installation: Installation) -> None:
    """Without an option, or with two, `digest` names the options; --due needs the token."""
    for arguments in ((), ("--due", "--preview", "C1")):
        code, _, err = installation.run("digest", *arguments)
        assert code == 2
        assert "--due, --preview CHANNEL and --dry-run" in err
    code, _, err = installation.run("digest", "--due", SLACK_BOT_TOKEN="")
    assert code == 1
    assert "SLACK_BOT_TOKEN is not set" in err


def test_deliveries_and_audit(installation: Installation) -> None:
    """`deliveries` has a line for each edition, newest first; `audit` has one for each change to a digest."""
    installation.rig.slack.kick_bot("C2")
    installation.run("digest", "--due")
    code, out, _ = installation.run("deliveries", "--channel", "C1")
    assert code == 0
    assert "T1 C1 digest 1  sent" in out
    assert out.endswith("2 entries, 1 of 1 parts\n")
    assert "T1 C2 digest 1  planned" in installation.run("deliveries")[1]
    assert "(not_in_channel)" in installation.run("deliveries")[1]
    code, out, _ = installation.run("audit")
    assert code == 0
    changes = [line.split("  ", 1)[1] for line in out.splitlines()]
    assert changes == ["T1 C2  slack paused: not_in_channel", "T1 C2  UALICE subscribed", "T1 C1  UALICE subscribed"]


def test_a_menu_among_buttons_is_left_out_in_the_terminal() -> None:
    """Of a card's row of buttons, those with a text are shown; a menu has none, and is no reason to fail."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "Pause"}}
    menu = {"type": "overflow", "options": [{"text": {"type": "plain_text", "text": "Remove"}, "value": "x"}]}
    assert text_of_blocks([{"type": "actions", "elements": [button, menu]}]) == "[Pause]"
    assert text_of_blocks([{"type": "context", "elements": [{"type": "mrkdwn", "text": "Once"}]}]) == "Once"
