"""README's pictures, taken from the playground itself: `make screenshots` writes them into docs/.

The playground's clock stands still at one moment, so that the same code makes the same pictures.
"""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import sync_playwright

from bot.cli.playground import open_playground
from bot.playground import Playground
from bot.settings import PROJECT, read_settings
from tests.browser.conftest import FLAGS, NAMES, PATIENCE

DOCS = PROJECT / "docs"
MOMENT = datetime(2026, 3, 10, 9, 41, tzinfo=UTC)
MOST = 400_000  # bytes of one picture: it is in git


class Picture(NamedTuple):
    """One file, the window that it shows, and what is done in it before."""

    file: str
    width: int
    height: int
    scheme: str
    scale: int
    scene: Callable[[Any], None]


def ask(page: Any, text: str) -> None:
    """Types into the message box and sends."""
    page.locator("#composer-text").fill(text)
    page.keyboard.press("Enter")


def answered(page: Any) -> None:
    """A private answer in a channel where a change was shared before."""
    ask(page, "/halo quickbooks tax exemption")
    page.locator(".message.ephemeral").wait_for()


def searching(page: Any) -> None:
    """The search window, while one types."""
    page.get_by_role("button", name="Shortcuts").click()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("combobox").first.press_sequentially("jira")
    page.get_by_role("dialog").get_by_role("option").nth(2).wait_for()


PICTURES = (
    Picture("answer.png", 1280, 800, "light", 1, answered),
    Picture("search.png", 380, 720, "dark", 2, searching),
)


def take(browser: Any, slack: Playground, picture: Picture) -> int:
    """Takes one picture; returns its size in bytes."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height}, device_scale_factor=picture.scale,
        color_scheme=picture.scheme,
        reduced_motion="reduce", timezone_id="Europe/London", locale="en-GB",
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(slack.page_url)
    page.wait_for_selector("body.ready")
    picture.scene(page)
    page.mouse.move(0, 0)
    path = DOCS / picture.file
    page.screenshot(path=path, animations="disabled", caret="hide")
    context.close()
    return path.stat().st_size


def main() -> None:
    """All pictures, each of a playground of its own. Raises SystemExit without Chromium, or when a picture grew too
    big.
    """
    chromium = next((found for name in NAMES if (found := shutil.which(name))), None)
    if chromium is None:
        raise SystemExit("There is no Chromium here. On Debian: sudo apt install chromium")
    DOCS.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        settings = read_settings({"HALO_CATALOG": f"{folder}/catalog.db"}, Path(folder) / "no.env")
        for picture in PICTURES:
            with open_playground(settings, 0, MOMENT) as slack:
                size = take(browser, slack, picture)
            print(f"docs/{picture.file}: {picture.width} by {picture.height}, {picture.scheme}, {size // 1000} kB")
            if size > MOST:
                raise SystemExit(f"docs/{picture.file} is bigger than {MOST // 1000} kB.")
        browser.close()


if __name__ == "__main__":
    main()
