"""What a question that stands for itself is answered with."""

import pytest

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
    ],
)
def test_a_checklist_says_what_it_is_not_narrowed_by(
    service: SearchService, text: str, question: str, note: str
) -> None:
    """Only an area narrows a checklist; of every other filter it is said that all changes are in it."""
    with service.snapshot() as snapshot:
        meaning = answer_question(snapshot, text)
    assert (meaning.question, meaning.note) == (question, note)
