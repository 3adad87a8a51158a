"""The bench of pages itself: it asks for every page, and for a bare one. Nothing here is timed."""

import asyncio
import shutil
from pathlib import Path

from tests.bench.web_bench import PAGES, run


def test_every_page_is_measured(shipped_file: Path, tmp_path: Path) -> None:
    """Each page is made and kept once, and the bare page beside them."""
    shutil.copy(shipped_file, tmp_path / "catalog.db")
    found = asyncio.run(run(tmp_path, times=1))
    assert list(found) == ["bare", *PAGES]
    assert all(made.median > 0 and kept.median > 0 for made, kept in found.values())
