"""Every message reads as its text in `texts/` says, Slack takes it, and none is missing from the gallery."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground import checks
from bot.settings import PROJECT
from tests.slack.views import gallery
from tests.slack.views.gallery import GALLERY, TEXTS

VIEWS = PROJECT / "bot" / "slack" / "views"
RETURNED = ("Message", "list[Message]", "View", "Attachment", "WorkObject", "WorkObject | None")
BUILDERS = (
    "message",
    "modal",
    "digest_parts",
    "list_messages",
)  # what the messages are made with; digest_parts: the post and its thread


@pytest.mark.parametrize("module", sorted({name.split("/")[0] for name in GALLERY}))
def test_reads_as_before(module: str) -> None:
    """Each message of the module reads as its text; see the gallery for how to renew it after a change."""
    assert gallery.texts()[module] == (TEXTS / f"{module}.txt").read_text(encoding="utf-8")


def test_no_text_is_left_over() -> None:
    """There is a text for each module of the gallery, and no other."""
    assert {path.stem for path in TEXTS.iterdir()} == set(gallery.texts())


@pytest.mark.parametrize("name", GALLERY)
def test_slack_takes_it(name: str) -> None:
    """The message is within Slack's limits, and has a text for the notification."""
    made = GALLERY[name]()
    if made.get("type") in ("modal", "home"):
        checks.check_view(made)
    elif "entities" in made:
        checks.check_metadata(made)
    elif "blocks" in made:
        assert 0 < len(made.get("text", "a link's card has none")) <= 4_000
        checks.check_blocks(made["blocks"])
        checks.check_block_text(made["blocks"])


@pytest.mark.parametrize("name", GALLERY)
def test_slack_makes_no_links_of_its_own(name: str) -> None:
    """All mrkdwn is verbatim: an address or a channel's name in a source's text stays text."""
    for text in text_objects(GALLERY[name](), skip="confirm"):
        assert text["type"] == "plain_text" or text["verbatim"] is True


@pytest.mark.parametrize("module", sorted(path.stem for path in VIEWS.glob("*.py")))
def test_every_message_is_in_the_gallery(module: str) -> None:
    """Every public function that returns a message, a modal, a card or a Work Object is called in the gallery."""
    tree = ast.parse((VIEWS / f"{module}.py").read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    made = [node.name for node in functions if node.returns and ast.unparse(node.returns) in RETURNED]
    source = "".join(
        (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("gallery.py", "examples.py")
    )
    assert [name for name in made if name not in BUILDERS and not re.search(rf"\b{name}\(", source)] == []


def text_objects(value: Any, skip: str = "") -> Iterator[dict[str, Any]]:
    """All text objects in a message, however deep, but those below the key `skip`."""
    if isinstance(value, list):
        for item in value:
            yield from text_objects(item, skip)
    elif isinstance(value, dict):
        if value.get("type") in ("plain_text", "mrkdwn"):
            yield value
        for key, item in value.items():
            if key != skip:
                yield from text_objects(item, skip)
