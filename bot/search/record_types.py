"""The types of records that HaloPSA keeps: tickets, invoices, assets. Pure.

A question about merging duplicate tickets is not answered by a change that merges duplicate assets, even if the change
has all the other words of the question. So it counts against an answer when the entry has no word for a record type
that the question names: see `bot.search.confidence`. "Integration" is not in the list: a question about the Slack
integration is answered by any change that concerns Slack.
"""

from collections.abc import Sequence

from bot.search.models import Term
from bot.search.scoring import Score
from bot.text import stem

RECORD_TYPES = frozenset(
    map(
        stem,
        "agent agreement api appointment approval article asset attachment budget calendar call campaign category chart"
        " chat client column contact contract credit currency customer dashboard device document email expense export"
        " faq field filter form holiday import invoice item knowledge lead licence license milestone note"
        " notification opportunity order payment permission phone portal priority product profile project purchase"
        " queue quotation quote recurring reminder report role runbook shift site sla sms status stock subscription"
        " supplier survey task tax team template ticket timesheet user vendor view webhook workflow".split(),
    )
)


def share_of_missing_types(terms: Sequence[Term], score: Score) -> float:
    """Of the record types that a question names, the share that the entry with this score has no word for, 0 to 1."""
    found = zip(terms, score.weighted_lines, strict=False)  # empty when nothing is searched for
    missing = [not lines for term, lines in found if stem(term.word) in RECORD_TYPES]
    return sum(missing) / len(missing) if missing else 0.0
