"""How much longer commands wait for their ack while others open pages as fast as they can, beside `run --http`.

    .venv/bin/python -m tests.bench.web_beside_slack [--rate 20] [--seconds 6] [--rounds 4]

Quiet and busy times take turns in one run, so that what else the machine does counts for both. Eight clients, in a
process of their own, open searches and versions that nobody opened before, each as another client. Exit 0 when 95 of
100 acks of the busy times took at most 1.5 times as long as of the quiet ones.
"""

import argparse
import asyncio
import multiprocessing
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlencode, urlsplit

from tests.bench import slack_load

CLIENTS = 8
MAX_RATIO = 1.5
WARM_UP = 200  # commands


async def _open_pages(url: str, asked: list[str], until: float) -> Counter[str]:
    """One client: opens one page after the other. Returns how often each status came."""
    parts, found = urlsplit(url), Counter[str]()
    while time.time() < until:
        number = random.randrange(10**9)
        query = urlencode({"q": f"{random.choice(asked)} {number}"})
        path = f"/search?{query}" if number % 3 else f"/versions/2.214?x={number}"
        client = f"10.{number % 250}.{number // 250 % 250}.{number // 62_500 % 250}"
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        head = f"GET {path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {client}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        found[(await reader.read())[9:12].decode()] += 1
        writer.close()
    return found


def visitors(url: str, asked: list[str], until: float, told: Any) -> None:
    """All clients, in a process of their own; puts what they got into the queue `told`."""
    os.nice(10)  # people's own machines are not this one

    async def everyone() -> Counter[str]:
        found = await asyncio.gather(*(_open_pages(url, asked, until) for _ in range(CLIENTS)))
        return sum(found, Counter[str]())

    told.put(asyncio.run(everyone()))


def run(url: str, secret: str, rate: float, seconds: float, rounds: int) -> float:
    """Print each time's figures; returns the ratio of the slowest but one in twenty, of all times together."""
    asked, context = slack_load.questions(2_000), multiprocessing.get_context("spawn")
    asyncio.run(slack_load.load(url, secret, asked[:WARM_UP], 40))
    taken: dict[str, list[float]] = {"quiet": [], "busy": []}
    for turn in range(2 * rounds + 2):  # the first two warm up the process that makes pages
        kind, told = ("busy" if turn % 2 else "quiet"), context.Queue()
        process = context.Process(target=visitors, args=(url, asked, time.time() + seconds, told))
        if kind == "busy":
            process.start()
        commands = random.sample(asked, int(rate * seconds))
        timings = [one.seconds for one in asyncio.run(slack_load.load(url, secret, commands, rate))]
        statuses = dict(told.get(timeout=60)) if kind == "busy" else {}
        if kind == "busy":
            process.join()
        middle, slow = (1_000 * sorted(timings)[int(share * len(timings))] for share in (0.5, 0.95))
        print(f"{kind:6} {middle:7.1f} {slow:7.1f} ms   {statuses}")
        if turn > 1:
            taken[kind] += timings
    quiet, busy = (sorted(taken[kind])[int(0.95 * len(taken[kind]))] for kind in ("quiet", "busy"))
    return busy / quiet


def main() -> None:
    """Raises SystemExit when acks waited too long beside pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=4)
    given = parser.parse_args()
    start = slack_load.subprocess.Popen

    def with_pages(*args: Any, env: dict[str, str], **others: Any) -> Any:
        return start(*args, env={**env, "HALO_PUBLIC_URL": "https://halo.example.com"}, **others)

    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(slack_load.subprocess, "Popen", with_pages),
        slack_load.running(Path(folder)) as (url, slack),
    ):
        ratio = run(url, slack.signing_secret, given.rate, given.seconds, given.rounds)
    print(f"95 of 100 acks took {ratio:.2f} times as long beside pages.")
    if ratio > MAX_RATIO:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
