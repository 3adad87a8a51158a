"""The things that Halo keeps: tickets, invoices, assets. Pure.

Who asks how to merge duplicate tickets is not answered by a change that merges duplicate assets, however much of the
question it has: what the change is about is something else. Of these words it matters more than of others that an entry
has none of them: see `bot.search.confidence`. "Integration" is none of them: who asks for the Slack integration is
answered by a change of what Slack is told.
"""

from collections.abc import Sequence

from bot.search.models import Term
from bot.search.scoring import Score
from bot.text import stem

THINGS = frozenset(
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


def share_of_lacking_things(terms: Sequence[Term], score: Score) -> float:
    """Of the things that a question names, the share that the entry with this score has by no word for them, 0 to 1."""
    found = zip(terms, score.weighted_lines, strict=False)  # none where nothing is searched for
    lacking = [not lines for term, lines in found if stem(term.word) in THINGS]
    return sum(lacking) / len(lacking) if lacking else 0.0
