"""What an import does in a short way for plain texts: the same comes of it as of the long way."""

import gc
import hashlib
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.provenance import find_source_lines
from bot.catalog.repository import Catalog
from bot.ingest import wording
from bot.ingest.garbage_collection import paused_garbage_collection
from bot.ingest.models import ParsedDocument, Record
from bot.ingest.readers import marks, prose
from bot.ingest.readers.post import titles
from bot.ingest.service import import_documents
from bot.text import folded_words, line_hash
from bot.word_memo import WordMemo

WORDS = st.sampled_from(
    "Quotes can be copied. Now! Fix: [FIX] (caution) 1. 2) ⭐ ⚠️ :fire: | - – important by @ann in x Title: a_b *c* ~ "
    "Naïve straße ﬁx İ two  blanks\t\n ? “A” test first".split(" ")
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
NEVER, ALWAYS = re.compile(r"(?!)"), re.compile("")


@given(TEXTS)
def test_plain_titles(text):
    """A title in which nothing can be a mark or a label stays as the long way leaves it."""
    short = titles.clean_title(text), marks.take_marks(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(titles, "_PLAIN_TITLE", NEVER)
        patch.setattr(marks, "_IN_EACH_MARK", ALWAYS)
        assert (titles.clean_title(text), marks.take_marks(text)) == short


def test_titles_that_are_not_shortened(shipped_seeds, monkeypatch):
    """A title that is left as it is at the first look is left so by all that shortens titles."""
    beginnings = (
        "",
        "Added the ability to ",
        "You can now ",
        "A new setting has been added to ",
        "Fixed an issue where ",
    )
    announced = [f"{begun}{entry.title}" for entry in shipped_seeds.entries for begun in beginnings]
    short = [wording.short_title(title) for title in announced]
    monkeypatch.setattr(wording, "_MAY_BE_SHORTENED", ALWAYS)
    assert [wording.short_title(title) for title in announced] == short


@given(TEXTS)
def test_sentences(text):
    """Sentences are what stands between a sign that ends one and a capital letter behind blanks."""
    parts = re.split(r"(?<=[.!?])\s+(?=[A-Z“\"'‘$⚠])", text)
    assert prose.split_sentences(text) == [part.strip() for part in parts if part.strip()]


@given(st.text() | TEXTS)
def test_words_and_hashes(text):
    """Words are runs of letters, digits and underscores in the one case; a hash is that of a line's words."""
    assert folded_words(text) == tuple(re.findall(r"\w+", text.casefold()))
    plain = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
    assert line_hash(text) == hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:16]


ADVICE = st.sampled_from(
    "Test this first. | Don't enable it yet | don’t turn it on without a test | We warn: | BEWARE | be mindful | ⚠ | "
    "at your own risk | try it with a pilot group | Known issue: mails come twice | careful | Watch out | do not | "
    "Heads-up: | Adds a report | for the teams | nothing known | Bewareness".split(" | ")
)


@given(st.lists(ADVICE, min_size=1, max_size=5).map(" ".join))
def test_advice_is_looked_for_by_words(text):
    """A text of whose words none may be in advice has none; of any other, advice is what it is without this look."""
    short = prose.find_caution([text])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "_may_have_advice", lambda text: True)
        assert prose.find_caution([text]) == short


@pytest.mark.parametrize("stem", prose._CAUTION_STEMS)
def test_each_sign_of_advice_passes_the_look_at_words(stem):
    """Whatever text has one of the signs of advice, its words let it pass."""
    assert all(
        prose._may_have_advice(f"{before}{stem}{behind}") for before in ("", "Ca", "So, ") for behind in ("", ".", " x")
    )


@given(st.lists(WORDS | ADVICE, min_size=1, max_size=6).map(" ".join), TEXTS, TEXTS)
def test_one_sentence_is_said_once(text, title, caution):
    """A single sentence stays as it is where nothing that was said is as long; compared with all sentences of it."""
    said = [words for other in (title, caution) for words in map(folded_words, prose.split_sentences(other))]
    sentences = prose.split_sentences(text)
    if len(sentences) == 1:
        is_new = folded_words(text) and folded_words(text) not in said
        assert wording.say_once(text, title, caution) == (sentences[0] if is_new else "")


def test_a_memo_of_words_is_bounded():
    """What a memo says is the function's value, whatever it forgot or never kept; few, short ones are kept."""
    asked = []
    memo = WordMemo(lambda word: asked.append(word) or len(word), limit=3)
    words = ["a", "bb", "a", "ccc", "dddd", "a", "x" * 5_000, "x" * 5_000]
    assert list(map(memo.__getitem__, words)) == [len(word) for word in words]
    assert asked == ["a", "bb", "ccc", "dddd", "a", "x" * 5_000, "x" * 5_000]
    assert len(memo) <= 3
    assert max(map(len, memo)) < 50


def fail_in_a_pause() -> None:
    """Raises ValueError in a pause, behind another one."""
    with paused_garbage_collection():
        with paused_garbage_collection():
            pass
        assert not gc.isenabled()
        raise ValueError("inside")


@pytest.mark.parametrize("was_enabled", [True, False])
def test_garbage_collection(was_enabled):
    """Nothing is collected inside, not even behind an inner pause; afterwards all is as it was, after a failure too."""
    (gc.enable if was_enabled else gc.disable)()
    try:
        with pytest.raises(ValueError, match="inside"):
            fail_in_a_pause()
        assert gc.isenabled() == was_enabled
    finally:
        gc.enable()


def test_known_lines_are_found_in_either_way(tmp_path, now):
    """Lines that are known are found by their hashes, in the same order, whether more or fewer are stored."""
    catalogue = Catalog(tmp_path / "catalog.db")
    records = [Record(str(1_200_000 + n), f"Change {n} of quotes", lines=(f"Change {n} of quotes",)) for n in range(9)]
    import_documents(catalogue, [ParsedDocument("a list", tuple(records))], now)
    hashes = [line_hash(record.lines[0]) for record in records]
    few = find_source_lines(catalogue.db, set(hashes[3:6]))
    many = find_source_lines(catalogue.db, {*hashes[3:6], *(line_hash(f"unknown {n}") for n in range(20))})
    assert [line.key for line in few] == ["1200003", "1200004", "1200005"]
    assert many == few
    catalogue.close()
