"""MiniSearch, a search engine in JavaScript: in a node process, if there is node; installed into a cache."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from bot.catalog.models import Entry
from bot.text import STOP_WORDS
from tests.bench.engines import GENTLE_BOOSTS, MAX_HITS, Engine, batches
from tests.bench.material import engine_text

VERSION = "7.2.0"
INSTALL_SECONDS = 120


class MiniSearch(Engine):
    """MiniSearch: fuzzy 0.2, and prefixes for words of more than three letters. Timed inside node, without the pipe."""

    name = "MiniSearch"

    def __init__(self) -> None:
        boost = {("number" if field == "key" else field): weight for field, weight in GENTLE_BOOSTS.items()}
        settings = {"stop": sorted(STOP_WORDS), "boost": boost, "most": MAX_HITS}
        command = [
            "node",
            "--max-old-space-size=8192",
            str(Path(__file__).with_suffix(".mjs")),
            str(_installed()[0]),
            json.dumps(settings),
        ]
        self._node = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def build(self, entries: Iterable[Entry]) -> None:
        for batch in batches(entries):
            self._send({"entries": [{**text._asdict(), "number": text.key} for text in map(engine_text, batch)]})
        self._send({"build": True})
        self._receive()

    def search(self, q: str) -> list[str]:
        return self.timed_search(q)[0]

    def timed_search(self, q: str) -> tuple[list[str], float]:
        self._send({"q": q})
        answer = self._receive()
        return answer["ids"], answer["seconds"]

    def memory_process_id(self) -> int | None:
        return self._node.pid

    def close(self) -> None:
        for stream in (self._node.stdin, self._node.stdout):
            if stream:
                stream.close()
        self._node.wait(10)

    def _send(self, message: dict[str, Any]) -> None:
        assert self._node.stdin
        self._node.stdin.write(json.dumps(message, ensure_ascii=False) + "\n")
        self._node.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._node.stdout
        line = self._node.stdout.readline()
        if not line:
            raise RuntimeError(f"node ended with {self._node.wait()}")
        return json.loads(line)  # type: ignore[no-any-return]

    @classmethod
    def unavailable_reason(cls) -> str | None:
        return _installed()[1]


@cache
def _installed() -> tuple[Path, str | None]:
    """The folder with MiniSearch, which is installed now if need be; and the reason where it cannot be."""
    folder = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "halobot-bench" / f"minisearch-{VERSION}"
    )
    if not shutil.which("node") or not (npm := shutil.which("npm")):
        return folder, "there is no node, or no npm"
    if not (folder / "node_modules" / "minisearch" / "package.json").is_file():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
            command = [
                npm,
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--silent",
                f"minisearch@{VERSION}",
            ]
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=INSTALL_SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            return folder, f"npm could not install minisearch@{VERSION} ({type(error).__name__})"
    return folder, None
