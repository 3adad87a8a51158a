"""Messages of a Slack export: a list in one belongs to the version that its person named in the one before."""

import json
from typing import Any

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document

OUT = "*HaloPSA v2.356* is out:"
FIRST = "• Rules can be tested (#1161901)"
SECOND = "• :star: Rules can be copied (#1161902)\n• Rules have notes (#1161903)"


def _message(user: str, ts: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": user, "ts": ts, "text": text, **more}


def _read(*messages: dict[str, Any]) -> ParsedDocument:
    return read_document(json.dumps(messages).encode(), "general.json", "general.json")


def _versions(document: ParsedDocument) -> list[tuple[str | None, str]]:
    return [(record.number, str(record.version or "")) for record in document.records]


ALL = [("1161901", "v2.356"), ("1161902", "v2.356"), ("1161903", "v2.356")]


def test_a_list_goes_on_with_its_persons_version() -> None:
    """In a channel and in a thread, in whatever order the export has them; talk in between is left out."""
    said = [_message("U1", "1.0", OUT), _message("U2", "2.0", "great"), _message("U1", "3.0", FIRST)]
    said.append(_message("U1", "4.0", SECOND))
    for messages in (said, said[::-1]):
        document = _read(*messages)
        assert (_versions(document), document.problems) == (ALL, ())
    thread = [said[0], *(message | {"thread_ts": "1.0"} for message in said[1:])]
    assert _versions(_read(*thread)) == ALL
    assert _versions(_read(thread[0] | {"thread_ts": "1.0"}, *thread[1:])) == ALL


def test_each_version_heads_its_own_list() -> None:
    """A message with a version of its own goes on with none."""
    document = _read(
        _message("U1", "1.0", OUT), _message("U1", "2.0", FIRST), _message("U1", "3.0", f"HaloPSA v2.357\n{SECOND}")
    )
    assert _versions(document) == [ALL[0], ("1161902", "v2.357"), ("1161903", "v2.357")]


def test_other_people_and_talk_are_not_put_behind_it() -> None:
    """A number in somebody's question, or in another person's message, is told and is no change of the version."""
    document = _read(
        _message("U1", "1.0", f"{OUT}\n{FIRST}"),
        _message("U1", "2.0", "Could someone look at #1234567?"),
        _message("U2", "3.0", "• Offers fail (#1234568)"),
    )
    assert _versions(document) == ALL[:1]
    assert [problem.text for problem in document.problems] == [
        "Could someone look at #1234567?",
        "• Offers fail (#1234568)",
    ]


def test_records_with_times_are_no_messages() -> None:
    """A change that has a text and a time is read as the record that it is."""
    records = [{"id": 1161901, "title": "Rules", "text": "They can be tested.", "ts": "1.0", "version": "2.356"}]
    assert _versions(_read(*records)) == ALL[:1]


def test_a_number_in_what_is_attached_is_told() -> None:
    """A preview or a field with a number that the message has not is told; the message's own words again are not."""
    fields = [{"title": "Change", "value": "Rules have notes (#1161903)"}]
    shown = [{"type": "rich_text", "elements": [{"type": "text", "text": FIRST}]}]
    first = _message("U1", "1.0", f"{OUT}\n{FIRST}", attachments=[{"fields": fields}], blocks=shown)
    document = _read(first, _message("U1", "2.0", "See the list", attachments=[{"text": "Rules #1161904"}]))
    assert _versions(document) == ALL[:1]
    assert [problem.text for problem in document.problems] == ["Rules have notes (#1161903)", "Rules #1161904"]
