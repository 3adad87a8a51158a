"""Judges the end state: what stands in Slack and what the databases have, against what arrived and what was
acknowledged. Pure.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

POST, ANSWER = "halobot_post", "halobot_answer"
_KEY = re.compile(r"#(\d+)")


class Posted(NamedTuple):
    """A message of the bot's: what its metadata says, and what can be read."""

    event_type: str
    payload: Mapping[str, Any]
    text: str


class Failed(NamedTuple):
    """An edition or a watch message that ended as failed."""

    entries: Collection[str]
    is_named: bool  # its owner was told
    is_unknown: bool  # because Slack could not tell


@dataclass
class Verdict:
    """What is wrong, in words, and what is excused, in numbers."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    told: int = 0  # entries told to a channel or a person
    done: int = 0  # acknowledged acts that are done
    refused: int = 0  # acknowledged acts whose person was told that they are not
    ended: int = 0  # editions that Slack refused for good, and named
    unknown: int = 0  # editions of which Slack could not tell, and named

    @property
    def well(self) -> bool:
        """Whether nothing is lost, doubled or unnamed."""
        return not (self.lost or self.doubled or self.unnamed)


def told_entries(messages: Iterable[Posted], to_person: bool) -> tuple[Counter[str], int]:
    """How often each entry was told by these messages of one conversation, and how many parts are there twice."""
    editions: dict[str, dict[int, list[str]]] = {}
    for message in messages:
        if message.event_type == POST:
            parts = editions.setdefault(str(message.payload["nonce"]), {})
            parts.setdefault(int(message.payload["part"]), []).append(message.text)
    told: Counter[str] = Counter()
    for parts in editions.values():
        # A digest's first part has only the best of what its thread has; a person's has what its thread has not.
        listed = [texts[0] for part, texts in sorted(parts.items()) if part or to_person or len(parts) == 1]
        told.update({key for text in listed for key in _KEY.findall(text)})
    return told, sum(len(texts) - 1 for parts in editions.values() for texts in parts.values())


def judge_telling(
    verdict: Verdict, who: str, expected: Collection[str], messages: Iterable[Posted], failed: Collection[Failed]
) -> None:
    """Everything that arrived is told exactly once to this channel or person, unless it was named to the owner."""
    told, copies = told_entries(messages, to_person=who.startswith("U"))
    excused = {key for one in failed if one.is_named for key in one.entries}
    if copies:
        verdict.doubled.append(f"{who}: {copies} parts are there twice")
    lost = [key for key in expected if not told[key] and key not in excused]
    twice = [key for key in told if told[key] > 1 and key not in excused]
    verdict.lost += [f"{who}: {lost}"] if lost else []
    verdict.doubled += [f"{who}: {twice}"] if twice else []
    verdict.unnamed += [f"{who}: {sorted(one.entries)}" for one in failed if not one.is_named]
    verdict.ended += sum(one.is_named and not one.is_unknown for one in failed)
    verdict.unknown += sum(one.is_unknown for one in failed)
    verdict.told += sum(told[key] == 1 for key in expected)


def judge_acts(verdict: Verdict, what: str, done: Mapping[str, int], told: Collection[str]) -> None:
    """`done`: how often each acknowledged act was done, by who did it; `told`: people who heard that theirs was not."""
    for who, times in done.items():
        if times > 1:
            verdict.doubled.append(f"{what} of {who}: {times} times")
        elif not times and who not in told:
            verdict.lost.append(f"{what} of {who}")
        verdict.done += times == 1
        verdict.refused += not times and who in told


def posted(message_json: Mapping[str, Any], metadata: Mapping[str, Any] | None) -> Posted:
    """A message as the stand-in keeps it."""
    metadata = metadata or {}
    text = json.dumps([message_json.get("text", ""), message_json.get("blocks", [])], ensure_ascii=False)
    return Posted(str(metadata.get("event_type", "")), metadata.get("event_payload") or {}, text)
