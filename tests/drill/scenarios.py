"""What is done to the bot, scenario by scenario. Each gives its count."""

import time
from collections.abc import Iterator

from tests.drill.lane import READING, Count, Lane
from tests.drill.worker import TIMING

# Every step between claiming and being done, of an edition with at least three parts.
STEPS = (
    "claimed", "about to post:0", "posted:0", "recorded:0", "about to post:1", "posted:1", "recorded:1",
    "about to post:2", "posted:2", "recorded:2",
    "all out", "closed",
)  # fmt: skip
SETTLING = ("taken over", "looked: found:0", "looked: absent:0", "looked: found:1", "looked: absent:1")
SLACK_FAULTS = ("429", "500", "drop_reply", "store_late", "hang", "internal_error", "ratelimited")


def scenarios(lane: Lane, kills: int, quick: bool) -> Iterator[Count]:
    """All of them."""
    yield killed_at_each_step(lane, STEPS if not quick else STEPS[1:6:2])
    yield killed_while_settling(lane, SETTLING if not quick else SETTLING[:2])
    yield slack_fails(lane)
    yield not_in_channel(lane)
    yield crowded(lane, 2 if quick else 6)
    yield killed_at_random(lane, kills, 1, "one process, killed at random moments")
    yield killed_at_random(lane, max(4, kills // 8), 2, "two processes at once, killed at random")
    yield killed_at_random(lane, max(4, kills // 8), 4, "four processes at once, killed at random")
    yield without_history(lane, STEPS if not quick else STEPS[1:4], 8 if quick else kills // 8)


def killed_at_each_step(lane: Lane, steps: tuple[str, ...]) -> Count:
    """SIGKILL at a step, in the first edition that gets there and in the third; another process goes on."""
    began, faults = time.monotonic(), 0
    for step in steps:
        for times in (1, 3):
            lane.a_day_later()
            lane.arrive()
            lane.killed_at(step, times)
            faults += 1
            lane.finish()
    return lane.count("killed at each step", faults, began)


def killed_while_settling(lane: Lane, steps: tuple[str, ...]) -> Count:
    """Killed while posting, and the one that takes over is killed too."""
    began, faults = time.monotonic(), 0
    for step in steps:
        part = step[-1] if step[-1].isdigit() else "0"
        lane.a_day_later()
        lane.arrive()
        first = f"posted:{part}" if "found" in step else f"about to post:{part}"
        lane.killed_at(first)
        lane.killed_at(step, seconds=3 * TIMING.lease)
        faults += 2
        lane.finish()
    return lane.count("killed while settling", faults, began)


def slack_fails(lane: Lane) -> Count:
    """Each of Slack's ways to fail, at the first part and in the middle, under a process that stays alive."""
    began, faults = time.monotonic(), 0
    for how in SLACK_FAULTS:
        lane.a_day_later()
        lane.arrive()
        times = lane.random.randint(1, 3)
        # Late: after the client gave up at its timeout, by less than the grace. Hanging: past the client's timeout.
        seconds = {"store_late": TIMING.timeout + 0.5 * TIMING.grace, "hang": 1.4 * TIMING.timeout}.get(how, 1.0)
        lane.slack.fail_next("chat.postMessage", how, times, seconds=seconds, retry_after=1)
        process = lane.start()
        time.sleep(2 * TIMING.timeout)
        faults += times
        lane.kill(process)
        time.sleep(TIMING.timeout if how in ("store_late", "hang") else 0)  # what was to be stored late is stored
        lane.finish()
    return lane.count("Slack answers 429, 500, nothing, late, or hangs", faults, began)


def not_in_channel(lane: Lane) -> Count:
    """The bot is thrown out in the middle, and comes back."""
    began, faults = time.monotonic(), 0
    for channel in ("C1", "C5"):
        lane.a_day_later()
        lane.arrive()
        lane.killed_at("posted:1")
        lane.slack.kick_bot(channel)
        other = lane.start()
        time.sleep(2 * TIMING.lease)
        lane.kill(other)
        lane.slack.state.channel(channel).members.add("UHALO")
        lane.a_day_later()
        lane.a_day_later()  # what was left in the middle is tried again after a day
        lane.finish()
        lane.arrive()
        lane.a_day_later()
        lane.finish()
        faults += 2
    return lane.count("thrown out of the channel and invited again", faults, began)


def crowded(lane: Lane, rounds: int) -> Count:
    """Two and four processes that all look for the same work all the time, while entries keep arriving. Nobody is
    killed but at the end.
    """
    began = time.monotonic()
    for processes in (2, 4):
        lane.a_day_later()
        running = [lane.start() for _ in range(processes)]
        for _ in range(rounds):
            lane.arrive()
            time.sleep(lane.random.uniform(0.5, 2.0))
        for process in running:
            lane.kill(process)
        lane.finish()
    return lane.count("two and four processes at once", 6, began)


def killed_at_random(lane: Lane, kills: int, processes: int, name: str) -> Count:
    """Killed wherever they happen to be, with Slack failing now and then, and new entries arriving all the time."""
    began, faults, killed = time.monotonic(), 0, 0
    lane.a_day_later()
    while killed < kills:
        if killed % 2 == 0:
            lane.arrive(lane.random.choice((2, 4, 30)))
        if lane.random.random() < 0.3:
            how = lane.random.choice(("429", "500", "drop_reply", "internal_error"))
            lane.slack.fail_next("chat.postMessage", how, retry_after=1)
            faults += 1
        running = [lane.start() for _ in range(processes)]
        for process in running:
            time.sleep(lane.random.uniform(0.0, 0.7 / processes))
            lane.kill(process)
            killed += 1
        if killed % 40 < processes:
            lane.finish()
            lane.a_day_later()
    lane.finish()
    return lane.count(name, faults + killed, began)


def without_history(lane: Lane, steps: tuple[str, ...], kills: int) -> Count:
    """The same without the scope to read: nothing twice, and every edition that is not settled is named to its
    owner.
    """
    began, faults = time.monotonic(), 0
    scopes = lane.slack.state.app.scopes
    lane.slack.set_scopes(scopes - READING)
    for step in steps:
        lane.a_day_later()
        lane.arrive()
        lane.killed_at(step)
        faults += 1
        lane.finish()
    while faults < len(steps) + kills:
        lane.arrive(18)
        process = lane.start()
        time.sleep(lane.random.uniform(0.0, 0.6))
        lane.kill(process)
        faults += 1
    lane.finish()
    count = lane.count("without the scope to read history", faults, began, with_history=False)
    lane.slack.set_scopes(scopes)
    return count
