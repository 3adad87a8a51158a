"""The bench itself: judging, growing a catalogue, and that every installed engine answers. Nothing here is timed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalog.models import Entry, Mention, Version
from bot.search import relevance
from tests.bench import report
from tests.bench.__main__ import QUESTIONS
from tests.bench.engines import FTS5, Engine, HalobotEngine, TokenSetRatio, all_engines, choose_engines, content_words
from tests.bench.grow import grow
from tests.bench.material import Question, engine_text, read_entries, read_questions, write_entries
from tests.bench.minisearch import MiniSearch
from tests.bench.quality import judge, judge_all
from tests.bench.speed import Timing, measure, sample

ENTRIES = [
    Entry(
        "1016865", "feature", "Jira: default status for new issues",
        "Choose the status that an issue sent to Jira begins with.", Version(2, 206), area="Integrations",
        mentions=(Mention(13, "6:08"),), names=("Jira", "Default Status"),
        also=("issues land in the wrong column", "atlassian state"),
    ),
    Entry(
        "794180", "feature", "Incoming webhook service", "Calls from outside are put in a queue.", Version(2, 204),
        also=("rate limit on incoming calls",),
    ),
    Entry(
        "ep15-07", "feature", "Quotes can be signed twice", "Two people of a client sign the quote.",
        possible_versions=(Version(2, 208), Version(2, 210)),
    ),
    Entry(
        "faq-sso", "faq", "Single sign-on", "How to set up Entra.", caution="Test before enabling.",
        answer="Under Configuration, Integrations, Entra ID.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "ids", "figures"),
    [
        ({"a": 3, "b": 1}, ["a", "b"], (1.0, 1.0, 1.0)),
        ({"a": 3, "b": 1}, ["b", "a"], (0.0, 1.0, 0.5)),  # a related one is no hit where a better one exists
        ({"b": 1}, ["b"], (1.0, 1.0, 1.0)),
        ({"a": 3, "b": 2, "c": 2}, ["x", "x", "c", "b"], (0.0, 2 / 3, 0.5)),  # one said twice counts once
        ({"a": 3}, [*map(str, range(10)), "a"], (0.0, 0.0, 0.0)),  # the eleventh is too late
        (
            {str(n): 2 for n in range(20)},
            [str(n) for n in range(10)],
            (1.0, 1.0, 1.0),
        ),  # ten of twenty is all that ten can hold
        ({"a": 3}, [], (0.0, 0.0, 0.0)),
    ],
)
def test_judging_an_answer(grade: dict[str, int], ids: list[str], figures: tuple[float, float, float]) -> None:
    """hit@1, R@10 and the reciprocal rank are as their definitions say."""
    assert judge(Question("q", "keyword", grade), ids) == pytest.approx(figures)


@pytest.mark.parametrize(("ids", "clean"), [([], 1.0), (["harmless"], 1.0), (["harmless", "wrong"], 0.0)])
def test_judging_no_answer(ids: list[str], clean: float) -> None:
    """Where there is no answer, nothing may be said but what is tolerated."""
    assert judge(Question("q", "no_answer", {}, ("harmless",)), ids)[0] == clean


def test_macro_is_the_mean_of_kinds() -> None:
    """Each kind counts the same, however many of its questions were asked; no_answer stands apart."""
    questions = [
        Question("1", "typo", {"a": 3}),
        Question("2", "typo", {"a": 3}),
        Question("3", "keyword", {"a": 3}),
        Question("4", "no_answer", {}),
    ]
    quality = judge_all(questions, [["a"], ["b"], ["a"], ["b"]])
    assert list(quality.kinds) == ["keyword", "typo"]
    assert (quality.hit, quality.kinds["typo"].misses) == (0.75, 1)
    assert quality.clean is not None
    assert (quality.clean.hit, quality.clean.misses) == (0.0, 1)


def test_the_generator_is_deterministic() -> None:
    """The same arguments give the same entries; another seed gives others."""
    assert list(grow(ENTRIES, 60)) == list(grow(ENTRIES, 60))
    assert list(grow(ENTRIES, 60)) != list(grow(ENTRIES, 60, seed=2))


@pytest.mark.parametrize("size", [4, 5, 7, 500])
def test_a_grown_catalogue(size: int) -> None:
    """It has the size asked for, no key twice, and every real entry as it was."""
    grown = list(grow(ENTRIES, size))
    assert len(grown) == len({entry.key for entry in grown}) == size
    assert [entry for entry in grown if entry in ENTRIES] == ENTRIES
    assert all(entry.title and entry.kind in ("feature", "faq") for entry in grown)


def test_a_grown_catalogue_reads_like_the_real_one() -> None:
    """Lengths stay about the same, and no text is only copied."""
    grown = list(grow(ENTRIES, 2_000))

    def mean(entries: list[Entry]) -> float:
        return sum(len("".join(engine_text(entry))) for entry in entries) / len(entries)

    assert 0.7 < mean(grown) / mean(ENTRIES) < 1.4
    assert len({entry.summary for entry in grown}) > 500


def test_a_variant_differs_from_its_original() -> None:
    """No new entry has a title or a phrasing of a real one: a question could not tell the two apart."""
    titles, phrasings = {entry.title for entry in ENTRIES}, {phrase for entry in ENTRIES for phrase in entry.also}
    made = [entry for entry in grow(ENTRIES, 2_000) if entry not in ENTRIES]
    assert titles.isdisjoint(entry.title for entry in made)
    assert phrasings.isdisjoint(phrase for entry in made for phrase in entry.also)
    assert sum(len(entry.also) for entry in made) > 500


def test_a_variant_is_about_something_else() -> None:
    """The words of a title are swapped in all variants made from it: one that kept most of them would answer a question
    about "survey links that work once" as well as the original.
    """
    words = [f"{first}{second}" for first in ("red", "blue", "green", "grey") for second in "abcdefghijklmnopqrst"]
    others = [Entry(f"10000{n}", "feature", word.capitalize(), f"About {word}.") for n, word in enumerate(words)]
    original = Entry("faq-links", "faq", "Survey links can work once", "A survey link can be set to work once.")
    made = [entry for entry in grow([*others, original], 4_000) if entry.kind == "faq" and entry != original]
    kept = [len({"survey", "links", "work"} & set(entry.title.lower().split())) for entry in made]
    assert len(kept) > 20
    assert sum(number > 1 for number in kept) <= len(kept) / 10  # by chance they are drawn again


def test_a_catalogue_does_not_shrink() -> None:
    """Fewer than there are cannot be asked for."""
    with pytest.raises(ValueError, match="cannot shrink"):
        list(grow(ENTRIES, 3))


def test_entries_survive_a_file(tmp_path: Path) -> None:
    """What is written for the workers is what they read."""
    write_entries(ENTRIES, tmp_path / "entries.jsonl")
    assert list(map(engine_text, read_entries(tmp_path / "entries.jsonl"))) == list(map(engine_text, ENTRIES))


def test_documents_own_texts_are_read(tmp_path: Path) -> None:
    """The other format: id, kind, version, title, description, bullets."""
    path = tmp_path / "corpus.jsonl"
    path.write_text(
        '{"id": "1", "kind": "noid", "version": "v2.206", "title": "T", "description": "D.", "bullets": ["b", "c"]}\n',
        encoding="utf-8",
    )
    (entry,) = read_entries(path)
    assert (entry.key, entry.kind, entry.version, entry.summary, entry.also) == (
        "1",
        "feature",
        Version(2, 206),
        "D. b c",
        (),
    )


@pytest.mark.parametrize(
    "line",
    [
        "nothing",
        "[]",
        '{"q": "x"}',
        '{"q": "x", "category": "typo"}',
        '{"q": "x", "category": "no_answer", "grade": {"a": 1}}',
    ],
)
def test_a_bad_question_is_named(line: str, tmp_path: Path) -> None:
    """With its file and line."""
    path = tmp_path / "questions.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"questions\.jsonl, line 2"):
        read_questions(path)


def test_the_default_questions_are_read() -> None:
    """What `make bench` asks when no file is named is there, in the form that the bench reads."""
    assert len(read_questions(QUESTIONS)) > 100


def test_a_sample_is_spread() -> None:
    """Over all questions, and never more than there are."""
    questions = [Question(str(n), "typo", {"a": 3}) for n in range(100)]
    assert [question.q for question in sample(questions, 4)] == ["0", "25", "50", "75"]
    assert sample(questions, 1_000) == questions


@pytest.fixture(
    scope="module",
    params=[engine for engine in all_engines() if engine is not MiniSearch],
    ids=lambda engine: engine.name,
)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Every engine that is installed, with four entries. (MiniSearch would ask the network for itself.)"""
    kind: type[Engine] = request.param
    if reason := kind.unavailable_reason():
        pytest.skip(reason)
    made = kind()
    made.build(iter(ENTRIES))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("q", "key"), [("jira default status", "1016865"), ("incoming webhook", "794180"), ("794180", "794180")]
)
def test_each_engine_answers(engine: Engine, q: str, key: str) -> None:
    """Plain words of a title and a number find their entry first."""
    ids, seconds = engine.timed_search(q)
    assert ids[0] == key
    assert seconds > 0


