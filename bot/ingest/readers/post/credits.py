r"""Who made a change, as GitHub's releases say it on the change's line, is no part of its title.

move_credit("Quotes renew by @ann in https://github.com/x/y/pull/1130447") -> "Quotes renew #1130447"
move_credit("Quotes renew (#1130447) @ann (abc1234)")                      -> "Quotes renew (#1130447)"
move_credit("Quotes renew (abc1234), closes #1130447")                -> "Quotes renew #1130447"
move_credit("Quotes renew — 1130447 Ann Lee")                              -> "Quotes renew — 1130447"
move_credit("Quotes renew, thanks to @ann (#1130447)")                     -> "Quotes renew (#1130447)"
without_credit("Quotes renew – requested by Acme Ltd")                     -> "Quotes renew"
drop_names(["Quotes renew @ann", "Boards have owners (@bob)"])             -> ["Quotes renew", "Boards have owners"]
"""

import re
from collections.abc import Sequence

from bot.ingest.readers.post.people import PEOPLE

_NAME = r"@[^\W_][\w-]{0,38}(?:\[bot\])?"
_NAMES = rf"{_NAME}(?>(?:(?:, and|,| and| &) {_NAME}){{0,9}})"
_DID = r"(?:reported|requested|suggested|contributed|raised|added|fixed|asked for)"
_BY = rf"(?:(?:{_DID} )?by|thanks|thanks to)"
# An address counts where its last part has as many digits as Halo's numbers; a count of pull requests has fewer.
_IN = re.compile(rf"\s+by {_NAMES} in (?:https?://\S{{1,300}}/(?P<linked>\d{{6,8}})|#(?P<signed>\d{{4,9}}))$")
# A commit is told from a number by a letter.
_COMMIT = r"\(`?(?=\d{0,39}[a-f])[0-9a-f]{7,40}`?\)"
_BEHIND = re.compile(
    rf"(?<=\d)(?P<end>[)\]]?)(?>(?:\s*[-–—,]?\s*(?:(?:by|thanks|thanks to) )?\(?{_NAMES}\)?!?|\s+{_COMMIT}){{1,3}})$"
)
# As conventional changelogs have it: "Quotes renew (a1b2c3d), closes #1130447".
_COMMIT_BEFORE = re.compile(
    rf"(?:\s+{_COMMIT},?\s(?:(?:closes|fixes|resolves|refs|references)\s)?|,\s(?:closes|fixes|resolves)\s)"
    r"(?=[(\[]?#\d{4,9}[)\]]?$)"
)
_BEFORE_NUMBER = re.compile(
    rf",?\s(?:[-–—] )?[(\[]?{_BY} [(\[]?{_NAMES}(?>(?: {_NAME}){{0,9}})[)\],]?(?=\s[(\[]?#\d{{4,9}}[)\]]?$)"
)
# Release Drafter puts them at the end of each title, with nothing that says so: "Quotes renew @ann (#1130447)".
_SIGNED = re.compile(rf",?\s(?:[-–—] )?[(\[]?{_NAMES}(?>(?: {_NAME}){{0,9}})[)\],]?$")
MIN_SIGNED = 2  # titles of a document, and half of all
# A title may end in such a sign: "Mails tell agents apart with @mentions (#1130447)", "Chats notify @engineers".
_GOES_ON = re.compile(
    r"\b(?:with|without|using|via|of|to|from|in|on|at|an?|the|for|and|or|as|like|by|called|named|is|are|than|typing"
    r"|(?:allow|notif(?:y|ie)|ping|tag|mention|show|accept|support|answer|know|call|email|cop(?:y|ie)|invite|remove"
    r"|type|insert|alert|message|include|contain|understand|write|have|has|get|reach|see|say|follow|block|assign|cc|add"
    r"|become|use|tell|ask|warn|recogni[sz]e|suggest|expand|replace)(?:s|d|ed)?"
    r"|(?:by|when|while|for|after|before) [a-z]{2,20}ing)$",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"@(?:mention\w*|here|channel|everyone|all|me|name|names|user|users|agent|agents|team)\b", re.IGNORECASE
)
_AT_END = re.compile(
    rf",?\s+(?:[-–—] )?(?:(?:{_DID} )?by|thanks to) {_NAMES}(?: in(?: \S{{1,300}})?)?$"
    rf"|\s+[(\[]{_BY} {_NAMES}[)\]]$"
)
# Names without a sign: two words at least, behind what says that they are a person's or a company's.
_NAMED_AT_END = re.compile(
    rf"(?:(?:,|\s[-–—])\s|\s[(\[])(?:(?:reported|suggested|contributed) by|(?:many |[Ww]ith )?[Tt]hanks to|kudos to"
    rf"|(?<!, )(?:requested|raised|asked for) by) {PEOPLE}[)\]]?$"
)
# Who asks for something in a title: "Time off – requested by Team Leads".
_ROLE = re.compile(
    r"\b(?:users?|agents?|clients?|customers?|sites?|teams?|leads?|managers?|approvers?|technicians?|contacts?"
    r"|departments?|admins?|staff|halo\w*|azure|google|microsoft)\b",
    re.IGNORECASE,
)
_OF_RELEASE = re.compile(
    rf"(?:new contributors:?$|full changelog:?\s+https?:|{_NAME} made their first contribution in\b)", re.IGNORECASE
)
# "Quotes renew — 1130447 Ann Lee"
_PERSON_BEHIND = re.compile(rf"(?<=\s[-–—|]\s)(?P<number>#?[1-9]\d{{5,7}}),?\s[(\[]?(?:by )?{PEOPLE}[)\]]?$")
MAX_LENGTH = 500  # characters of a line that is looked at


