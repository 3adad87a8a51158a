"""From text to words: normalising, splitting and stemming, for the index and for questions alike."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

import Stemmer

from bot.word_memo import WordMemo

# Phones and word processors type curly quotes and dashes, and people paste them.
_STRAIGHT_PUNCTUATION = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'", "`": "'",
    "\u02bb": "'", "\u02bc": "'", "\u2039": "'", "\u203a": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
    "\u300c": '"', "\u300d": '"', "\u301d": '"', "\u301e": '"', "\u301f": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u2192": "->", "\u21d2": "->", "\u2794": "->", "\u279c": "->", "\u27a1": "->", "\u27f6": "->", "\u2b95": "->",
    "\u00a0": " ", "\u2026": "...", "\u2122": "", "\u00ae": "", "\ufe0e": "", "\ufe0f": "",
})  # fmt: skip
# Letters that Unicode does not take apart into a plain one and an accent, as people without them on the keyboard type
# them. (Case folding makes "ss" of "ß".)
_PLAIN_LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŋ": "n",
    "ŧ": "t", "ƒ": "f", "ɖ": "d", "ɛ": "e", "ɔ": "o", "ɨ": "i", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ƴ": "y", "ə": "e",
}  # fmt: skip
_TO_WORD_BYTES = bytes(
    code if chr(code) in "abcdefghijklmnopqrstuvwxyz0123456789\n" else ord(" ") for code in range(256)
)
_UNSPACED = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # scripts without blanks
_AMPERSAND_PAIR = re.compile(r"\b([a-z])[^\S\n]?&[^\S\n]?([a-z])\b")  # T&M, Q&A: one word
MAX_HYPHENATED_PARTS = 4  # of a word; more are a sentence
MAX_CACHED_LENGTH = 40  # of a text around a hyphen, in characters
_HYPHENATED = re.compile(r"(?<![\w-])[^\W_]+(?:-[^\W_]+)+(?![\w-])")
_SPACES = re.compile(r"\s+")
_NOT_ASCII = re.compile(r"([^\x00-\x7f]+)")
# Names that would be a letter, or another word, without their signs.
_SIGN_NAMES = {".net": "dotnet", "c#": "csharp", "f#": "fsharp", "c++": "cplusplus"}
_SIGN_NAME = re.compile(r"(?:(?<!\w)|(?<=asp)|(?<=vb)|(?<=ado))\.net\b|(?<!\w)(?:[cf]#|c\+\+)(?!\w)")

# Emoji. Slack sends them by name, phones type them. A name has a letter in it, so 10:30:15 keeps its minutes; right
# behind a word it must end one, too, so `area:billing` is a filter and std::vector::push stays as it is.
_NAME = r":(?:(?=[\d_+'-]*[^\W\d_])(?:[^\WA-Z]|[+'-]){1,100}|[+-]1):"
_NOT_A_FILTER = r"(?<!\barea)(?<!\bkind)(?<!\bimpact)(?<!\bepisode)(?<!\bversion)"
_EMOJI_NAMES = re.compile(
    rf"(?<![\w:])(?:{_NAME})+"
    rf"|(?<=\w){_NOT_A_FILTER}(?:{_NAME})+(?![\w:])"
    r"|(?<!\S)(?::\d{1,4}:)+(?!\S)"
)
_EMOJI = re.compile(
    r"[0-9#*]\u20e3|[\u2139\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)

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
# Parts of hyphenated words that are a stop word, or several of it ("add-ons").
_SMALL_PARTS = STOP_WORDS | {f"{word}s" for word in STOP_WORDS}


def normalise(text: str, *, limit: int = 2_000) -> str:
    """Plain text on one line: compatibility forms folded, quotes and dashes straightened, emoji and invisible
    characters gone.

    In: anything a person can paste. Out: at most `limit` characters.
    """
    if not (text.isascii() and text.isprintable() and "`" not in text):  # nearly every question has nothing to fold
        text = _fold_characters(text[: 2 * limit])
    if ":" in text:  # twice, as the cut may end a name
        text = _without_emoji_names(_without_emoji_names(text)[:limit])
    if "  " in text or not text.isprintable():  # a blank is the only space that can be printed
        text = _SPACES.sub(" ", text)
    return text.strip()[:limit].rstrip()


# What a line that was pasted begins with: a quote's mark, a bullet, a number; and what a word is set in.
_LINE_MARK = re.compile(
    r"^(?:(?:>+|&gt;)\s*(?!\s*v?\d)|(?:[\u2022\u25e6\u2023\u25aa\u00b7*+-]|#{1,6}|\(?\d{1,2}[.)])\s+(?=\S))+"
)
_WORD_MARK = re.compile(r"(?<!\w)[*_~`]+(?=[\w#\"'(])|(?<=[\w.,:;?!)\"'])[*_~`]+(?!\w)")


def without_markup(text: str) -> str:
    """A text without the formatting that it was pasted with: `> *latest*`, `- latest`, "1. latest"."""
    return _WORD_MARK.sub("", _LINE_MARK.sub("", text.lstrip()))


def has_emoji(text: str) -> bool:
    """Whether there are emoji among the first characters of a text, by name or as they are."""
    return bool(_EMOJI.search(text[:200]) or _EMOJI_NAMES.search(text[:200]))


def _fold_characters(text: str) -> str:
    text = _EMOJI.sub(" ", text.translate(_STRAIGHT_PUNCTUATION))
    # Category C: controls, lone surrogates and the like become a space; Cf (zero-width, direction marks) nothing.
    kept = ("" if unicodedata.category(c) == "Cf" else " " if unicodedata.category(c)[0] == "C" else c for c in text)
    folded = unicodedata.normalize("NFKC", "".join(kept)).translate(_STRAIGHT_PUNCTUATION)
    return folded if folded.isascii() else "".join(map(_plain_digit, folded))


def _plain_digit(character: str) -> str:
    """A digit of any script as 0 to 9; other characters as they are."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _without_emoji_names(text: str) -> str:
    """Arrows are kept, as they may stand between two versions."""
    return _EMOJI_NAMES.sub(lambda names: " -> " if ":arrow_right:" in names[0] else " ", text)


