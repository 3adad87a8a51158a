"""What an import does in a short way for plain texts: the same comes of it as of the long way."""

import gc
import hashlib
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest import wording
from bot.ingest.garbage_collection import paused_garbage_collection
from bot.ingest.readers import marks, prose
from bot.ingest.readers.post import titles
from bot.text import folded_words, line_hash

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
