"""Texts that somebody pasted rather than asked: signatures of mails, stack traces, log lines, JSON, code, base64.

A text is at most 2,000 characters here. Every repetition is bounded or has only one way to match.
"""

import re

from bot.search.marked_pattern import LazyPattern
from bot.text import words

MIN_ENCODED_LENGTH = 40  # characters without a blank: no word is as long
_SIGNATURE = LazyPattern(
    r"(?:^|(?<=[,.!?-] )|(?<=[,.!?])|(?<= )(?=(?-i:[A-Z])))(?:"
    r"(?:(?:(?:with )?(?:(?:(?:kind(?:est)?|best|warm(?:est)?|many) )?regards|best wishes)|sincerely"
    r"|yours (?:sincerely|faithfully|truly))(?=\s?[,.]|\s?$|\s(?-i:[A-Z]))"
    r"|sent from (?:my |outlook)|get outlook for)\b"
    r"|(?:this|the) (?:contents? of this )?(?:e-?mail|message|communication)(?: \S{1,30}){0,8}? (?:confidential|"
    r"privileged|intended)\b"
    r"|confidentiality (?:notice|note)\b|disclaimer:"
    r"|if you (?:have received|are not the intended|received) "
    r"|please consider the environment before"
    r"|(?:mit freundlichen gr|viele gr|cordialement|met vriendelijke groet|saludos cordiales|z powa[zż]aniem)"
    r").*",
    re.IGNORECASE,
)
_CERTAIN = LazyPattern(
    r"traceback \(most recent call last|file \"[^\"]{1,200}\", line \d|exception in thread|stack ?trace:"
    r"|\bat [\w$]{1,60}\.[\w$.<>`]{1,120}\(|:line \d+\b|\.(?:java|cs|py|js|ts|php|rb|go):\d+\b"
    r"|\"(?:get|post|put|delete|patch) /\S{0,200} http/\d"
    r"|^\W{0,3}(?:<\d{1,3}>)?\d{4}-\d\d-\d\d[t ,]{1,2}\d\d:\d\d|"
    r"^\W{0,3}\d\d?[/.-]\w{2,3}[/.-]\d{4}[: ,]{1,2}\d\d:\d\d:\d\d"
    r"|^\W{0,3}\d\d:\d\d:\d\d[.,\s]|^[a-z]{3} \d{1,2} \d\d:\d\d:\d\d "
    r"|^\W{0,2}(?:error|warn|warning|info|debug|fatal|critical|trace)\]|^(?:error|warn|info|debug|fatal|"
    r"critical) \d{4}-"
    r"|^[\[{]\s?[\[{\"]|^\{\s?'?\w{1,60}'?\s?:|^\{\s?\}$|^\[\s?\]$|"
    r"\"\w{1,60}\"\s?:\s?[\"{\[\d].{0,400}\"\w{1,60}\"\s?:"
    r"|^<\?xml|^<!doctype|^<(?:html|div|span|table|body|p|soap|script|xml|root)\b"
    r"|^#!/|^#include\b|^def \w{1,60}\(|^function \w{0,60}\s?\(|^(?:public|private) (?:static |void |class )"
    r"|\bconsole\.log\(|^(?:curl|wget) -|^ps [a-z]:\\|^\$ (?:cd|ls|git|npm|pip|curl|sudo) |^sudo (?:apt|rm|su|"
    r"systemctl|service|chmod|docker)\b|^(?:var|let|const) \w{1,60} ?= "
    r"|^select\b.{1,300}\bfrom\b.{1,300}\b(?:where|join|order by|group by)\b.{0,300}?[=;<>]|^(?:insert into|"
    r"delete from|create table) "
    r"|^from: .{1,200}\b(?:sent|date|to|subject): |-----begin |-----original message|begin:vcalendar|begin:vcard"
    r"|^[a-z]:\\\S|^(?:diff --git|index [0-9a-f]{7}|@@ -)",
    re.IGNORECASE,
)
_CAMEL_ERROR = LazyPattern(r"[a-z](?:Exception|Error):? ")
_WHOLE = LazyPattern(
    r"[{(]?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[)}]?|[0-9a-f]{24,}|(?:\d{1,3}\.){3}\d{1,3}(?:[:/]\d{1,5})?"
    r"|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|[\w.+-]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,40}){1,5}|\+\d[\d ()-]{8,20}"
    r"|0x[0-9a-f]{4,16}|(?:error(?: code)?:? )?0x[0-9a-f]{4,16}",
    re.IGNORECASE,
)
_ASKING = LazyPattern(
    r"^(?:how|why|what|when|where|who|which|is|are|does|do|did|can|could|has|have|we|i|our|my|after|after|since)\b",
    re.I,
)
_ENCODED = LazyPattern(rf"[A-Za-z0-9+/=_.-]{{{MIN_ENCODED_LENGTH},}}")
# What a signature without a greeting has: two different ones of these.
_SIGNATURE_PARTS = (
    LazyPattern(r"(?:\+|\b(?:t|m|p|tel|phone|mobile|mob|fax|ddi|direct)[.:]{1,2} ?\+?|\(|\b0)\d[\d ()-]{7,20}", re.I),
    LazyPattern(r"[\w.+-]{1,80}@[\w-]{1,80}\.\w"),
    LazyPattern(r"\bwww\.\w|https?://", re.I),
    LazyPattern(r"\b(?:ltd|limited|gmbh|inc|llc|plc|b\.v|pty)\b", re.I),
    LazyPattern(
        r"\b(?:manager|director|engineer|technician|consultant|ceo|cto|head of \w+|administrator|analyst)\b", re.I
    ),
    LazyPattern(r" \| "),
    LazyPattern(r"\bregistered (?:in|office|company)\b|\bcompany (?:number|no|registration)\b", re.I),
)
MIN_SIGNATURE_PARTS = 3


