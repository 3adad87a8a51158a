"""What an intake did, or would do: for the table that a person reads, and for what goes on from there."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.ingest.models import ParsedDocument

OutcomeKind = Literal["new", "merged", "changed", "unsure", "refused"]


class ImportOutcome(NamedTuple):
    """One line of the table."""

    kind: OutcomeKind
    key: str
    title: str
    reason: str
    source: str
    line_number: int


@dataclass(slots=True)
class ImportReport:
    """`new`, `updated` and `removed` are keys of the catalogue; the rest is for people."""

    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()  # unnumbered ones that became part of a numbered change
    outcomes: list[ImportOutcome] = field(default_factory=list)
    unchanged: int = 0  # lines that said nothing new
    remarks: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    import_id: int | None = None  # of the intake, once it is written
    silent: bool = False  # the first reading of a source: known from now on, but no news

    def add(self, outcome: ImportOutcome) -> None:
        """Note one outcome."""
        self.outcomes.append(outcome)

    def add_remark(self, text: str) -> None:
        """Note how something was understood, once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def add_document(self, reading: ParsedDocument) -> None:
        """Note what a reader could not read, and how it understood the rest."""
        self.sources.append(reading.source)
        for problem in reading.problems:
            self.add(ImportOutcome("refused", "", problem.text, problem.reason, reading.source, problem.line_number))
        for remark in reading.remarks:
            self.add_remark(f"{reading.source}: {remark}")

    def count(self, kind: OutcomeKind) -> int:
        """How many outcomes of a kind there are."""
        return sum(outcome.kind == kind for outcome in self.outcomes)

    def counts(self) -> dict[str, int]:
        """How many of each kind, as it is kept with the intake."""
        kinds: tuple[OutcomeKind, ...] = ("new", "merged", "changed", "unsure", "refused")
        return {**{what: self.count(what) for what in kinds}, "unchanged": self.unchanged}

    def __str__(self) -> str:
        said = [f"{number} {what}" for what, number in self.counts().items() if number]
        return ", ".join(said) if said else "nothing new"
