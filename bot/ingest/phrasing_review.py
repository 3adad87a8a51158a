"""Proposals for entries: checked, kept for a person to decide, and what was accepted brought into the catalogue.

Whoever proposes (a worksheet, a language model, a question that an answer helped), the same rules hold, and nothing
reaches the catalogue before a person has accepted it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.catalog.models import Entry
from bot.catalog.phrasings import AcceptedPhrasing, phrasings_by_key, replace_phrasings
from bot.catalog.provenance import source_lines_of
from bot.catalog.repository import Catalog
from bot.errors import SourceError
from bot.ingest.accepted_fields import apply_fields, wanted_field
from bot.ingest.phrasing_rules import PhrasingRules, clean_phrasing, rules_for
from bot.ingest.phrasing_trial import trial_refusals
from bot.ingest.worksheet import UnreadLine, checked_field
from bot.search.service import SearchService
from bot.storage.models import Proposal, ProposalDraft, ProposalState
from bot.storage.proposals import Proposals

NO_SUCH_ENTRY = "there is no entry with this key"
KNOWN_REASONS: dict[ProposalState, str] = {
    "open": "it waits already",
    "accepted": "it was accepted before",
    "dismissed": "it was dismissed before, for good",
}
MAX_OPEN_QUESTIONS = 500  # proposals from questions that wait; more come when some are decided


class DroppedDraft(NamedTuple):
    """A draft that is not proposed, and why."""

    draft: ProposalDraft
    reason: str


@dataclass(slots=True)
class ProposalReport:
    """What became of drafts."""

    ids: tuple[int, ...] = ()  # of the proposals that wait for a person
    dropped: list[DroppedDraft] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)

    def __str__(self) -> str:
        """`25 wait for review, 3 dropped, 1 not read`."""
        waits = f"{len(self.ids)} wait{'s' if len(self.ids) == 1 else ''} for review"
        parts = [waits, f"{len(self.dropped)} dropped", f"{len(self.unread)} not read"]
        return ", ".join(part for part in parts if not part.startswith("0 ")) or "nothing to propose"


class EntryRules:
    """The rules of each entry, made when they are first asked for."""

    def __init__(self, catalog: Catalog, keys: Iterable[str], waiting: Iterable[Proposal] = ()) -> None:
        keys = list(dict.fromkeys(keys))
        self.entries = {entry.key: entry for entry in catalog.entries(keys)}
        self.areas = tuple(catalog.areas())
        self._glossary = catalog.glossary()
        with SearchService(catalog).snapshot() as snapshot:
            self._known_words = snapshot.vocabulary.stems_by_word
        self._taken = {key: list(texts) for key, texts in phrasings_by_key(catalog.db).items() if key in self.entries}
        for proposal in waiting:
            if proposal.field == "phrasing" and proposal.key in self._taken:
                self._taken[proposal.key].append(proposal.text)
        self._lines: dict[str, list[str]] = {}
        for line in source_lines_of(catalog.db, keys):
            self._lines.setdefault(line.key, []).append(line.text)
        self._rules: dict[str, PhrasingRules] = {}

    def of(self, entry: Entry) -> PhrasingRules:
        """The rules for an entry's phrasings."""
        if entry.key not in self._rules:
            lines, taken = self._lines.get(entry.key, ()), self._taken.get(entry.key, ())
            self._rules[entry.key] = rules_for(entry, lines, taken, self._glossary, self._known_words)
        return self._rules[entry.key]


def check_drafts(
    catalog: Catalog, drafts: Iterable[ProposalDraft], waiting: Iterable[Proposal] = (), trial: bool = True
) -> tuple[list[ProposalDraft], list[DroppedDraft]]:
    """The drafts that may be proposed, cleaned, and those that may not, with the reason. Writes nothing.

    `waiting`: proposals that are open. `trial`: whether each phrasing is also asked, to see which entry it finds.
    """
    drafts = list(drafts)
    rules = EntryRules(catalog, (draft.key for draft in drafts), waiting)
    kept: list[ProposalDraft] = []
    dropped: list[DroppedDraft] = []
    for draft in drafts:
        entry = rules.entries.get(draft.key)
        cleaned: ProposalDraft | None
        cleaned, reason = _check(draft, entry, rules) if entry else (draft, NO_SUCH_ENTRY)
        if cleaned is None:  # says what the entry says already
            continue
        if reason:
            dropped.append(DroppedDraft(draft, reason))
        else:
            kept.append(cleaned)
    if trial:
        asked = [_as_phrasing(draft) for draft in kept if draft.field == "phrasing"]
        refusals = trial_refusals(catalog, asked)
        dropped += [DroppedDraft(draft, why) for draft in kept if (why := refusals.get(_as_phrasing(draft)))]
        kept = [draft for draft in kept if draft.field != "phrasing" or _as_phrasing(draft) not in refusals]
    return kept, dropped


def _check(draft: ProposalDraft, entry: Entry, rules: EntryRules) -> tuple[ProposalDraft | None, str]:
    """A draft as it would be proposed, and why it may not be. None where it says what the entry says already."""
    if draft.field == "phrasing":
        draft = draft._replace(text=clean_phrasing(draft.text))
        return draft, rules.of(entry).refusal(draft.text)
    text, reason = checked_field(draft, rules.areas)
    if not reason and draft.field == "summary":
        reason = rules.of(entry).summary_refusal(text)
    if reason:
        return draft, reason
    return wanted_field(draft._replace(text=text), entry)


