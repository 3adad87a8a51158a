"""Whether a document that begins with a bracket is JSON, or a text such as a ticket's label at its very start.

begins_as_json('[{"id": 794180,')            -> True, whatever stands further on
begins_as_json("[Release] HaloPSA v2.229")   -> False
begins_as_json("[[794180]](/t) Budgets")     -> False: JSON ends after the brackets, and words follow
"""

import json

LOOKED_AT = 4_000  # characters of a document; what is broken further on is broken JSON
_FIRST_CHARACTERS = 40  # a value that breaks in these, and has no object in it yet, is none
_MAX_VALUES = 20  # lists of numbers in brackets, one behind the other
_DECODER = json.JSONDecoder()


def begins_as_json(text: str) -> bool:
    """Whether a text that begins with `[` or `{` is JSON, broken or not. Only its beginning is looked at."""
    start = text[:LOOKED_AT]
    for _ in range(_MAX_VALUES):
        try:
            value, end = _DECODER.raw_decode(start)
        except RecursionError:
            return True
        except json.JSONDecodeError as error:
            return _is_broken_json(start, error)
        if isinstance(value, dict) or any(isinstance(item, dict) for item in value):
            return True
        rest = start[end:].strip()
        if not rest:
            return True
        if rest[0] not in "[{":
            return False
        start = rest
    return True


def _is_broken_json(start: str, error: json.JSONDecodeError) -> bool:
    """Whether JSON has begun before its error: an object with a quoted name, or more than the first characters."""
    if start[0] == "{" or "{" in start[: error.pos]:
        return start.partition("{")[2].lstrip()[:1] in ('"', "'", "}")
    is_open = error.msg.startswith(("Unterminated", "Invalid control"))  # a quote that a text has for itself
    at = start.rfind('"', 0, error.pos + 1) if is_open else error.pos
    return at >= _FIRST_CHARACTERS
