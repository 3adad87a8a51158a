"""Many workspaces on one PostgreSQL, served by two processes' worth of runners; one workspace is revoked in the middle.

    python -m tests.drill.many_workspaces [--teams N] [--channels N] [--needs-postgresql] [--dry]

Every workspace has an entry of its own, which only its digests want: what is in a channel tells whose digest it is.
Ends with 1 when a channel has not just its own workspace's edition, once.
"""

import argparse
import logging
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from datetime import time as clock_time
from pathlib import Path

from bot.app import Application
from bot.playground.workspaces import ManyWorkspaces
from bot.settings import read_settings
from bot.slack.workspaces import InstalledWorkspaces
from bot.storage.installations import InstalledWorkspace, Tokens
from bot.storage.models import PAUSED_BY_UNINSTALL, Schedule, SubscriptionDraft, SubscriptionFilter
from bot.storage.token_cipher import new_key
from tests.digests.rig import entry
from tests.drill.postgres import binaries, postgres
from tests.drill.results import write_section

TEAMS, CHANNELS = 50, 20
START = datetime(2026, 11, 23, 8, tzinfo=UTC)  # an hour before the digests
REVOKED_AFTER = 0.3  # of the posts
DAY = 24 * 3600.0


class Drill:
    """The workspaces, the installation, and what was found wrong."""

    def __init__(self, url: str, folder: Path, slacks: ManyWorkspaces, channels: int) -> None:
        self.slacks, self.channels, self.wrong = slacks, channels, list[str]()
        self.teams = list(slacks.workspaces)
        self.revoked = self.teams[len(self.teams) // 2]
        self.settings = read_settings(
            {
                "SLACK_CLIENT_ID": slacks.client_id, "SLACK_CLIENT_SECRET": slacks.client_secret,
                "SLACK_SIGNING_SECRET": "playground-signing-secret", "SLACK_API_URL": slacks.api_url,
                "HALO_ENCRYPTION_KEY": new_key(), "HALO_WORKSPACE_URL": url, "HALO_SEEDS": "none",
                "HALO_CATALOG": str(folder / "catalog.db"),
            },
            folder / "no.env",
        )  # fmt: skip
        self.clock = slacks.workspaces[self.teams[0]]
        self.clock.set_clock(START)
        self.processes = [Application(self.settings, self.clock.now) for _ in range(2)]

    def fill(self) -> None:
        """Every workspace installs the app, and sets its digests up; then an entry for each arrives."""
        first = self.processes[0]
        for team in self.teams:
            self.install(team)
            playground = self.slacks.workspaces[team]
            draft = SubscriptionDraft(SubscriptionFilter(words=(word(team),)), Schedule("daily", (0,), clock_time(9)))
            for number in range(self.channels):
                playground.add_channel(channel(team, number), f"c{number}", members=("UALICE", "UHALO"))
                made = first.stores.subscriptions.add(team, channel(team, number), draft, "UALICE", 0, self.clock.now())
                assert made is not None
        first.digest_runner.record_arrivals()
        self.bring(1)

    def bring(self, round_number: int) -> None:
        """An entry for each workspace."""
        numbered = enumerate(self.teams, round_number * 1_000)
        self.processes[0].catalog.upsert([entry(number, title=f"The {word(team)} change") for number, team in numbered])

    def install(self, team: str) -> None:
        """As the page does after Slack's yes."""
        new = InstalledWorkspace(team, team, "AHALO", "BHALO", "UHALO", (), "UALICE", 0.0)
        self.processes[0].stores.installations.save(new, Tokens(self.slacks.issue(team)), self.clock.now())

    def run(self, revoke: bool = False) -> float:
        """Both runners at once, until nothing is due any more. Returns the seconds that it took."""
        began, done = time.monotonic(), threading.Event()
        for process in self.processes:
            look(process)
        wanted = int(len(self.posts()) + REVOKED_AFTER * len(self.teams) * self.channels)

        def watch() -> None:
            while not done.wait(0.005):
                if len(self.posts()) >= wanted:
                    self.slacks.revoke(self.revoked)
                    return

        if revoke:
            threading.Thread(target=watch, daemon=True).start()
        runs = [threading.Thread(target=process.digest_runner.run_due) for process in self.processes]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        done.set()
        self.processes[0].digest_runner.run_due()  # what a process had in hand that another could not take
        return time.monotonic() - began

    def posts(self) -> list[str]:
        """The workspaces by whose tokens something was posted, in order."""
        return [str(team) for name, _, team in list(self.slacks.calls) if name == "chat.postMessage"]

    def editions(self, team: str) -> dict[str, list[str]]:
        """The digests in each channel of a workspace: all that can be read of each."""
        found = {}
        for number in range(self.channels):
            messages = self.slacks.workspaces[team].messages(channel(team, number))
            found[channel(team, number)] = [str(message) for message in messages]
        return found

    def judge(self, when: str, wanted: dict[str, int]) -> None:
        """Each channel has as many editions as are wanted of its workspace, each about its own entry and no other's."""
        marks = [word(team) for team in self.teams]
        for team in self.teams:
            for where, texts in self.editions(team).items():
                if len(texts) != wanted.get(team, len(texts)):
                    self.wrong.append(f"{when}: {where} of {team} has {len(texts)} editions, not {wanted[team]}")
                for text in texts:
                    if word(team) not in text or any(mark in text for mark in marks if mark != word(team)):
                        self.wrong.append(f"{when}: {where} of {team} has what is not its own")

    def judge_paused(self, when: str, is_paused: bool) -> None:
        """Only the revoked workspace's digests are paused, and all of them; and it is not served."""
        for team in self.teams:
            rows = self.processes[1].stores.subscriptions.of_team(team)
            expected = PAUSED_BY_UNINSTALL if is_paused and team == self.revoked else None
            if any(row.paused_by != expected for row in rows) or len(rows) != self.channels:
                self.wrong.append(f"{when}: the digests of {team} are {Counter(row.paused_by for row in rows)}")


def word(team: str) -> str:
    """A word that is in one workspace's entry only."""
    return "zq" + "".join(chr(ord("a") + int(digit)) for digit in team[1:]) + "xw"


def channel(team: str, number: int) -> str:
    """A channel's id, which no other workspace has."""
    return f"C{team}N{number:02}"


def look(process: Application) -> None:
    """What a process does each minute."""
    assert isinstance(process.workspaces, InstalledWorkspaces)
    process.workspaces.look()


def drill(url: str, teams: int, channels: int) -> tuple[list[str], str]:
    """All of it. Returns what was wrong, and the figures in words."""
    names = [f"T{number:03}" for number in range(teams)]
    with tempfile.TemporaryDirectory() as folder, ManyWorkspaces(names) as slacks:
        one = Drill(url, Path(folder), slacks, channels)
        one.fill()
        one.clock.advance(3_700)
        seconds = one.run(revoke=True)
        others = {team: 1 for team in one.teams if team != one.revoked}
        one.judge("revoked in the middle", others)
        one.judge_paused("revoked in the middle", True)
        reached = sum(len(texts) for texts in one.editions(one.revoked).values())
        if not 0 < reached < channels:
            one.wrong.append(f"the workspace was not revoked in the middle: {reached} of {channels} channels were told")
        calls = len(one.posts())
        one.clock.advance(DAY)
        one.bring(2)
        one.run()
        one.judge("the day after", dict.fromkeys(others, 2))
        if one.revoked in one.posts()[calls:]:
            one.wrong.append("something was tried with the revoked token on the day after")
        one.install(one.revoked)
        one.judge_paused("installed again", False)
        one.clock.advance(DAY)
        one.run()
        after = sum(len(texts) for texts in one.editions(one.revoked).values())
        one.judge("installed again", dict.fromkeys(others, 2))
        if after - reached != channels:
            one.wrong.append(f"after installing again {after - reached} of {channels} channels were told what was new")
        text = (
            f"{teams} workspaces with {channels} channels each, one of them revoked after {REVOKED_AFTER:.0%} of the "
            f"posts, two runners on one PostgreSQL: {len(one.posts())} calls to post, {seconds:.0f} s for the first. "
            f"The revoked one had {reached} of its channels told before, none while it was away, and all of them after "
            f"it had installed the app again. Wrong: {len(one.wrong)}."
        )
        for process in one.processes:
            process.catalog.close()
            process.engine.dispose()
        return one.wrong, text


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--teams", type=int, default=TEAMS)
    options.add_argument("--channels", type=int, default=CHANNELS)
    options.add_argument("--needs-postgresql", action="store_true")
    options.add_argument("--dry", action="store_true", help="keep the figures in RESULTS.md")
    given = options.parse_args()
    logging.basicConfig(level=logging.ERROR)
    if not binaries():
        print("Many workspaces are skipped: PostgreSQL is not installed.", flush=True)
        sys.exit(1 if given.needs_postgresql else 0)
    with postgres() as url:
        wrong, text = drill(url, given.teams, given.channels)
    print("\n".join([*wrong[:20], text]), flush=True)
    if not given.dry:
        write_section("Many workspaces", text)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
