"""The page in a real browser: the system's Chromium, headless, driven by Playwright, which downloads none.

Kept out of `make test` (pyproject's norecursedirs); `make browser` runs them. Without a browser they are skipped and
say so; with HALO_BROWSER_REQUIRED=1, as in CI, that is a failure.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.cli.playground import open_playground
from bot.playground import Playground
from bot.settings import read_settings

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 10_000  # milliseconds: CI's machines are slow and busy


def _without(reason: str) -> None:
    if os.environ.get("HALO_BROWSER_REQUIRED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, once for all tests."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        _without(f"There is no Chromium here ({', '.join(NAMES)}). On Debian: sudo apt install chromium")
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        _without("Playwright is not installed: pip install '.[browser]'")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def slack(shipped_file: Path, tmp_path: Path) -> Iterator[Playground]:
    """What `halobot playground` runs, on a port of its own."""
    catalogue = shutil.copy(shipped_file, tmp_path / "catalog.db")
    with open_playground(read_settings({"HALO_CATALOG": str(catalogue)}, tmp_path / "no.env"), 0) as playground:
        yield playground


@pytest.fixture
def open_page(chromium: Any, slack: Playground) -> Iterator[Callable[..., Any]]:
    """Opens the page in a window of its own; at the end, nothing may have gone wrong in its console, nor been fetched
    from elsewhere.
    """
    problems: list[str] = []

    def watch(page: Any) -> None:
        page.on(
            "console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((slack.url, "data:")) else problems.append(f"fetched {request.url}")
            ),
        )

    with ExitStack() as stack:

        def page_of(width: int = 1280, height: int = 800, scheme: str = "light") -> Any:
            context = chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                timezone_id="Europe/London",
                locale="en-GB",
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            watch(page)
            page.goto(slack.page_url)
            page.wait_for_selector("body.ready")
            return page

        yield page_of
    assert problems == []


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """The page in a wide, light window."""
    return open_page()


@pytest.fixture
def write(page: Any) -> Callable[..., None]:
    """Types into the message box, as a person does, and sends with Enter."""

    def typed(text: str, thread: bool = False) -> None:
        box = page.locator("#thread-text" if thread else "#composer-text")
        box.click()
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")

    return typed