def words(text: str) -> list[str]:
    """The words of a text, lower case, without accents: `"Café's T&M v2.206"` -> `["cafes", "tm", "v2", "206"]`.

    A hyphen separates words, but not from a small word: "sign-off" is `["signoff"]`, for "sign" says something else.
    """
    return _only_words(text, _as_whole).split()


def index_words(lines: Sequence[str]) -> str:
    """The words of each of these lines, with blanks between them and around line breaks: a text of as many lines, to be
    split at once.

    Of "sign-off" the index has `sign signoff`, as people ask for either.
    """
    text = " \n ".join(lines)
    if text.count("\n") >= len(lines):  # a line of several lines
        text = " \n ".join(line.replace("\n", " ") for line in lines)
    return _only_words(text, _as_parts_and_whole)


def _only_words(text: str, join_hyphenated: Callable[[re.Match[str]], str]) -> str:
    """A text with nothing but words, blanks and the line breaks that it had."""
    plain = text.lower() if text.isascii() else fold_letters(text)
    if "&" in plain:
        plain = _AMPERSAND_PAIR.sub(r"\1\2", plain)
    if "-" in plain:
        plain = _join_hyphenated(plain, join_hyphenated)
    if "#" in plain or ".net" in plain or ("+" in plain and "++" in plain):
        plain = _SIGN_NAME.sub(lambda name: f" {_SIGN_NAMES[name[0]]} ", plain)
    if plain.isascii():  # several times faster, and nearly all: the index splits every entry here
        return plain.encode("ascii").translate(_TO_WORD_BYTES, b"`'").decode("ascii")
    return " \n ".join(map(_only_words_of_any_script, plain.replace("'", "").split("\n")))


def fold_letters(text: str) -> str:
    """Lower case, accents and invisible characters gone, letters such as "ł" as their plain neighbours."""
    text = text.replace("`", "'")
    if text.isascii():
        return text.lower()
    # Nearly all of a text is ASCII, which is folded many times faster than one character after the other.
    parts = _NOT_ASCII.split(text)
    parts[::2] = map(str.lower, parts[::2])
    parts[1::2] = map(_fold_run, parts[1::2])
    return "".join(parts)


@lru_cache(maxsize=10_000)
def _fold_run(characters: str) -> str:
    """Characters that are not ASCII, folded; what is beside them does not matter."""
    decomposed = unicodedata.normalize("NFKD", characters.translate(_STRAIGHT_PUNCTUATION).casefold())
    plain = "".join(map(_plain_letter, decomposed)).translate(_STRAIGHT_PUNCTUATION)
    return unicodedata.normalize("NFC", plain)  # Korean syllables together again


@lru_cache(maxsize=10_000)
def _plain_letter(character: str) -> str:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return ""
    folded = character.casefold()
    return _PLAIN_LETTERS.get(folded) or _plain_digit(folded)


def _join_hyphenated(plain: str, join: Callable[[re.Match[str]], str]) -> str:
    """A text with its hyphenated words joined. The pattern sees only what is around hyphens, as it is slow."""
    parts, end, hyphen = list[str](), 0, plain.find("-")
    while hyphen >= 0:
        start = max(plain.rfind(" ", end, hyphen) + 1, end)
        parts.append(plain[end:start])
        end = plain.find(" ", hyphen)
        end = len(plain) if end < 0 else end
        around = plain[start:end]
        is_usual = len(around) <= MAX_CACHED_LENGTH
        parts.append(_join_cached(around, join) if is_usual else _HYPHENATED.sub(join, around))
        hyphen = plain.find("-", end)
    return "".join((*parts, plain[end:]))


