"""What the sentences around a change say: whether care is advised, and which exact names are in it. Pure."""

import re
from collections.abc import Iterable

_CAUTION = re.compile(
    r"⚠|\b(?:be|use with|with|recommend\w*|advis\w*|strongly|urge\w*|extreme) (?:cautio\w*|care\b|careful\w*|mindful|wary|aware)|\bcaution(?:ed|s|ary)?\b"
    r"|\bcareful(?:ly)? (?:with|when|before|about|not to|if|around)|\bbe (?:very |extra )?careful|\bbeware\b|\bwatch out\b"
    r"|\btest (?:carefully|thoroughly|this|it|before)\b"
    r"|\b(?:warn(?:s|ed)?|warning)\b(?! (?:message|banner|text|popup|email|notification|icon)s?)",
    re.IGNORECASE,
)
_CAUTIOUS = (
    "cautio",
    "care",
    "mindful",
    "wary",
    "aware",
    "watch out",
    "test ",
    "warn",
    "⚠",
)  # one of these is in all that it finds
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'‘$⚠])")
_QUOTED = re.compile(r"[“\"]([^“”\"|]{3,80})[”\"]|(?<!\w)['‘]([^'‘’|]{4,80})['’](?!\w)")
_VARIABLE = re.compile(r"\$\s?-?[A-Z][A-Z0-9_]{3,}")
_ENDPOINT = re.compile(r"(?<![\w/.:])/[A-Za-z][A-Za-z0-9_]{2,40}(?![\w/])")
_PATH = re.compile(r"\b(?:Configuration|Config)(?: ?> ?[A-Z][A-Za-z &]{2,40})+")
MOST_NAMES = 12


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def caution_in(texts: Iterable[str]) -> str | None:
    """The sentences that advise care, without a warning sign in front; None when there are none."""
    doubtful = [text for text in texts if (lower := text.lower()) and any(word in lower for word in _CAUTIOUS)]
    found = [
        sentence.lstrip("⚠\ufe0f ").strip()
        for text in doubtful
        for sentence in sentences(text)
        if _CAUTION.search(sentence)
    ]
    return " ".join(map(closed, dict.fromkeys(found))) or None


def closed(sentence: str) -> str:
    """A note as a sentence: with a full stop at its end."""
    return sentence if not sentence or sentence[-1] in ".!?…:" else sentence + "."


def names_in(*texts: str) -> tuple[str, ...]:
    """Exact names that a person would search for: variables, endpoints, quoted settings, paths through the
    configuration.
    """
    found: list[str] = []
    for text in texts:
        if "$" in text:
            found += [match[0].replace(" ", "") for match in _VARIABLE.finditer(text)]
        if "/" in text:
            found += _ENDPOINT.findall(text)
        if any(mark in text for mark in "“\"'‘"):
            found += [(match[1] or match[2]).strip(" .,") for match in _QUOTED.finditer(text)]
        if ">" in text:
            found += [match[0].strip() for match in _PATH.finditer(text)]
    return tuple(dict.fromkeys(name for name in found if name))[:MOST_NAMES]
