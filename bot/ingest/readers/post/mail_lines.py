"""Lines of a mail that are its writer's: what stands below a sign-off, and telephone numbers anywhere.

find_signatures(lines of "Regards,", "Ann Lee", "Ticket: 1234567", …) -> {0, 1, 2}
"""

import re
from collections.abc import Sequence

from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.headings import find_versions, is_marker
from bot.ingest.readers.post.other_numbers import says_contact
from bot.ingest.readers.post.row import ParsedRow

_SIGN_OFF = re.compile(
    r"(?:(?:with |many |kind |best |warm |friendly ){0,2}(?:regards|wishes|greetings)|cheers|sincerely|thanks"
    r"|thank you|many thanks|thanks (?:and|&) (?:kind |best )?regards|all the best"
    r"|yours(?: sincerely| faithfully| truly)?"
    r"|(?:mit )?(?:freundlichen|freundliche|viele|beste|liebe) gr(?:ü|ue)(?:ß|ss)en?|mfg|lg|cordialement|saludos"
    r"|met vriendelijke groeten?)\s?[,.!]?",
    re.IGNORECASE,
)
MAX_LENGTH = 60  # characters of such a line
MAX_SIGNATURE = 15  # lines


def find_signatures(lines: Sequence[DocumentLine], rows: Sequence[ParsedRow | None]) -> set[int]:
    """The indices of telephone numbers, and of sign-offs and what stands below them, up to the next item, heading,
    row of a table, or line that names a version or an episode. Where several changes stand there it is no signature.
    """
    found = {
        at for at, line in enumerate(lines) if line.kind == "text" and rows[at] is None and says_contact(line.text)
    }
    at = 0
    while at < len(lines):
        end = at + 1
        if _signs_off(lines[at]):
            while end < len(lines) and end - at <= MAX_SIGNATURE and _may_be_signature(lines[end], rows[end]):
                end += 1
            if sum(row is not None for row in rows[at:end]) <= 1:
                found.update(range(at, end))
        at = end
    return found


def _signs_off(line: DocumentLine) -> bool:
    return line.kind == "text" and len(line.text) <= MAX_LENGTH and _SIGN_OFF.fullmatch(line.text) is not None


def _may_be_signature(line: DocumentLine, row: ParsedRow | None) -> bool:
    """Whether a line below a sign-off may be its writer's: it begins no list, as one handed on with a mail does."""
    if line.kind != "text" or line.cells or is_marker(line) or find_versions(line.text):
        return False
    return row is None or row.version is None