@pytest.mark.parametrize(
    "q", ["", "?!", "the", '" OR 1=1 -- NOT (', "naïve “quotes” 🙂", "2.206", "field:value^2~ [a TO b]"]
)
def test_each_engine_survives_odd_questions(engine: Engine, q: str) -> None:
    """An answer or none, never an exception."""
    assert isinstance(engine.search(q), list)


def test_cached_results_are_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question asked again is searched again, as in the other engines, though the bot caches recent results."""
    halobot, searched = HalobotEngine(), []
    halobot.build(iter(ENTRIES))
    select_answer = relevance.select_answer
    monkeypatch.setattr(
        relevance,
        "select_answer",
        lambda query, *others: searched.append(query.text) or select_answer(query, *others),
    )
    for _ in range(3):
        halobot.timed_search("jira default status")
    halobot.close()
    assert searched == ["jira default status"] * 3


def test_an_engine_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reason, and the others run without it."""
    for kind in all_engines():
        monkeypatch.setattr(
            kind, "unavailable_reason", classmethod(lambda cls: None if cls is FTS5 else f"no {cls.name} here")
        )
    engines, left_out = choose_engines()
    assert engines == [FTS5]
    assert left_out["MiniSearch"] == "no MiniSearch here"
    assert len(left_out) == len(all_engines()) - 1


