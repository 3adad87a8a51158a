"""Questions about the bot itself, small talk and pasted texts: none of the judged ones may get a search result."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalog.repository import Catalog
from bot.search.service import SearchService
from tests.relevance.judge import Split, read_trust_questions

FILE = Path(__file__).parent / "trust.jsonl"
FLOORS: dict[Split, float] = {"calibrate": 0.98, "judge": 0.70}  # the share whose topic is recognised
ANSWERED: dict[Split, int] = {"calibrate": 0, "judge": 4}  # at most, of 53


@pytest.fixture(scope="module")
def service(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Search over the shipped catalogue."""
    catalogue = Catalog(Path(shutil.copy(shipped_file, tmp_path_factory.mktemp("about") / "catalog.db")))
    yield SearchService(catalogue)
    catalogue.close()


@pytest.mark.parametrize("split", FLOORS)
def test_nothing_about_the_bot_is_searched(service: SearchService, split: Split) -> None:
    """Hardly one gets an answer, and most are recognised for what they are."""
    results = [service.search(question.q) for question in read_trust_questions(FILE, split) if question.kind == "meta"]
    assert sum(result.has_answer for result in results) <= ANSWERED[split]
    recognised = sum(result.query.intent == "about" for result in results)
    assert recognised >= FLOORS[split] * len(results), f"{recognised} of {len(results)}"


@pytest.mark.parametrize("split", FLOORS)
def test_no_judged_question_is_taken_for_small_talk(service: SearchService, split: Split) -> None:
    """Real questions about Halo, answerable ones and those without an answer, are searched, not talked away."""
    with service.snapshot() as snapshot:
        questions = [question for question in read_trust_questions(FILE, split) if question.kind != "meta"]
        taken = sum(snapshot.parse(question.q).intent == "about" for question in questions)
    assert taken <= len(questions) / 100, f"{taken} of {len(questions)}"
