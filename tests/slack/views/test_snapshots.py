"""What every message and window looks like, word for word; and that Slack takes each of them."""

import ast
from pathlib import Path

import pytest

from bot.playground import checks
from bot.settings import PROJECT
from tests.slack.views.gallery import GALLERY, SNAPSHOTS, text_of

# The modules whose messages are in the gallery; digests have tests of their own.
MODULES = (
    "answers", "entry_modal", "errors", "status", "help", "home", "imports", "unfurls", "notices", "related_modal",
    "sharing", "subscription_modal", "watches", "search_modal", "blocks",
)  # fmt: skip
MADE = ("Message", "View", "Attachment")


@pytest.mark.parametrize("name", GALLERY)
def test_looks_as_it_did(name: str) -> None:
    """The message is the one in the snapshot. A change that was meant: `python -m tests.slack.views.gallery`, then look
    at the diff.
    """
    assert text_of(GALLERY[name]()) == (SNAPSHOTS / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GALLERY)
def test_slack_takes_it(name: str) -> None:
    """Each is within Slack's limits, and a message has a text that reads well as a notification."""
    made = GALLERY[name]()
    if made.get("type") in ("modal", "home"):
        checks.check_view(made)
    elif "text" in made:
        assert 0 < len(made["text"]) <= 4_000
        checks.check_blocks(made["blocks"])
        checks.check_block_text(made["blocks"])


def test_no_snapshot_is_left_over() -> None:
    """Every snapshot belongs to a message that there is."""
    assert {path.stem for path in SNAPSHOTS.glob("*.json")} == set(GALLERY)


@pytest.mark.parametrize("module", MODULES)
def test_every_message_has_a_snapshot(module: str) -> None:
    """Every function that makes a message, a window or a card is used in the gallery."""
    tree = ast.parse((PROJECT / "bot" / "slack" / "views" / f"{module}.py").read_text(encoding="utf-8"))
    made = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) in MADE
    ]
    gallery = (Path(__file__).parent / "gallery.py").read_text(encoding="utf-8")
    assert [
        name
        for name in made
        if not name.startswith("_") and name not in ("message", "modal") and f"{name}(" not in gallery
    ] == []