def _as_phrasing(draft: ProposalDraft) -> AcceptedPhrasing:
    return AcceptedPhrasing(draft.key, draft.text, draft.origin)


def propose(
    catalog: Catalog, store: Proposals, drafts: Iterable[ProposalDraft], actor: str, now: float, undoable: bool = True
) -> ProposalReport:
    """Check drafts and keep those that pass for a person to decide. `undoable`: whether a person did it."""
    kept, dropped = check_drafts(catalog, drafts, store.find(states=("open",)))
    added = store.add(kept, actor, now, undoable)
    dropped += [DroppedDraft(draft, KNOWN_REASONS[state]) for draft, state in added.known]
    return ProposalReport(added.ids, dropped)


def propose_question(catalog: Catalog, store: Proposals, question: str, key: str, now: float) -> int:
    """Propose a question that an answer helped as a phrasing of the entry that it found. Returns how many proposals
    came of it: one, or none where a rule says no or it was proposed before.
    """
    if store.count("open", "question") >= MAX_OPEN_QUESTIONS:
        return 0
    draft = ProposalDraft(key, "phrasing", question, "question")
    kept, _ = check_drafts(catalog, [draft], trial=False)
    kept = [draft._replace(text=draft.text.lower()) for draft in kept]
    return len(store.add(kept, "", now, undoable=False).ids)


# -- decisions --------------------------------------------------------------------------------------------------------


class ReviewDesk(NamedTuple):
    """Where proposals are decided on: each decision is stored, and is in the next answer."""

    catalog: Catalog
    store: Proposals
    before_write: Callable[[Sequence[Entry]], None] | None = None

    def accept(self, ids: Sequence[int], actor: str, now: float) -> list[Proposal]:
        """Accept open proposals. Returns those that were accepted. Raises SourceError where one is not there, and
        where a person wrote what a model would replace.
        """
        found = self._existing(ids)
        for proposal in found:
            self._refuse_over_person(proposal)
        return self._decide([p.id for p in found if p.state == "open"], "accepted", actor, now)

    def dismiss(self, ids: Sequence[int], actor: str, now: float) -> list[Proposal]:
        """Dismiss proposals for good, open or accepted ones. Raises SourceError where one is not there."""
        return self._decide([proposal.id for proposal in self._existing(ids)], "dismissed", actor, now)

    def edit(self, proposal_id: int, text: str, actor: str, now: float) -> Proposal:
        """Give an open proposal other words, which the same rules have to let pass. Raises SourceError where they do
        not.
        """
        (proposal,) = self._existing([proposal_id])
        if proposal.state != "open":
            raise SourceError(
                f"Proposal {proposal_id} was {proposal.state} already. `halobot phrasings undo` reopens it."
            )
        draft = ProposalDraft(proposal.key, proposal.field, text, "person", actor)
        others = [other for other in self.store.find(states=("open",)) if other.id != proposal_id]
        kept, dropped = check_drafts(self.catalog, [draft], others)
        if not kept:
            reason = dropped[0].reason if dropped else "the entry says that already"
            raise SourceError(f"“{text[:100]}” is not taken: {reason}. Nothing was changed.")
        if not self.store.edit(proposal_id, kept[0].text, actor, now):
            raise SourceError(f"“{text[:100]}” is not taken: the same was proposed before. Nothing was changed.")
        return self.store.find(ids=[proposal_id])[0]

    def undo(self) -> str:
        """Take the last decision, edit or import of proposals back. Returns what it was, as a sentence."""
        undone = self.store.undo_last()
        if undone is None:
            raise SourceError("There is no decision on phrasings to take back.")
        self.apply()
        what = {"accept": "accepted", "dismiss": "dismissed", "edit": "edited", "import": "proposed"}[undone.action]
        return f"Took back what was {what} last: {undone.proposal_count} of them."

    def apply(self) -> int:
        """Bring the catalogue to what is accepted. Returns how many phrasings and fields changed."""
        accepted = self.store.accepted()
        phrasings = [AcceptedPhrasing(p.key, p.text, p.origin) for p in accepted if p.field == "phrasing"]
        changed = replace_phrasings(self.catalog, phrasings)
        return changed + apply_fields(self.catalog, [p for p in accepted if p.field != "phrasing"], self.before_write)

    def _existing(self, ids: Sequence[int]) -> list[Proposal]:
        found = self.store.find(ids=ids)
        if missing := set(ids) - {proposal.id for proposal in found}:
            raise SourceError(f"There is no proposal {min(missing)}. `halobot phrasings review` lists them.")
        return found

    def _refuse_over_person(self, proposal: Proposal) -> None:
        if proposal.field == "phrasing" or proposal.origin == "person":
            return
        for other in self.store.accepted([proposal.key]):
            if other.field == proposal.field and other.origin == "person":
                raise SourceError(
                    f"Proposal {proposal.id} is a model's {proposal.field}, and a person wrote the one that "
                    f"{proposal.key} has. Dismiss proposal {other.id} first, if you want the model's."
                )

    def _decide(self, ids: Sequence[int], state: ProposalState, actor: str, now: float) -> list[Proposal]:
        decided = self.store.decide(ids, state, actor, now) if ids else []
        self.apply()
        return decided