def test_stop_words_are_dropped_unless_there_is_nothing_else() -> None:
    """All engines are asked the same words."""
    assert content_words("How do I use v2.206 for Jira?") == ["v2.206", "jira"]
    assert content_words("how to") == ["how", "to"]


def test_a_report_says_what_holds() -> None:
    """Ratios are judged within one run, and an engine left out is named."""
    questions = [Question("jira default status", "keyword", {"1016865": 3}), Question("zebra", "no_answer", {})]
    timings = measure([HalobotEngine, FTS5, TokenSetRatio], ENTRIES, questions, limit=2, separate=False)
    assert all(len(timing.times) == 2 and timing.memory is None for timing in timings.values())
    results = report.Results("a command", "2026-01-01", len(ENTRIES), "a test", False, {"bm25s": "not installed"}, {})
    results.speed = {
        len(ENTRIES): timings,
        100_000: {name: Timing(1.0, 200.0, 600.0, times=[0.001, 0.002]) for name in timings},
    }
    results.quality = {"queries.dev": {name: timing.quality for name, timing in timings.items() if timing.quality}}
    found = {check.requirement: check.holds for check in report.checks(results)}
    assert found["times faster than token_set_ratio over all 100,000"] is False
    assert found["memory at 100,000 entries, answering, MB"] is False
    assert found["memory at 100,000 entries, building, MB"] is True
    assert found["building at 100,000 entries, times FTS5 alone"] is True
    assert found["first answer after a start at 100,000 entries, ms"] is True
    assert any(line.startswith(f"MACRO hit@1 at {len(ENTRIES)} entries") for line in found)
    assert found["queries.dev: misses of 1 keyword"] is True
    text = report.markdown(results)
    assert "bm25s (not installed)" in text
    assert "a command" in text
    assert "**FAIL**" in text


@pytest.mark.parametrize(("first", "holds"), [(0.29, True), (0.31, False)])
def test_the_first_answer_of_a_huge_catalogue_is_quick(first: float, holds: bool) -> None:
    """However slow that of a small one was in the same run."""
    results = report.Results("a command", "2026-01-01", len(ENTRIES), "a test", False, {}, {})
    names = [engine.name for engine in (HalobotEngine, FTS5, TokenSetRatio)]
    for size, seconds in ((len(ENTRIES), 0.2), (100_000, first)):
        results.speed[size] = {name: Timing(first=seconds, build=1.0, times=[0.001]) for name in names}
    (check,) = [check for check in report.checks(results) if check.requirement.startswith("first answer")]
    assert check.holds is holds
