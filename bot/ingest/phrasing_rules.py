"""What a phrasing may be: one way in which a person would ask for one change, with nothing in it that its source does
not know. Pure.

Phrasings come from people, from a language model and from questions, and all of them meet the same rules. The texts
are hostile until they have passed.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from bot.catalog.models import Entry, Glossary
from bot.text import normalise, stems, words

MAX_PHRASING_LENGTH, MAX_PHRASING_WORDS = 120, 24
MIN_STEMS = 2  # one word asks for too many changes
MAX_SHORT_NAME = 4  # characters of a word such as "p1" or "o365"
MAX_PRODUCT_TERM_WORDS = 3
MAX_SUMMARY_LENGTH, MAX_SUMMARY_SENTENCES = 500, 3
OWN_NAMES = frozenset("i halo halopsa psa msp".split())

NOT_A_TEXT = "it is no text"
TOO_LONG = f"it is too long: at most {MAX_PHRASING_LENGTH} characters and {MAX_PHRASING_WORDS} words"
TOO_SHORT = "it is too short: it needs two words that say something"
HAS_MARKUP = "it has mark-up, an address or a sign that nobody would ask with"
SUMMARY_TOO_LONG = f"it is too long: at most {MAX_SUMMARY_SENTENCES} sentences and {MAX_SUMMARY_LENGTH} characters"
DOUBLED = "it stands there already, perhaps in another form of the same words"
_LIST_MARK = re.compile(r"(?:[-*\u2022\u00b7]|\d{1,3}[.)])\s+")
_MARKUP = re.compile(r"[<>\[\]{}|\\`*\u2026]|://|\bwww\.|\S@\w[\w-]*\.\w|&(?:#\d|\w{2,8};)|__|\.\.\.")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.?!:;]\s*$")


def clean_phrasing(text: str) -> str:
    """A phrasing on one line, without a list's mark before it, quotes around it or a full stop after it."""
    plain = normalise(text, limit=2_000)
    if mark := _LIST_MARK.match(plain):
        plain = plain[mark.end() :]
    while len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "\"'":
        plain = plain[1:-1].strip()
    return plain.rstrip(" .,;")


@dataclass
class PhrasingRules:
    """The rules for one entry's phrasings. `refusal` remembers what it let pass, so that nothing passes twice."""

    source_words: frozenset[str]
    numbers: frozenset[str]
    products: frozenset[tuple[str, ...]]  # the stems of products that the source does not speak of
    glossary_words: frozenset[str]
    known_words: Container[str]
    taken: set[tuple[str, ...]] = field(default_factory=set)

    def refusal(self, text: str) -> str:
        """Why this is no phrasing of the entry; empty when it may be one. The text is one that was cleaned."""
        if not text:
            return NOT_A_TEXT
        if _MARKUP.search(text):
            return HAS_MARKUP
        if len(text) > MAX_PHRASING_LENGTH or len(text.split()) > MAX_PHRASING_WORDS:
            return TOO_LONG
        text_stems = tuple(stems(text))
        if len(set(text_stems)) < MIN_STEMS:
            return TOO_SHORT
        if reason := self._unsourced(text):
            return reason
        if text_stems in self.taken:
            return DOUBLED
        self.taken.add(text_stems)
        return ""

    def summary_refusal(self, text: str) -> str:
        """Why this is no summary of the entry; empty when it may be one."""
        sentences = [part for part in re.split(r"[.!?](?:\s|$)", text) if part.strip()]
        if _MARKUP.search(text):
            return HAS_MARKUP
        if len(text) > MAX_SUMMARY_LENGTH or len(sentences) > MAX_SUMMARY_SENTENCES:
            return SUMMARY_TOO_LONG
        if len(set(stems(text))) < MIN_STEMS:
            return TOO_SHORT
        return self._unsourced(text)

    def _unsourced(self, text: str) -> str:
        """Which number or name of a text the source does not have, as a reason; empty where there is none."""
        if number := self._unknown_number(text):
            return f"it has a number that the source does not have ({number})"
        if name := self._unknown_name(text) or self._foreign_product(text, tuple(stems(text))):
            return f"it has a name that the source does not have ({name})"
        return ""

    def _unknown_number(self, text: str) -> str:
        for match in _WORD.finditer(text):
            word = match[0]
            if word.isalpha() or word.lower() in self.source_words or word.lower() in self.glossary_words:
                continue
            is_short_name = word[0].isalpha() and len(word) <= MAX_SHORT_NAME and word.lower() in self.known_words
            if is_short_name or word.isdecimal() or "-" in word:
                continue  # numbers by themselves are looked at below
            if any(map(str.isdigit, word)):
                return word
        kept = _WORD.sub(lambda word: word[0] if _NUMBER.fullmatch(word[0].replace("-", "")) else " ", text)
        found = (number.replace(",", "") for number in _NUMBER.findall(kept))
        return next((number for number in found if number not in self.numbers), "")

    def _unknown_name(self, text: str) -> str:
        """A word that is written as a name and that neither the source nor, as a word, the catalogue knows."""
        for word in _WORD.finditer(text):
            plain = word[0].removesuffix("'s")
            lower = plain.lower()
            if plain == lower or lower in OWN_NAMES or lower in self.source_words:
                continue
            has_inner_capital = plain[1:] != plain[1:].lower() and plain != plain.upper()
            starts_sentence = word.start() == 0 or bool(_SENTENCE_END.search(text[: word.start()]))
            if has_inner_capital or (not starts_sentence and lower not in self.known_words):
                return plain
        return ""

    def _foreign_product(self, text: str, text_stems: tuple[str, ...]) -> str:
        """The first word of another maker's product that the source does not speak of."""
        for size in range(1, MAX_PRODUCT_TERM_WORDS + 1):
            for start in range(len(text_stems) - size + 1):
                if text_stems[start : start + size] in self.products:
                    first = text_stems[start]
                    return next((word for word in _WORD.findall(text) if first in stems(word)), first)
        return ""


def rules_for(
    entry: Entry, source_lines: Iterable[str], taken: Iterable[str], glossary: Glossary, known_words: Container[str]
) -> PhrasingRules:
    """The rules for an entry's phrasings.

    `source_lines`: the lines of the sources that stand for it. `taken`: its title and the phrasings that it has or that
    wait. `known_words`: those of the catalogue, lower case.
    """
    version = str(entry.version) if entry.version else ""
    texts = [entry.title, entry.summary, entry.caution or "", entry.answer or "", *entry.names, *source_lines]
    text = "\n".join((*texts, entry.key, version))
    source_stems = frozenset(stems(text))
    return PhrasingRules(
        frozenset(words(text)) | {word.lower() for word in _WORD.findall(text)},
        frozenset(number.replace(",", "") for number in _NUMBER.findall(text)),
        _foreign_products(glossary, source_stems),
        frozenset(word for row in glossary.equivalents for term in row for word in words(term)),
        known_words,
        {tuple(stems(line)) for line in (entry.title, *taken)},
    )


def _foreign_products(glossary: Glossary, source_stems: frozenset[str]) -> frozenset[tuple[str, ...]]:
    """The products of other makers that a source names neither so nor by another of its names."""
    aliases: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for row in (*glossary.equivalents, *((term, *means) for term, means in glossary.expansions)):
        terms = [tuple(stems(term)) for term in row]
        for term in terms:
            aliases.setdefault(term, []).extend(terms)
    products = {tuple(stems(product)) for product in glossary.foreign_products}
    return frozenset(
        product
        for product in products
        if product and not any(term and source_stems.issuperset(term) for term in (product, *aliases.get(product, ())))
    )