def move_credit(text: str) -> str:
    """A line without those who made its change, so that it ends in the change's number; any other line as it is."""
    if len(text) > MAX_LENGTH:
        return text
    if (person := _PERSON_BEHIND.search(text)) and not _ROLE.search(person[0]):
        return f"{text[: person.start()]}{person['number']}"
    if "@" not in text and "(" not in text and "s #" not in text:
        return text
    if (commit := _COMMIT_BEFORE.search(text)) and commit.start():
        return f"{text[: commit.start()]} {text[commit.end() :]}"
    if credit := _IN.search(text):
        return f"{text[: credit.start()]} #{credit['linked'] or credit['signed']}"
    if (credit := _BEFORE_NUMBER.search(text)) and _names_people(credit, text):
        return f"{text[: credit.start()]}{text[credit.end() :]}"
    return _BEHIND.sub(lambda match: match["end"], text)


def without_credit(title: str) -> str:
    """A title without "by @ann", "(thanks to @ann)" or ", reported by Ann Lee" at its end. "Power BI by Microsoft"
    stays: a person has a sign, or stands behind what says so.
    """
    if may_name_people(title) and (named := _NAMED_AT_END.search(title[:MAX_LENGTH])) and not _ROLE.search(named[0]):
        return title[: named.start()]
    credit = _AT_END.search(title) if "@" in title and len(title) <= MAX_LENGTH else None
    return title[: credit.start()] if credit and not _NO_PERSON.search(credit[0]) else title


def may_name_people(title: str) -> bool:
    """Whether a title has the words that names without a sign stand behind."""
    return ("ed by " in title or "for by " in title or "hanks to " in title or "kudos to " in title) and (
        len(title) <= MAX_LENGTH
    )


def drop_names(titles: Sequence[str]) -> list[str]:
    """The titles of a document's changes without the names at their ends, where release notes put them there: one title
    that ends in "@oncall" speaks of it.
    """
    ends = [_SIGNED.search(title) if "@" in title and len(title) <= MAX_LENGTH else None for title in titles]
    signed = [end if end and _names_people(end, title) else None for end, title in zip(ends, titles, strict=True)]
    count = len(signed) - signed.count(None)
    if count < MIN_SIGNED or count * 2 < len(titles):
        return list(titles)
    return [title[: end.start()] if end else title for end, title in zip(signed, titles, strict=True)]


def _names_people(credit: re.Match[str], text: str) -> bool:
    """Whether what looks like a credit is none of a title's own words, and leaves a title."""
    title = text[: credit.start()]
    return " " in title and not _NO_PERSON.search(credit[0]) and not _GOES_ON.search(title[-30:])


def is_of_release(text: str) -> bool:
    """Whether a line is what GitHub puts below a release's changes: who contributed for the first time, to a change
    that stands above, and the address of all commits.
    """
    return _OF_RELEASE.match(text[:80]) is not None
