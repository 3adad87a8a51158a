"""Tries phrasings before anybody relies on them: each is asked of a copy of the catalogue that has all of them, and one
that finds another entry first, or is understood as something else than a question about one change, is no use.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.catalog.phrasings import AcceptedPhrasing, accepted_phrasings, copy_catalog, replace_phrasings
from bot.catalog.repository import Catalog
from bot.conversation.answers import ResultAnswer
from bot.conversation.interpret import interpret
from bot.search.service import SearchService
from bot.search.snapshot import SearchSnapshot

NOT_A_QUESTION = "Halobot takes it for a command or a question about Halobot itself"
ASKS_FOR_MORE = "it asks for a list, a version or a number, not for one change"
FINDS_NOTHING = "it says too little: it finds nothing, even with its own words known"


def trial_refusals(catalog: Catalog, phrasings: Sequence[AcceptedPhrasing]) -> dict[AcceptedPhrasing, str]:
    """Those of these phrasings that do not find their entry first, with the reason. The catalogue is only read."""
    if not phrasings:
        return {}
    with TemporaryDirectory(prefix="halobot-") as folder:
        copy = copy_catalog(catalog, Path(folder) / "catalog.db")
        try:
            replace_phrasings(copy, [*accepted_phrasings(copy.db), *phrasings])
            with SearchService(copy, max_cached_results=0).snapshot() as snapshot:
                reasons = {phrasing: question_refusal(snapshot, phrasing) for phrasing in phrasings}
        finally:
            copy.close()
    return {phrasing: reason for phrasing, reason in reasons.items() if reason}


def question_refusal(snapshot: SearchSnapshot, phrasing: AcceptedPhrasing) -> str:
    """Why a phrasing does not lead to its entry in this catalogue; empty when it does."""
    answer = interpret(snapshot, phrasing.text).answer
    if not isinstance(answer, ResultAnswer):
        return NOT_A_QUESTION
    query = answer.result.query
    if query.intent != "search" or query.filters:
        return ASKS_FOR_MORE
    if not answer.result.hits:
        return FINDS_NOTHING
    best = answer.result.hits[0].entry
    if best.key != phrasing.key:
        return f"it asks for {best.key} rather (“{best.title[:80]}”)"
    return ""
