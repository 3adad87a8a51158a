"""One chaos run on one database."""

import random
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from tests.drill.chaos.crew import Crew
from tests.drill.chaos.director import Director
from tests.drill.chaos.gate import Gate
from tests.drill.chaos.installation import WATCHED, Installation
from tests.drill.chaos.judge import Verdict
from tests.drill.chaos.loop import LoopThread
from tests.drill.chaos.people import Acts, Office, people_at_work
from tests.drill.chaos.surroundings import BlackHole
from tests.drill.chaos.tally import Tally
from tests.drill.chaos.wire import Wire

PROCESSES = 4
STRIKE_EVERY, ARRIVE_EVERY = 0.1, 1.2
SETTLED_WITHIN = 600.0
READY_WITHIN = 240.0
DAYS_LATER = 2 * 24 * 3600.0


@dataclass
class Result:
    """What a run came to."""

    verdict: Verdict
    struck: dict[str, int]
    acts: int = 0
    arrived: int = 0
    starts: int = 0
    slow_ends: int = 0
    slowest_end: float = 0.0
    seconds: float = 0.0
    unsettled: str = ""
    codes: dict[str, int] = field(default_factory=dict)  # how often each of Slack's codes was answered
    seeds: list[int] = field(default_factory=list)

    @property
    def well(self) -> bool:
        return self.verdict.well and not self.unsettled

    def __str__(self) -> str:
        verdict = self.verdict
        lines = [f"{count:6} {kind}" for kind, count in self.struck.items()]
        wrong = [f"LOST {one}" for one in verdict.lost] + [f"DOUBLED {one}" for one in verdict.doubled]
        wrong += [f"UNNAMED {one}" for one in verdict.unnamed] + (
            [f"UNSETTLED {self.unsettled}"] if self.unsettled else []
        )
        summary = (
            f"{sum(self.struck.values())} faults of {len(self.struck)} kinds in {self.seconds:.0f} s; ",
            f"{self.arrived} entries arrived, told {verdict.told} times; {self.acts} acts, ",
            f"{verdict.done} acknowledged and done, {verdict.refused} acknowledged and told that not; ",
            f"lost {len(verdict.lost)}, doubled {len(verdict.doubled)}, unnamed {len(verdict.unnamed)}; ",
            f"refused for good and named {verdict.ended}, unknown and named {verdict.unknown}; ",
            f"{self.starts} starts, slow ends {self.slow_ends}, slowest {self.slowest_end:.1f} s",
        )
        return "\n".join((*lines, *wrong, "".join(summary)))


def run(url: str, folder: Path, seed: int, seconds: float) -> Result:
    """All of it."""
    chance = random.Random(seed)
    tally = Tally(random.Random(seed + 1))
    began = time.monotonic()
    with LoopThread() as loop, Office(tally, random.Random(seed + 2)) as slack:
        gate = Gate(slack.inner_port, tally, random.Random(seed + 3))
        slack.gate = loop.listen(gate.serve)
        black_hole = BlackHole(slack.gate)
        seen_url, wire = url, None
        if not url.startswith("sqlite"):
            address = sa.make_url(url)
            wire = Wire(address.port or 5432, tally)
            seen_url = address.set(port=loop.listen(wire.serve)).render_as_string(hide_password=False)
        installation = Installation(slack, url, seen_url, folder, chance)
        ports = tuple(_free_port() for _ in range(PROCESSES))
        crew = Crew(ports, installation.environment, tally)
        director = Director(crew, installation, tally, chance)
        crew.start()
        _wait_until_ready(crew)
        slack.doors = ports
        acts, stop = Acts(), threading.Event()
        people = people_at_work(slack, acts, seed, stop, 8, 0.3, [str(version) for version in WATCHED])
        proxies = [proxy for proxy in (gate, wire) if proxy]
        for proxy in proxies:
            proxy.is_open_to_faults = True
        _strike(director, installation, chance, seconds)
        stop.set()
        for person in people:
            person.join(60)
        for proxy in proxies:
            proxy.is_open_to_faults = False
        director.heal()
        crew.stop()
        for channel in slack.state.channels.values():
            channel.members.add("UHALO")
        slack.doors = ()
        last = Crew(ports, installation.environment, Tally(chance))
        unsettled = _settle(last, installation)
        verdict = installation.judge(acts)
        _write_transcript(folder, slack, acts)
        arrived = len(installation.imported)
        installation.application.engine.dispose()
        black_hole.close()
    return Result(
        verdict, tally.counts(), acts.tried, arrived, crew.starts, crew.slow_ends, crew.slowest_end,
        time.monotonic() - began, unsettled, codes=gate.codes.counts(), seeds=[seed],
    )  # fmt: skip


def _strike(director: Director, installation: Installation, chance: random.Random, seconds: float) -> None:
    """Faults and imports until the time is over."""
    end, arrive_at = time.monotonic() + seconds, 0.0
    while time.monotonic() < end:
        if time.monotonic() >= arrive_at:
            installation.arrive(chance.choice((1, 2, 2, 3, 4, 6, 30)))
            arrive_at = time.monotonic() + ARRIVE_EVERY * chance.uniform(0.5, 1.5)
        director.strike()
        time.sleep(STRIKE_EVERY * chance.uniform(0.5, 1.5))


def _settle(crew: Crew, installation: Installation) -> str:
    """Undisturbed processes bring everything to its end. Returns what is left."""
    crew.offset = DAYS_LATER
    crew.start()
    try:
        deadline, quiet, left = time.monotonic() + SETTLED_WITHIN, 0, "not looked at"
        while quiet < 3 and time.monotonic() < deadline:
            time.sleep(0.3)
            left = installation.unsettled()
            quiet = 0 if left else quiet + 1
    finally:
        crew.stop()
    return left


def _write_transcript(folder: Path, slack: Office, acts: Acts) -> None:
    """What was said, asked and answered, in order: for finding out how something was lost or doubled."""
    lines = [(entry.seq, repr(entry)) for entry in slack.transcript]
    lines += [(call.seq, f"{call.method} {call.error or 'ok'} {call.args}") for call in slack.calls()]
    (folder / "transcript.txt").write_text("\n".join(f"{seq} {line}" for seq, line in sorted(lines)))
    (folder / "acts.txt").write_text("\n".join(f"{user} {where}" for user, where in acts.mentions.items()))


def _wait_until_ready(crew: Crew) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not crew.are_ready:
        if time.monotonic() > deadline:
            sys.exit("the processes do not start")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
