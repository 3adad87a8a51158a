"""What the bot learns from besides the catalogue: made-up changes with phrasings."""

import pytest

from bot.catalog.models import IndexedText
from bot.catalog.seeds import read_seeds
from bot.catalog.training import TrainingExamples, parse_training_examples, read_training_examples
from bot.catalog.translations import fingerprint, learn_translations
from bot.settings import PROJECT
from bot.text import stems

TWO = """
Printers can be retired
A retired printer is hidden.
- bin the old copier
- get rid of it

Approvers may be groups
A group approves.
- who signs off
"""
BIN = TrainingExamples(("Printers retire\nRetire printers, hide.\n" + "- bin copier\n" * 4,))
DESCRIBED = IndexedText(1, "1", "agent", "", "", "\n".join(["engineer"] * 4))


def test_a_file() -> None:
    """A block gives its title, its summary and its phrasings as stems; the key is the title."""
    assert parse_training_examples(TWO) == [
        IndexedText(0, "printer retir", "printer retir", "", "retir printer hide", "bin old copier\nrid"),
        IndexedText(0, "approv may group", "approv may group", "", "group approv", "sign"),
    ]
    assert parse_training_examples("\n\n") == []


@pytest.mark.parametrize(
    "block",
    [
        "Only a title",
        "A title\nA summary.",
        "A title\n- a phrasing",
        "- a phrasing\nA title\n- b",
        "A title\nA summary.\n- a\nb",
    ],
)
def test_a_block_that_is_none(block: str) -> None:
    """A block without title, summary and phrasings in this order is refused, with its first line."""
    with pytest.raises(ValueError, match=block.splitlines()[0]):
        parse_training_examples(f"{TWO}\n\n{block}\n")


def test_what_comes_with_the_bot() -> None:
    """There are thousands of examples, each with at least five phrasings, no two of the same title, and none has the
    title of a real change.
    """
    examples = read_training_examples().texts
    titles = {example.title for example in examples}
    assert len(examples) == len(titles) > 1_600
    assert all(len(example.phrasings.splitlines()) >= 5 for example in examples)
    real = {" ".join(stems(entry.title)) for entry in read_seeds(PROJECT / "seeds").entries}
    assert titles.isdisjoint(real)


def test_examples_teach() -> None:
    """A word that no described entry has is known by what examples call it; without any described entry nothing is
    learned; and the fingerprint changes with them.
    """
    assert "retir" not in learn_translations([DESCRIBED]).table
    table = learn_translations([DESCRIBED], iterations=5, examples=BIN).table
    assert table["printer"]["copier"] > 0.1
    assert table["agent"]["engineer"] > 0.3
    assert learn_translations([], examples=BIN).table == {}
    assert fingerprint([DESCRIBED], {}) != fingerprint([DESCRIBED], {}, BIN.fingerprint)
