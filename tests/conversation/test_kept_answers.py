"""What a text means is worked out once for a revision of the catalogue, and never taken from another conversation."""

from collections.abc import Callable

import pytest

from bot.catalog.models import Entry, Version
from bot.conversation.answers import ResultAnswer
from bot.conversation.interpret import interpret
from bot.conversation.models import DIGEST_TOPIC, LastAnswer
from bot.search.service import SearchService

JIRA, SLA = LastAnswer("jira", ("1016865", "794180")), LastAnswer("sla", ("794180", "1016865"))


@pytest.mark.parametrize("text", ["jira default status", "v2.206", "compare 2.206 2.214", "help", "areas", "hepl"])
def test_the_same_question_is_worked_out_once(service: SearchService, text: str) -> None:
    """Somebody else who asks the same gets the very same value, whatever each of them was answered before."""
    with service.snapshot() as snapshot:
        first = interpret(snapshot, text, None)
        assert interpret(snapshot, text, None) is first
        after_one = interpret(snapshot, text, JIRA)
        assert interpret(snapshot, text, SLA) is after_one


@pytest.mark.parametrize("text", ["the second one", "which version", "only billing", "watch this", "unwatch that"])
def test_what_goes_on_is_never_taken_from_another_conversation(service: SearchService, text: str) -> None:
    """What builds on the last answer is worked out for each last answer."""
    with service.snapshot() as snapshot:
        expected = {last.question: interpret(snapshot, text, last) for last in (JIRA, SLA)}
        assert expected["jira"] != expected["sla"]
        assert interpret(snapshot, text, JIRA) == expected["jira"]
        assert interpret(snapshot, text, None) not in expected.values()


def test_what_is_meant_for_a_digest_is_kept_apart(service: SearchService) -> None:
    """The same words right after a digest was spoken of, where digests can be changed, and elsewhere."""
    with service.snapshot() as snapshot:
        elsewhere = interpret(snapshot, "fridays at 9", None)
        of_a_digest = interpret(snapshot, "fridays at 9", DIGEST_TOPIC, may_change_digest=True)
        assert of_a_digest != elsewhere
        assert interpret(snapshot, "fridays at 9", None) == elsewhere


def test_a_change_of_the_catalogue_is_in_the_next_answer(make_service: Callable[..., SearchService]) -> None:
    """What was worked out from an earlier revision is not used."""
    service = make_service(Entry("1000001", "feature", "Quotes can be printed", version=Version(2, 214)))
    with service.snapshot() as snapshot:
        interpret(snapshot, "quotes printed")
        assert interpret(snapshot, "quotes printed") is interpret(snapshot, "quotes printed")
    service.catalog.upsert([Entry("1000001", "feature", "Quotes can be printed twice", version=Version(2, 214))])
    with service.snapshot() as snapshot:
        answer = interpret(snapshot, "quotes printed").answer
        assert isinstance(answer, ResultAnswer)
        assert [hit.entry.title for hit in answer.result.hits] == ["Quotes can be printed twice"]