@lru_cache(maxsize=20_000)
def _join_cached(text: str, join: Callable[[re.Match[str]], str]) -> str:
    return _HYPHENATED.sub(join, text)


def _as_whole(hyphenated: re.Match[str]) -> str:
    """A hyphenated word in one piece if there is a small word in it, else as it is. So is "e-mail"."""
    parts = hyphenated[0].split("-")
    if len(parts) > MAX_HYPHENATED_PARTS or any(map(str.isdigit, parts)):
        return hyphenated[0]
    is_whole = not _SMALL_PARTS.isdisjoint(parts) or (len(parts) == 2 and parts[0] == "e" and len(parts[1]) > 2)
    return "".join(parts) if is_whole else hyphenated[0]


def _as_parts_and_whole(hyphenated: re.Match[str]) -> str:
    whole = _as_whole(hyphenated)
    if "-" in whole:
        return whole
    others = [part for part in hyphenated[0].split("-") if len(part) > 1 and part not in _SMALL_PARTS]
    return whole if hyphenated[0].startswith("e-") else " ".join([*others, whole])


def _as_parts(hyphenated: re.Match[str]) -> str:
    """A hyphenated word with blanks instead, or the whole where there is nothing but small words."""
    parts_and_whole = _as_parts_and_whole(hyphenated)
    return parts_and_whole.rpartition(" ")[0] or parts_and_whole


@cache
def _word_of_any_script() -> re.Pattern[str]:
    """Compiled when it is first needed, which takes longer than to split many texts."""
    return re.compile(rf"(?P<unspaced>(?:(?=[^\W_])[{_UNSPACED}])+)|[^\W_{_UNSPACED}]+")


def _only_words_of_any_script(line: str) -> str:
    """Chinese and Japanese, which have no blanks, fall into pairs of characters."""
    found: list[str] = []
    for word in _word_of_any_script().finditer(line):
        is_whole = word["unspaced"] is None or len(word[0]) < 3
        found += [word[0]] if is_whole else map("".join, pairwise(word[0]))
    return " ".join(found)


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


# The stem of a word; "" for a stop word.
_stem_to_compare = WordMemo(lambda word: "" if word in STOP_WORDS else stem(word)).__getitem__


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order, repeats kept, without stop words; a hyphen and a blank are the same."""
    return list(filter(None, map(_stem_to_compare, _only_words(text, _as_parts).split())))


def truncate(text: str, limit: int) -> str:
    """The text with at most `limit` characters: cut at a word where there is one, and an ellipsis added."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    whole_words = kept.rsplit(" ", 1)[0]
    return (whole_words if len(whole_words) > limit * 2 // 3 else kept).rstrip() + "…"


def printable(text: str) -> str:
    """The text with its lines, but without control and formatting characters."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else " " if c.isspace() else "" for c in text)


_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_control(text: str) -> str:
    """A text without the characters that neither XML nor HTML may have."""
    return _CONTROL.sub("", text)


_UNICODE_WORD = re.compile(r"\w+")
_TO_FOLDED_BYTES = bytes(
    ord(chr(code).lower()) if code < 128 and _UNICODE_WORD.match(chr(code)) else ord(" ") for code in range(256)
)


@lru_cache(maxsize=16)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are, but in the one case: `"Café's E-Mail"` -> `("café", "s", "e", "mail")`.

    Cached: an import looks at the same words for several reasons, one after the other.
    """
    return tuple(_split_folded(text))


def _split_folded(text: str) -> list[str]:
    if text.isascii():  # twice as fast
        return text.encode("ascii").translate(_TO_FOLDED_BYTES).decode("ascii").split()
    return _UNICODE_WORD.findall(text.casefold())


@lru_cache(maxsize=50_000)
def line_hash(line: str) -> str:
    """By which a line of a source document is recognised: 16 hexadecimal digits of its words' SHA-256.

    Case, quotes and blanks do not matter. Seeds store it for changes that have no number (`line_hash`), so it must
    never be computed in another way.
    """
    if line.isascii():
        plain = line.encode("ascii").translate(_TO_FOLDED_BYTES).strip()
        words_of_line = b" ".join(plain.split()) if b"  " in plain else plain
    else:
        words_of_line = " ".join(_split_folded(unicodedata.normalize("NFKC", line))).encode("utf-8", "replace")
    return hashlib.sha256(words_of_line).hexdigest()[:16]
