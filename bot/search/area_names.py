"""Which area a text names."""

from bot.search.vocabulary import Vocabulary, area_words
from bot.text import stems


def find_area(text: str, vocabulary: Vocabulary) -> str | None:
    """The area that people mean by a text ("billing", "kb", "Sales & quotes"), or None."""
    wanted = tuple(stems(text))
    if not wanted:
        return None
    for name, aliases in vocabulary.areas.items():
        if any(tuple(stems(called)) == wanted for called in (name, *aliases)):
            return name
    return next((name for name in vocabulary.areas if set(wanted) <= set(stems(name))), None)


def means_area(text: str, vocabulary: Vocabulary) -> str | None:
    """The area that a text is the name of, whole and by itself; None where a word merely occurs in an area's name."""
    return vocabulary.area_by_words.get(area_words(text))
