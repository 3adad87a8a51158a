"""What an import did, or would do: the outcome of each line, and the keys that changed."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.ingest.models import ParsedDocument

OutcomeKind = Literal["new", "merged", "changed", "unsure", "refused"]
_KINDS: tuple[OutcomeKind, ...] = ("new", "merged", "changed", "unsure", "refused")
_BY_URGENCY: tuple[OutcomeKind, ...] = ("refused", "unsure", "new", "changed", "merged")
_COUNT_WORDS = {"merged": "merged with what is known", "unchanged": "known already"}


class ImportOutcome(NamedTuple):
    """What became of one line of a source."""

    kind: OutcomeKind
    key: str
    title: str
    reason: str
    source: str
    line_number: int


@dataclass(slots=True)
class ImportReport:
    """`new`, `updated` and `removed` are keys of entries; the rest is for people."""

    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()  # unnumbered entries that became part of a numbered one
    outcomes: list[ImportOutcome] = field(default_factory=list)
    unchanged: int = 0  # lines that said nothing new
    remarks: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    import_id: int | None = None  # once it is written, and when there was something to write
    silent: bool = False  # the first reading of a source: its entries are not announced

    def add(self, outcome: ImportOutcome) -> None:
        """Add an outcome."""
        self.outcomes.append(outcome)

    def add_remark(self, text: str) -> None:
        """Add how something was understood, once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def add_document(self, document: ParsedDocument) -> None:
        """Add what a reader could not read, and how it understood the rest."""
        self.sources.append(document.source)
        for problem in document.problems:
            self.add(ImportOutcome("refused", "", problem.text, problem.reason, document.source, problem.line_number))
        for remark in document.remarks:
            self.add_remark(f"{document.source}: {remark}")

    def count(self, kind: OutcomeKind) -> int:
        """The number of outcomes of a kind."""
        return sum(outcome.kind == kind for outcome in self.outcomes)

    def counts(self) -> dict[str, int]:
        """The number of outcomes of each kind, and of unchanged lines. This is stored with the import."""
        counts = Counter([outcome.kind for outcome in self.outcomes])
        return {**{kind: counts[kind] for kind in _KINDS}, "unchanged": self.unchanged}

    @property
    def has_changes(self) -> bool:
        """Whether the import changes the catalogue or the review queue."""
        return any(outcome.kind != "refused" for outcome in self.outcomes)

    def outcomes_by_urgency(self) -> list[ImportOutcome]:
        """The outcomes, those that a person should look at first: refused, unsure, new, changed, merged."""
        return sorted(self.outcomes, key=lambda outcome: _BY_URGENCY.index(outcome.kind))

    def __str__(self) -> str:
        """`3 new, 1 merged with what is known, 2 unsure`."""
        parts = [f"{number} {_COUNT_WORDS.get(kind, kind)}" for kind, number in self.counts().items() if number]
        return ", ".join(parts) or "nothing new"
