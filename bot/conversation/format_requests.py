"""Recognises requests for the last answer in another format: as a file, a table or a plain list. Pure."""

from bot.search.marked_pattern import MarkedPattern
from bot.text import words

MAX_WORDS = 14
_EXPORTING = frozenset("export exporting exported download downloaded".split())
_COPYING = frozenset("save print printout email mail copy send get have give put turn convert make paste".split())
_FORMATS = frozenset("excel csv xls xlsx spreadsheet spreadsheets pdf docx markdown json tsv html powerpoint".split())
_WEAK_FORMATS = frozenset("sheet sheets file document doc word table text".split())  # only with a word for the answer
_THE_ANSWER = frozenset("it them that this these those list lot all results result answer changes checklist".split())
_AROUND = frozenset(
    """
    please pls can could may i id you we want need would like to let me us how do is there a an the as in into for of
    from my our whole full complete entire google format version now also and ok okay thanks possible way here out
    """.split()
)
_ALL_WORDS = _EXPORTING | _COPYING | _FORMATS | _WEAK_FORMATS | _THE_ANSWER | _AROUND
_AS_LIST = MarkedPattern(
    r"(?:(?:show|give|see|have|put|can|could|i|you|me|us|it|them|that|this|these|those|all|want|just) ){0,6}"
    r"(?:(?:as|in) (?:a |an )?(?:(?:simple|plain|bulleted|bullet|flat|normal) )?(?:list|bullets|bullet points)"
    r"|(?:list|bullet) (?:view|form|points))",
    "list bullet",
)


def asks_for_file(text: str) -> bool:
    """Whether a text asks for the last answer as a file or a table: "export to excel", "can I have that as csv"."""
    typed = words(text)
    if not typed or len(typed) > MAX_WORDS or not _ALL_WORDS.issuperset(typed):
        return False
    refers = not _THE_ANSWER.isdisjoint(typed)
    is_linked = not {"as", "in", "into", "to"}.isdisjoint(typed)
    copied = not {"print", "email", "mail", "copy", "save"}.isdisjoint(typed)
    if not _EXPORTING.isdisjoint(typed):
        return True
    if not _FORMATS.isdisjoint(typed):
        return refers or is_linked or not copied  # "html email" is something of Halo's
    return (not _WEAK_FORMATS.isdisjoint(typed) and is_linked) or (refers and copied)


def may_be_a_question(text: str) -> bool:
    """Whether a text that asks for another form may as well ask for changes: "csv export" and "list view" have no word
    that speaks of an answer.
    """
    return (_THE_ANSWER - {"list"} | _AROUND).isdisjoint(words(text))


def asks_as_list(text: str) -> bool:
    """Whether a text asks for the last answer as a plain list."""
    return _AS_LIST.fullmatch(text) is not None
