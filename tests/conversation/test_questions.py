"""What a question that stands for itself is answered with."""

import pytest

from bot.conversation.interpret import interpret
from bot.conversation.questions import ONLY_BY_AREA, answer_question
from bot.search.service import SearchService


@pytest.mark.parametrize(
    ("text", "question", "note"),
    [
        ("upgrade 2.206 2.214", "upgrade 2.206 2.214", ""),
        ("upgrade 2.206 2.214 area:sla", 'upgrade 2.206 2.214 area:"SLA"', ""),
        ("upgrade 2.206 2.214 impact:fix", "upgrade 2.206 2.214", ONLY_BY_AREA),
        ("upgrade 2.206 2.214 warnings:yes area:sla", 'upgrade 2.206 2.214 area:"SLA"', ONLY_BY_AREA),
        ("upgrade 2.206 2.214 highlights:yes", "upgrade 2.206 2.214", ONLY_BY_AREA),
        ("upgrade 2.206 2.214 without billing", "upgrade 2.206 2.214", ONLY_BY_AREA),
        ("upgrade 2.206 2.299", "upgrade 2.206 2.299", "The newest version I know is v2.216."),
        ("upgrade 2.200 2.206", "upgrade 2.200 2.206", "I know nothing from before v2.204."),
        ("upgrade 2.204 2.216", "upgrade 2.204 2.216", ""),
    ],
)
def test_a_checklist_says_what_it_does_not_have(service: SearchService, text: str, question: str, note: str) -> None:
    """Only an area narrows a checklist; of every other filter it is said that all changes are in it. Of versions that
    nobody knows, newer and older ones, it is said that they are not known.
    """
    with service.snapshot() as snapshot:
        meaning, typed = answer_question(snapshot, text), interpret(snapshot, text)  # by the verb, where it is one
    assert (meaning.question, meaning.note) == (question, note)
    assert typed.note == note


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("compare 2.206 2.999", "The newest version I know is v2.216."),
        ("compare 2.100 2.206", "I know nothing from before v2.204."),
        ("compare 2.990 2.999", "The newest version I know is v2.216."),
        ("compare 2.204 2.216", ""),
    ],
)
def test_a_comparison_says_which_versions_nobody_knows(service: SearchService, text: str, note: str) -> None:
    """Something may be missing between them then."""
    with service.snapshot() as snapshot:
        assert interpret(snapshot, text).note == note
