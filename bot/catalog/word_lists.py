"""The table `words`: every word of the entries, and every compound, with what it stands for.

There are far too many for a row each, which would take longer to write than the entries. So a row holds all words of
one length that begin with the same character: a line a word, with its stems behind it ("dattormm datto rmm"), sorted.
A word is asked for by length (of misspelt words) or by its beginning (of words typed half).
"""

import json
from collections.abc import Collection, Iterable

from sqlite_utils import Database

from bot.catalog.bulk import insert_rows

WordLists = dict[tuple[int, str], list[str]]  # length and first character -> lines


def group_words(lines: Iterable[str]) -> WordLists:
    """Lines by the row that they belong to, each list sorted."""
    lists: WordLists = {}
    for line in lines:
        lists.setdefault((line.index(" "), line[0]), []).append(line)
    for some in lists.values():
        some.sort()
    return lists


def add_words(db: Database, words: WordLists, compounds: WordLists) -> None:
    """Add lines, those that are there already too."""
    rows = []
    for key in sorted({*words, *compounds}):
        found = db.execute("SELECT words, compounds FROM words WHERE length = ? AND initial = ?", key).fetchone()
        known, known_compounds = found or ("", "")
        rows.append((*key, _merged(known, words.get(key)), _merged(known_compounds, compounds.get(key))))
    insert_rows(db, "INSERT OR REPLACE INTO words (length, initial, words, compounds)", rows)


def _merged(known: str, lines: list[str] | None) -> str:
    return "\n".join(sorted({*_lines(known), *lines}) if known else lines) if lines else known


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def delete_words(db: Database, stems: Collection[str]) -> None:
    """Delete all words that stand for one of these stems."""
    dead = frozenset(stems)
    for length, initial, *texts in db.execute("SELECT length, initial, words, compounds FROM words").fetchall():
        left = ["\n".join(line for line in _lines(text) if dead.isdisjoint(line.split(" ")[1:])) for text in texts]
        if left != texts:
            db.execute(
                "UPDATE words SET words = ?, compounds = ? WHERE length = ? AND initial = ?", [*left, length, initial]
            )
    db.execute("DELETE FROM words WHERE words = '' AND compounds = ''")


def read_stems_by_word(db: Database) -> dict[str, str]:
    """The stems of every word. What is a word and a compound stands for the word; what may be several compounds for the
    first.
    """
    words, compounds = list[str](), list[str]()
    for words_text, compounds_text in db.execute("SELECT words, compounds FROM words"):
        words += _lines(words_text)
        compounds += _lines(compounds_text)
    stems_by_word = dict[str, str](line.split(" ", 1) for line in reversed(compounds))
    stems_by_word |= dict[str, str](line.split(" ", 1) for line in words)
    return stems_by_word


def find_stems(db: Database, word: str) -> str | None:
    """The stems of one word, as `read_stems_by_word` has them; None where no entry has it."""
    sql = "SELECT char(10) || words || char(10) || compounds || char(10) FROM words WHERE length = ? AND initial = ?"
    row = db.execute(sql, [len(word), word[:1]]).fetchone()
    start = row[0].find(f"\n{word} ") if row else -1
    return str(row[0][start + len(word) + 2 : row[0].index("\n", start + 1)]) if start >= 0 else None


def read_words(db: Database, lengths: Iterable[int] | None = None, prefix: str = "") -> list[str]:
    """The words of these lengths (None: of all) that begin so, sorted."""
    sql = """
        SELECT length, words, compounds FROM words WHERE (?1 IS NULL OR length IN (SELECT value FROM json_each(?1)))
        AND (?2 = '' OR initial = ?2)
    """
    found = set[str]()
    for length, *texts in db.execute(sql, [None if lengths is None else json.dumps(list(lengths)), prefix[:1]]):
        for text in texts:
            found.update([line[:length] for line in _lines(text) if line.startswith(prefix)])
    return sorted(found)
