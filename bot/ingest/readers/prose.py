"""What the sentences around a change say: whether caution is advised, and which exact names are in them."""

import re
from collections.abc import Iterable

from bot.text import folded_words
from bot.word_memo import WordMemo

_CAUTION = re.compile(
    r"⚠"
    r"|\b(?:be|use with|with|recommend\w*|advis\w*|strongly|urge\w*|extreme)"
    r" (?:cautio\w*|care\b|careful\w*|mindful|wary|aware)"
    r"|\bcaution(?:ed|s|ary)?\b"
    r"|\bcareful(?:ly)? (?:with|when|before|about|not to|if|around)|\bbe (?:very |extra )?careful"
    r"|^careful[,:!]|\bbeware\b|\bwatch out\b|^heads[- ]up\b|\bat your own risk\b"
    r"|\btest(?:ing)? (?:carefully|thoroughly)\b"
    # "Test this first", "…: test it", "please test before …"; but not what lets people "test it"
    r"|(?:^|[,;:–—(] ?|\b(?:please|should|must|always|better|so|worth) )"
    r"test(?:ing)? (?:this|it|them|before|first|well)\b"
    r"|(?:^|[,;:–—(] ?)test(?:ing)? .{0,60}\b(?:first|before|sandbox|UAT|a copy)\b"
    r"|\b(?:recommend\w*|advis\w*|suggest\w*|urge\w*|worth|needs?) (?:testing|to test|that you test)\b"
    r"|(?:^|[,;:–—(] ?)(?:try|pilot) (?:this|it)\b.{0,60}\b(?:first|sandbox|UAT|a copy)\b"
    r"|\b(?:do not|don['’]t) (?:enable|turn|switch|use|roll)\b.{0,60}\b(?:yet|until|before|without)\b"
    # the hosts warn; what Halo warns of, and who is warned by it, is a change
    r"|(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bget )(?<!\bbeen )(?<!\bgets )\bwarned\b|\b(?:we|they|I|hosts) warn\b"
    r"|(?-i:\b(?!(?:Halo|This|It|That|The|Which|Also|Now)\b)[A-Z][a-z]+ )warns\b"
    r"|\bwords? of warning\b|^warning\b(?=\s*[:!–—-])|^known (?:issue|problem|limitation)s?\s*[:–—]\s",
    re.IGNORECASE,
)
# One of these is in all that _CAUTION finds; looking for them first is much faster.
_CAUTION_STEMS = (
    "cautio",
    "care",
    "mindful",
    "wary",
    "aware",
    "beware",
    "watch out",
    "test",
    "warn",
    "⚠",
    "heads",
    "own risk",
    "try ",
    "pilot ",
    "n't",
    "n’t",
    "do not",
    "known ",
)
# What is in one word at least of a text that has one of these, or in no word at all: looking at words is faster still.
_CAUTION_PARTS = "cautio care mindful wary aware beware watch test warn heads risk try pilot known".split()
_may_advise = WordMemo(lambda word: word in ("t", "not") or any(part in word for part in _CAUTION_PARTS)).__getitem__
# "test before enabling", "Test this before you switch it on": more than a label, where nothing is behind its colon.
TEST_BEFORE = (
    r"test (?:this |it |them )?before (?:you )?(?:enabl|us|switch|turn|roll)\w*(?: (?:this|it|them))?(?: on| out)?"
)
CAUTION_LABELS = (
    rf"(?:caution|warning|test (?:this |it |them )?first|heads[- ]up|{TEST_BEFORE}"
    r"|known (?:issue|problem|limitation)s?)"
)
_CAUTION_LABEL = re.compile(rf"^{CAUTION_LABELS}\s*[:!–—-]\s*(?=\S)", re.IGNORECASE)
# What a label that is on every change says of most: "Known issues: none".
_NOTHING = re.compile(
    r"(?:none|nothing|no|nil|n/?a|-|–|—)(?: (?:known|so far|yet|at (?:this|the) (?:time|moment)|to report))?\W*",
    re.IGNORECASE,
)
# A sentence in brackets behind what it warns of: "(Known issue: mails are sent twice)".
_LABEL_IN_BRACKETS = re.compile(rf"[(\[]({CAUTION_LABELS}\s*(?::|\s[–—-])\s[^()\[\]]{{3,300}})[)\]]\.?", re.IGNORECASE)
# A line that only says that the next one advises caution: "Warning", "[!CAUTION]", "⚠️".
_LABEL_ALONE = re.compile(
    rf"\W*(?:caution|warning|test first|{TEST_BEFORE}(?=\W*:)|be careful|careful|beware|handle with care)\W*"
    r"|⚠\ufe0f?\s*:?",
    re.IGNORECASE,
)
_CAUTION_HEADING = re.compile(
    r"\W*(?:(?:use|handle|proceed|enable) with (?:care|caution)|worth a warning|(?:a )?words? of (?:warning|caution)"
    r"|cautions?|warnings?|test (?:these )?first|(?:things )?to (?:be careful with|test first)|be careful with"
    rf"|watch out for|(?:changes )?to be tested|gotchas|(?:be )?careful|{TEST_BEFORE})\b[^.]{{0,30}}$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z“\"'‘$⚠])")