# A mail system's warning, before what was written.
_BANNER = LazyPattern(
    r"\W{0,2}(?:caution|external|warning)\b.{0,80}?\b(?:originated|outside|external|sender)\b.{0,200}?"
    r"(?:is safe|the sender|expected)\b[\s.!]{0,3}|(?:(?:re|fw|fwd|aw|wg|antw)\s?:\s?){2,20}"
    r"|(?:re|fw|fwd|aw|wg|antw): (?=\S)",
    re.IGNORECASE,
)
_LINKS_ONLY = LazyPattern(r"(?:https?://\S+\s?){1,20}", re.IGNORECASE)
_FINDABLE = LazyPattern(r"episode|\d{5}|v?\d{1,2}[.-]\d{3}", re.IGNORECASE)
# No text without one of these is pasted; most questions have none, and need no closer look.
_UNUSUAL = LazyPattern(
    r"[^\w\s,.?!'-]|\d{4}|\w{24}|[A-Z]:|^(?:ps|sudo|def|function|public|private|var|let|const|select)\b|from:|"
    r"[a-z](?:Exception|Error)\b",
    re.I,
)
_PLAIN_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_ ,.?!'-")
_PLAIN_WORD_LENGTH = 23
_UNUSUAL_STARTS = ("ps", "sudo", "def", "function", "public", "private", "var", "let", "const", "select")
_SIGNATURE_MARKS = (
    "regards", "wishes", "yours", "sincerely", "sent from", "outlook for", "confidential", "intended", "privileged",
    "disclaimer", "received", "environment", "gruß", "grü", "cordialement", "groet", "saludos", "powa",
)  # fmt: skip


def is_pasted(text: str) -> bool:
    """Whether a normalised text is something that a program wrote, or a mail's head or signature."""
    if not _may_be_pasted(text):
        return False
    if _LINKS_ONLY.fullmatch(text) and not _FINDABLE.search(text):
        return True
    if _CERTAIN.search(text) or _WHOLE.fullmatch(text):
        return True
    if _CAMEL_ERROR.search(text) and "?" not in text and not _ASKING.match(text):
        return True
    return _is_encoded(text) or _is_bare_signature(text)


def _may_be_pasted(text: str) -> bool:
    """What `_UNUSUAL` says, without asking it where a text has nothing but plain words."""
    lower = text.lower()
    is_plain = (
        _PLAIN_CHARACTERS.issuperset(text)
        and "error" not in lower
        and "exception" not in lower
        and not lower.startswith(_UNUSUAL_STARTS)
        and max(map(len, text.split()), default=0) <= _PLAIN_WORD_LENGTH
    )
    return not is_plain and bool(_UNUSUAL.search(text))


def cut_signature(text: str) -> tuple[str, bool]:
    """A mail without its signature and disclaimer, and whether it had one. Two words before it are no question."""
    banner = _BANNER.match(text)
    text = text[banner.end() :] if banner else text
    lower = text.lower()
    match = _SIGNATURE.search(text) if any(map(lower.__contains__, _SIGNATURE_MARKS)) else None
    if not match:
        return text, banner is not None
    before = text[: match.start()].rstrip(" ,-")
    return (before if len(words(before)) > 2 else ""), True


def _is_encoded(text: str) -> bool:
    """Whether most of a text is one long token with digits and letters of both cases, as base64 and keys have."""
    encoded = [
        token
        for token in _ENCODED.findall(text)
        if any(c.isdigit() for c in token) and any(c.isupper() for c in token) and any(c.islower() for c in token)
        and "://" not in token and token.count("-") + token.count(".") + token.count("/") < len(token) // 8 + 3
    ]  # fmt: skip
    return "http" not in text and sum(map(len, encoded)) * 2 > len(text)


def _is_bare_signature(text: str) -> bool:
    if "?" in text or _ASKING.match(text):
        return False
    return sum(bool(part.search(text)) for part in _SIGNATURE_PARTS) >= MIN_SIGNATURE_PARTS
