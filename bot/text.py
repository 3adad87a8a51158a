"""From text to words: normalising, splitting and stemming, for the index and for questions alike."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import Stemmer

# Phones and word processors type curly quotes and dashes, and people paste them.
_STRAIGHT_PUNCTUATION = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'", "`": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u00a0": " ", "\u2026": "...", "\u2122": "", "\u00ae": "",
})  # fmt: skip
_TO_WORD_BYTES = bytes(
    code if chr(code) in "abcdefghijklmnopqrstuvwxyz0123456789\n" else ord(" ") for code in range(256)
)
_AMPERSAND_PAIR = re.compile(r"\b([a-z])[^\S\n]?&[^\S\n]?([a-z])\b")  # T&M, Q&A: one word
_SPACES = re.compile(r"\s+")

# Words that are neither indexed nor searched for.
STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be because been before being but by can cannot cant could did
    didnt do does doesnt doing dont down each else every for from get gets getting got had has hasnt have havent
    having he her here him his how i id if ill im in into is isnt it its itself ive just let lets like me might more
    most much must my no not now of off ok on once one only or other our ours out over own per please put same she
    should so some someone something such than that thats the their them then there theres these they theyre thing
    things this those through to too under until up us use used uses using very via want wants was wasnt way we were
    weve what whats when where whether which while who whom whose why will with within without wont would yes yet
    you your youre
    """.split()
)


def normalise(text: str, *, limit: int = 2_000) -> str:
    """Plain text on one line: compatibility forms folded, quotes and dashes straightened, invisible characters gone.

    In: anything a person can paste. Out: at most `limit` characters.
    """
    if text.isascii() and text.isprintable() and "`" not in text:  # nearly every question: nothing to fold
        return _SPACES.sub(" ", text).strip()[:limit].rstrip()
    # Category C: controls, lone surrogates and the like become a space; Cf (zero-width, direction marks) nothing.
    kept = (
        "" if unicodedata.category(c) == "Cf" else " " if unicodedata.category(c)[0] == "C" else c
        for c in text[: 2 * limit].translate(_STRAIGHT_PUNCTUATION)
    )
    text = unicodedata.normalize("NFKC", "".join(kept)).translate(_STRAIGHT_PUNCTUATION)
    return _SPACES.sub(" ", text).strip()[:limit].rstrip()


def words(text: str) -> list[str]:
    """The words of a text, lower case, without accents: `"Café's T&M v2.206"` -> `["cafes", "tm", "v2", "206"]`."""
    return _only_words(text).split()


def only_words(lines: Sequence[str]) -> str:
    """The words of each of these lines, with blanks between them: a text of as many lines, to be split at once."""
    text = "\n".join(lines)
    if text.count("\n") >= len(lines):  # a line of several lines
        text = "\n".join(line.replace("\n", " ") for line in lines)
    return _only_words(text)


def _only_words(text: str) -> str:
    """A text with nothing but words, blanks and the line breaks that it had."""
    plain = (text if text.isascii() else text.translate(_STRAIGHT_PUNCTUATION)).lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    if "&" in plain:
        plain = _AMPERSAND_PAIR.sub(r"\1\2", plain)
    return plain.encode("ascii", "replace").translate(_TO_WORD_BYTES, b"`'").decode("ascii")


# Where the English stemmer gives one stem to words that Halo keeps apart ("custom" fields are not "customer"s), or
# two to forms of one word.
_STEM_OVERRIDES = {
    "customer": "customer", "customers": "customer", "important": "important", "general": "general",
    "generally": "general",
    "notify": "notif", "notifies": "notif", "notified": "notif", "notifying": "notif",
    "qualify": "qualif", "qualified": "qualif", "qualifies": "qualif",
    "expiry": "expir", "expiration": "expir", "paid": "pay", "sent": "send", "built": "build", "broke": "break",
    "broken": "break",
    "lost": "lose", "losing": "lose", "kept": "keep", "chosen": "choos", "chose": "choos", "hidden": "hide",
    "shown": "show",
    "wrote": "write", "written": "write", "bought": "buy", "sold": "sell", "sales": "sale", "left": "left",
    "aws": "aws", "people": "peopl",
}  # fmt: skip
_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word and its inflections: `"invoices"` -> `"invoic"`."""
    return _STEM_OVERRIDES.get(word) or str(_stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order, repeats kept, without stop words."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


_UNICODE_WORD = re.compile(r"\w+")


@lru_cache(maxsize=50_000)
def line_hash(line: str) -> str:
    """By which a line of a source document is recognised: 16 hexadecimal digits of its words' SHA-256.

    Case, quotes and blanks do not matter. Seeds store it for changes that have no number (`line_hash`), so it must
    never be computed in another way.
    """
    plain = unicodedata.normalize("NFKC", line).casefold()
    return hashlib.sha256(" ".join(_UNICODE_WORD.findall(plain)).encode("utf-8", "replace")).hexdigest()[:16]
