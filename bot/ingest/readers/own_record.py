"""What another Halobot's feed says of a change, field by field, so that nothing of it has to be read out of prose.

    {"key": "794180", "kind": "feature", "title": "Budgets per phase", "version": "2.206",
     "mentions": [{"episode": 13, "at": "1:48", "url": "https://example.com/13"}]}
    -> [Record("794180", "Budgets per phase", version=Version(2, 206), mention=Mention(13, "1:48"), …)]

It is text from outside as any other: what is malformed is left out, and all of it has limits. The impact and the
names of a change are not read: an import finds them in the text, as with every other source.
"""

import json
import re
from typing import Any

from bot.catalog.models import Episode, Mention, Version
from bot.ingest.models import ParsedDocument, Record

MAX_RECORD = 200_000  # characters
MAX_TEXT = 20_000  # characters of a field
MAX_MENTIONS = 50
ONLY_CHANGES = "Answers and guides of another Halobot are not taken over: only its changes are."
_NUMBER = re.compile(r"\d{4,9}")
_MINUTE = re.compile(r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d")


def read_own_record(text: str, source: str) -> ParsedDocument | None:
    """The change of a record as JSON; a document without records for an answer or a guide, None for anything else."""
    try:
        fields = json.loads(text) if len(text) <= MAX_RECORD else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or not _text(fields, "title") or not _text(fields, "key"):
        return None
    if fields.get("kind") != "feature":
        return ParsedDocument(source, remarks=(ONLY_CHANGES,))
    given = fields.get("mentions")
    mentions = [one for one in map(_mention, given[:MAX_MENTIONS] if isinstance(given, list) else []) if one]
    key, version = _text(fields, "key"), _version(fields.get("version"))
    possible = fields.get("possible_versions")
    record = Record(
        number=key if _NUMBER.fullmatch(key) else None,
        title=_text(fields, "title"),
        summary=_text(fields, "summary") or _text(fields, "answer"),
        caution=_text(fields, "caution") or None,
        highlighted=fields.get("highlighted") is True,
        version=version,
        possible_versions=tuple(filter(None, map(_version, possible[:5] if isinstance(possible, list) else []))),
        area=_text(fields, "area")[:200] or None,
        mention=mentions[0][0] if mentions else None,
        line_number=1,
        lines=(_text(fields, "title"),),
    )
    more = [
        Record(record.number, record.title, version=version, mention=mention, line_number=1, lines=record.lines)
        for mention, _ in mentions[1:]
    ]
    episodes = [Episode(mention.episode, url) for mention, url in mentions if url]
    return ParsedDocument(source, (record, *more), episodes=tuple(dict.fromkeys(episodes)))


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value.strip()[:MAX_TEXT] if isinstance(value, str) else ""


def _version(value: object) -> Version | None:
    try:
        return Version.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _mention(value: object) -> tuple[Mention, str] | None:
    """An episode's minute, and the address of its page."""
    if not isinstance(value, dict) or type(number := value.get("episode")) is not int or not 0 < number < 10_000:
        return None
    at, url = value.get("at"), value.get("url")
    is_page = isinstance(url, str) and url.startswith(("https://", "http://")) and len(url) < 2_000
    is_minute = isinstance(at, str) and _MINUTE.fullmatch(at)
    return Mention(number, str(at) if is_minute else None), str(url) if is_page else ""
