"""Several questions in one text."""

import time

import pytest

from bot.conversation.answers import ResultAnswer, answer_keys
from bot.conversation.interpret import interpret, remember
from bot.search.service import SearchService

MERGING, KASEYA, LOGIN, EXPIRED, HIDDEN, PASSWORDS = "671302", "485469", "1072163", "808514", "783474", "956854"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1) when do we get asset merging 2) is there a kaseya vsa x link 3) can the portal hide the agent login",
         (MERGING, KASEYA, LOGIN)),
        ("(1) asset merging (2) kaseya vsa x", (MERGING, KASEYA)),
        ("1. asset merging\n2. kaseya vsa x", (MERGING, KASEYA)),
        ("Is there an option to clear hidden fields? Also how do we stop customers approving expired quotes?",
         (HIDDEN, EXPIRED)),
        ("mergin duplicate assets + password expiry for users", (MERGING, PASSWORDS)),
        ("asset merging? kaseya vsa x?", (MERGING, KASEYA)),
        ("First question: is there asset merging? Second: kaseya vsa x?", (MERGING, KASEYA)),
    ],
)  # fmt: skip
def test_each_is_answered(service: SearchService, text: str, keys: tuple[str, ...]) -> None:
    """Each is answered by its best change, in order, which is said; and "the second one" is the second."""
    with service.snapshot() as snapshot:
        meaning = interpret(snapshot, text)
        assert answer_keys(meaning.answer) == keys
        assert meaning.note == f"You asked {len(keys)} things. These answer them:"
        last = remember(meaning, None, keys, len(keys))
        assert answer_keys(interpret(snapshot, "the second one", last).answer) == keys[1:2]


def test_one_that_is_not_answered(service: SearchService) -> None:
    """What nothing surely answers is to be asked alone."""
    with service.snapshot() as snapshot:
        meaning = interpret(snapshot, "1) asset merging 2) can we merge tickets 3) kaseya vsa x")
    assert answer_keys(meaning.answer) == (MERGING, KASEYA)
    assert meaning.note == (
        "You asked 3 things. I am sure of the ones below; ask this one by itself: “can we merge tickets”."
    )


@pytest.mark.parametrize(
    "text",
    [
        "jira default status", "is there asset merging? does it work in 2.210?", "asset merging? is it on by default?",
        "why can customers approve expired quotes? can we stop that? thanks?", "1) asset merging", "invoice / quote",
        "does canned text exist in chat? and in tickets?", "2.214 billing? 2.216 billing?", "v2.214; v2.216", "",
    ],
)  # fmt: skip
def test_one_question(service: SearchService, text: str) -> None:
    """A text whose parts are about one thing, or ask for lists, is one question."""
    with service.snapshot() as snapshot:
        meaning = interpret(snapshot, text)
        assert "things" not in meaning.note
        if isinstance(meaning.answer, ResultAnswer):
            assert meaning.answer.result.query.text == snapshot.parse(text).text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("hey team, @here did anyone test the new azure sync? we're scared", "did anyone test the new azure sync"),
        (
            "My weekend was awful. did anyone test the new azure sync? we're scared",
            "did anyone test the new azure sync",
        ),
    ],
)
def test_the_question_in_a_text_that_finds_nothing(service: SearchService, text: str, question: str) -> None:
    """What is told besides keeps nobody from the answer to the question; that only it was looked for is said."""
    with service.snapshot() as snapshot:
        meaning, alone = interpret(snapshot, text), interpret(snapshot, question)
    assert answer_keys(meaning.answer) == answer_keys(alone.answer)
    assert meaning.question == question
    assert meaning.note == f"I looked for “{question}”, as all of it finds nothing."


def test_nothing_in_no_part(service: SearchService) -> None:
    """Where the question alone finds nothing either, there is nothing on the whole."""
    with service.snapshot() as snapshot:
        meaning = interpret(snapshot, "our boss is mad. does zendesk import macros? please advise")
    assert meaning.note == ""
    assert isinstance(meaning.answer, ResultAnswer)
    assert not meaning.answer.result.has_answer


def test_time_of_long_texts(service: SearchService) -> None:
    """Whatever is pasted is looked at in time that grows with its length."""
    with service.snapshot() as snapshot:
        for part in ("? ", "1) ", " + ", "and also ", "a? b? "):
            begun = time.thread_time()
            interpret(snapshot, part * 4_000)
            interpret(snapshot, (part * 200)[:499])
            assert time.thread_time() - begun < 3
