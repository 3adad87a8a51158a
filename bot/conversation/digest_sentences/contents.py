"""Sentences about what a digest holds: "add jira to the digest", "only portal in the digest"."""

import re

from bot.conversation.digest_sentences.words import DIGEST, PLEASE, POLITE, DigestSentence, called, digest_named
from bot.search.marked_pattern import LazyPattern

_EXCEPT = r"(?:except|but|apart from|other than|besides|bar|save)(?: for)?"
_TAKE_OUT = LazyPattern(
    rf"{POLITE}(?P<act>remove|drop|take|leave|exclude|cut|delete|keep|filter|strip|clear)(?P<early> out)?"
    rf" (?P<what>.{{1,80}}?)(?P<out> out)? (?P<place>of|from|off|in) {DIGEST}{PLEASE}(?P<but> {_EXCEPT} .{{1,80}})?",
    re.IGNORECASE,
)
# "don't include chat in the digest".
_NOT_IN = LazyPattern(
    rf"{POLITE}(?:(?:i|we) )?(?:don['’]?t|do not|stop|never|no longer)(?: (?:want|need))?(?: to)?"
    r" (?:includ(?:e|ing)|show(?:ing)?|put(?:ting)?|send(?:ing)?|post(?:ing)?|have|having|see|cover(?:ing)?)"
    rf" (?P<what>.{{1,80}}?) (?:in|with|into) {DIGEST}{PLEASE}",
    re.IGNORECASE,
)
_PUT_IN = LazyPattern(
    rf"{POLITE}(?:also )?(?P<act>add|include|put|bring|show|send|have|post) (?P<what>.{{1,80}}?) (?:too |as well )?"
    rf"(?:to|in|into|with|on|onto) {DIGEST}{PLEASE}",
    re.IGNORECASE,
)
_SOLE = LazyPattern(r"(?:only|just|solely|nothing (?:but|except)) .*|.* (?:only|alone)", re.IGNORECASE)
_ONLY_IN = LazyPattern(
    rf"{POLITE}(?:only|just)(?: (?:show|send|put|include|have|post|keep|leave|hold))? (?P<what>.{{1,80}}?) in {DIGEST}"
    rf"|{POLITE}(?:limit|narrow|restrict|reduce|cut) {digest_named('which2')}(?: down)? to (?P<to>.{{1,80}})",
    re.IGNORECASE,
)
_ALL_BUT_IN = LazyPattern(
    rf"{POLITE}(?P<what>(?:everything|all) {_EXCEPT} .{{1,80}}?) in {DIGEST}{PLEASE}", re.IGNORECASE
)
_EVERYTHING = LazyPattern(r"everything|all(?: of it)?|anything|all (?:the )?(?:areas|topics|content)", re.IGNORECASE)


def read_contents(said: str) -> DigestSentence | None:
    """What a sentence that names the digest puts in or takes out."""
    if match := _TAKE_OUT.fullmatch(said):
        return _taken_out(match)
    if match := _ALL_BUT_IN.fullmatch(said):
        return DigestSentence("change digest", match["what"], called(match))
    if match := _NOT_IN.fullmatch(said):
        return DigestSentence("change digest", f"without {match['what']}", called(match))
    if match := _ONLY_IN.fullmatch(said):
        return DigestSentence("change digest", f"only {match['what'] or match['to']}", called(match))
    if match := _PUT_IN.fullmatch(said):
        is_sole = match["act"].lower() != "add" and _SOLE.fullmatch(match["what"])
        return DigestSentence("change digest", f"{match['act'] if is_sole else 'add'} {match['what']}", called(match))
    return None


def _taken_out(match: re.Match[str]) -> DigestSentence:
    what, act, is_out = f"{match['what']}{match['but'] or ''}", match["act"].lower(), match["early"] or match["out"]
    if act in ("keep", "leave") and not is_out and (match["place"].lower() == "in" or _SOLE.fullmatch(what)):
        return DigestSentence("change digest", f"{act} {what}", called(match))
    if _EVERYTHING.fullmatch(what):
        return DigestSentence("unsubscribe", "", called(match))
    return DigestSentence("change digest", f"without {what}", called(match))