_QUOTED = re.compile(r"[“\"]([^“”\"|]{3,80})[”\"]|(?<!\w)['‘]([^'‘’|]{4,80})['’](?!\w)")
VARIABLE = re.compile(r"\$\s?-?[A-Z][A-Z0-9_]{3,}")  # $TICKETOWNER
_ENDPOINT = re.compile(r"(?<![\w/.:])/[A-Za-z][A-Za-z0-9_]{2,40}(?![\w/])")  # /Assets
_PATH = re.compile(r"\b(?:Configuration|Config)(?: ?> ?[A-Z][A-Za-z &]{2,40})+")  # Configuration > Tickets
MAX_NAMES = 12


def find_caution(texts: Iterable[str]) -> str | None:
    """The sentences that advise caution, without a warning sign or label in front; None when there are none.

    `find_caution(["Adds a report. Test this first."])` is `"Test this first."`.
    """
    advice: list[str] = []
    labelled = False  # the text before is only a label, such as "Warning"
    for text in (_with_sign(text) for text in texts):
        if labelled:
            advice.append(_without_label(text))
        elif _may_have_advice(text):
            advice += _advising_sentences(text)
        labelled = is_caution_label(text)
    advice = [sentence for sentence in advice if sentence and not is_caution_label(sentence)]
    return " ".join(map(end_with_period, dict.fromkeys(advice))) or None


def _with_sign(text: str) -> str:
    """A text with the sign itself in place of the name that chats have for it."""
    return text.replace(":warning:", "⚠") if ":warning:" in text else text


def _may_have_advice(text: str) -> bool:
    """Whether _CAUTION may find anything in a text. Of most texts its words say that it does not."""
    if "⚠" not in text and not any(map(_may_advise, folded_words(text))):
        return False
    return any(map(text.lower().__contains__, _CAUTION_STEMS))


def heads_cautions(text: str) -> bool:
    """Whether a line heads changes that have to be tested first: "Test first", "Worth a warning"."""
    return is_caution_label(text) or (len(text) < 60 and _CAUTION_HEADING.match(text) is not None)


def is_caution_label(text: str) -> bool:
    """Whether a text says no more than that the next one advises caution: "Warning:"."""
    return len(text) < 40 and _LABEL_ALONE.fullmatch(text) is not None


def _advising_sentences(text: str) -> list[str]:
    if text.lstrip()[:1] in ("(", "[") and (bracketed := _LABEL_IN_BRACKETS.fullmatch(text.strip())):
        text = bracketed[1]
    sentences = [sentence for sentence in split_sentences(text) if _CAUTION.search(sentence.lstrip("-•* "))]
    advice = list(map(_without_label, sentences))
    return [sentence for sentence in advice if not _NOTHING.fullmatch(sentence)]


def _without_label(sentence: str) -> str:
    """A sentence without the sign and the labels in front of it: "Warning: Known issue: …" has two."""
    text = _CAUTION_LABEL.sub("", sentence.lstrip("⚠\ufe0f ").strip())
    return _CAUTION_LABEL.sub("", text) if ":" in text[:40] else text


def end_with_period(sentence: str) -> str:
    """A note as a sentence: with a full stop at its end, unless another sign ends it."""
    return sentence if not sentence or sentence[-1] in ".!?…:" else sentence + "."


def find_names(*texts: str) -> tuple[str, ...]:
    """Exact names that a person would search for: variables, endpoints, quoted settings, paths through the
    configuration. At most 12.
    """
    names: list[str] = []
    for text in texts:
        if "$" in text:
            names += [match[0].replace(" ", "") for match in VARIABLE.finditer(text)]
        if "/" in text:
            names += _ENDPOINT.findall(text)
        if any(map(text.__contains__, "“\"'‘")):
            names += [(match[1] or match[2]).strip(" .,") for match in _QUOTED.finditer(text)]
        if ">" in text:
            names += [match[0].strip() for match in _PATH.finditer(text)]
    return tuple(dict.fromkeys(filter(None, names)))[:MAX_NAMES] if names else ()


def split_sentences(text: str) -> list[str]:
    """The sentences of a text: one ends where a sign ends it and a capital letter follows."""
    if not _SENTENCE_END.search(text):
        sentence = text.strip()
        return [sentence] if sentence else []
    parts, start = list[str](), 0
    for end in _SENTENCE_END.finditer(text):
        parts.append(text[start : end.start() + 1])
        start = end.end()
    parts.append(text[start:])
    return [sentence for part in parts if (sentence := part.strip())]
