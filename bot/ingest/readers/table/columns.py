"""Which column of a table holds which field, by the names that people give to columns, and by what is in them.

map_columns(["Halo ID", "What changed", "Release", "Episode time"])
-> {"number": (0,), "title": (1,), "version": (2,), "at": (3,)}
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.catalog.models import VERSION_PATTERN
from bot.ingest.readers.table.by_values import OTHER_FIELDS, OTHER_TIMES, add_columns_by_values, column_values, folded
from bot.ingest.readers.table.levels import find_levels
from bot.ingest.readers.table.own_numbers import has_halo_numbers, holds_other_ids
from bot.ingest.readers.table.sheet import MAX_COLUMNS
from bot.ingest.readers.table.values import NO, YES

# Field -> what its column is called, the likeliest first; without spaces and signs, in lower case.
COLUMNS: dict[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "number": "haloid halonumber haloticket haloref changeid changenumber featureid featurenumber releasenoteid"
        " number issuekey key id ticketid ticket ticketnumber ticketno issue workitem workitemid itemid ref reference"
        " no nr num hash nummer numero numer vorgangsschlussel vorgangsid vorgang ticketnummer anderungsnummer"
        " identifiant iid identifier identificador codigo codice kennung issueid",
        "version": "version haloversion release releaseversion versionnumber releasename halorelease ver fixversion"
        " fixversions availablein releasedin introducedin fixedin sinceversion since build versie losungsversion"
        " losungsversionen losungsversions korrekturversion versione rel vers",
        "title": "title change feature name subject headline shortdescription featurename changetitle heading"
        " enhancement improvement titel titre titulo titolo betreff"
        " bezeichnung naam nombre nome intitule nom zusammenfassung resume resumen asunto objet oggetto"
        " onderwerp samenvatting anderung wijziging whatchanged whatsnew update item"
        " releasenote note",
        "summary": "summary description details detail desc changeinformation longdescription body text content"
        " explanation moreinformation information whatitdoes notes releasenotes comment comments beschreibung"
        " omschrijving descripcion descrizione",
        "area": "area category module section group component components releasenotegroupname productarea areapath"
        " type topic kategorie bereich categorie categoria",
        "tags": "tags labels flags keywords tag label flag etiketten etiquettes etiquetas stichworter",
        "highlighted": "highlighted highlight highlights important releaseimportant featured major keyfeature starred"
        " mustknow wichtig belangrijk importante hervorgehoben uitgelicht destacado misenavant"
        " hl",
        "caution": "caution cautions warning warnings testfirst headsup gotcha gotchas care risk risks becareful"
        " watchout knownissue knownissues knownlimitation knownlimitations knownproblem knownproblems caveat caveats"
        " beware achtung warnung vorsicht attention atencion attenzione letop atester sandboxfirst tryfirst"
        " pilotfirst uatfirst testinsandbox testinsandboxfirst",
        "episode": "episode ep episodenumber podcast podcastepisode episodeno folge aflevering",
        "at": "at minute timestamp ts time starttime episodetime timecode watchat minuut",
        "seconds": "seconds timestampseconds startseconds secondsin",
        "status": "status state resolution statusname statename resolutionname",
        "mentions": "mentions",
        "names": "names exactnames",
        "kind": "kind",
        "possible_versions": "possibleversions",
    }.items()
}
_RANK_BY_NAME = {name: (field, rank) for field, names in COLUMNS.items() for rank, name in enumerate(names)}
# Titles that are a summary where a table has a better one.
_SUMMARY_LIKE = frozenset("whatchanged whatsnew update releasenote note".split())
# Summaries that are a title where a table has no other: Jira's "Summary" stands beside a "Description".
_TITLE_LIKE = frozenset(
    "summary description details detail desc text whatitdoes notes releasenotes information content".split()
)


class _Guess(NamedTuple):
    """A field that a name with one of these words means, unless it has one of the others."""

    field: str
    words: frozenset[str]
    unless: frozenset[str]
    only_with: frozenset[str] | None = None  # the name has no other words than these; None: any


_OF_A_CHANGE = (
    "halo halopsa psa change feature release note notes ticket issue item work update enhancement request bug"
)
_OF_A_CHANGE += " improvement story case entry record tracking reference unique official our the of a new what is s"

# For names that are not in COLUMNS; the first that fits counts.
_GUESSES = tuple(
    _Guess(field, frozenset(words.split()), frozenset(unless.split()),
           frozenset(f"{words} {only_with}".split()) if only_with else None)
    for field, words, unless, only_with in (
        ("caution", "caution cautions warning warnings risk risks careful achtung vorsicht warnung attention"
         " precaucion waarschuwing avertissement", "", ""),
        ("caution", "test testen testing tester probar", "",
         "first before needed required advised recommended zuerst vorher eerst abord primero to do must needs"
         " you enabling enable using use switching switch turning turn rolling rollout it this on out"),
        ("highlighted", "highlighted highlight highlights important importance major must impactful featured notable"
         " star starred key wichtig highlights belangrijk importante", "area name id number issue by", ""),
        ("seconds", "seconds secs sec", "", ""),
        ("at", "timestamp timestamps timecode minute minutes min mins mm time when mark video watch clip youtube zeit"
         " tijd",
         "release released saved zone estimate spent resolution response updated created closed due", ""),
        ("episode", "episode ep podcast show where folge aflevering", "title name", ""),
        ("number", "number no nr num id ref reference key code ticket case nummer numero", "version date",
         f"{_OF_A_CHANGE} # der anderung de van first second third"),
        ("version", "version versions release released introduced available shipped build versie versione",
         "notes note affects affected previous old api app file schema by", ""),
        ("tags", "tag tags label labels", "version versions name count", ""),
        ("area", "area module category section component topic team", "", ""),
        ("summary", "summary description details detail explanation does notes note why benefit benefits information"
         " means meaning matters remark remarks"
         " info text body comment comments", "internal", ""),
        ("title", "anderung neuerung funktion beschreibung titel titre titulo titolo wijziging omschrijving neu"
         " nouveaute modification cambio novedad", "", "der die das kurze kurz de la le of anderung was ist"),
        ("title", "title feature change name headline what update enhancement subject item", "",
         f"{_OF_A_CHANGE} card task short full display public name changed new different differs"),
    )
)  # fmt: skip
# Columns whose name is a sign.
_SIGNS = {
    sign: field
    for field, signs in (("highlighted", "★☆⭐🌟🔥❗✨"), ("caution", "⚠🚧🛑"), ("at", "⏱🕐🎬📺▶"))
    for sign in signs
}
_FLAG_GROUPS = frozenset("flags marks markers options properties attributes meta metadata".split())  # objects of flags
_GUESSED_RANK = 100  # a guessed name comes after every one that is known
_MAX_NAME = 60  # characters of a column's name
# What programs put around a field's name: Jira's exports "Custom field (Test first)", ClickUp's "Halo ID (number)",
# Azure DevOps "System.Title", ServiceNow "u_halo_id", Salesforce "Halo_ID__c".
_AROUND_NAME = (
    re.compile(
        r"\s*(?:custom field|benutzerdefiniertes feld|champs? personnalisés?|campo personalizado|aangepast veld)"
        r" \((.+)\)\s*",
        re.IGNORECASE,
    ),
    re.compile(
        r"\s*(.+\S) ?[(\[](?:short text|long text|text|txt|checkbox|check box|drop ?down|list|number|int|labels?|url"
        r"|yes/no)[)\]]\s*",
        re.IGNORECASE,
    ),
    re.compile(r"(?:System|Custom|Microsoft\.VSTS(?>(?:\.\w{1,30}){0,3}))\.(\w+)"),
    re.compile(r"u_(\w+)"),
    re.compile(r"(\w+)__c"),
)
MAX_HEADER_ROW = 30  # rows that are looked at for a header
# What the values of a column have to look like; where no candidate's do, the name alone decides.
_VALUES = {
    "number": re.compile(r"(?:[a-z][a-z0-9_]{0,14}\W{1,3}|[a-z]{1,12})?(?:#\s?)?\d[\d,.' ]{2,10}\d", re.IGNORECASE),
    "version": re.compile(rf"\D{{0,20}}{VERSION_PATTERN.replace('(', '(?:')}(?!\d)(?![-/]\d).{{0,40}}", re.DOTALL),
    "at": re.compile(r"\D{0,10}\d{1,3}\s?[:hm'.].*|0\.\d+", re.IGNORECASE | re.DOTALL),
    "seconds": re.compile(r"\d{1,5}(?:\.\d{1,6})?"),
    "episode": re.compile(r"\D{0,40}\d{1,3}(?![\d:]).*", re.DOTALL),
}
_SMALL_NUMBER = re.compile(r"\d{1,3}(?:\.0+)?")
_GIVES_UP = frozenset(("number", "version", "at", "seconds", "episode"))  # where a guessed name is not enough


class _Candidate(NamedTuple):
    """A column that may hold a field."""

    rank: int
    column: int
    name: str


def map_columns(names: Sequence[Any], rows: Sequence[Sequence[Any]] = ()) -> dict[str, tuple[int, ...]]:
    """Field -> the columns that hold it, by their names and by what `rows` below them have; the likeliest where several
    would do, or several of one name, of which a row fills one.

    A table with a summary and no title has its title there.
    """
    candidates: dict[str, list[_Candidate]] = {}
    own_names = [_own_name(str(name or "")[: 2 * _MAX_NAME]) for name in names]
    for column, name in enumerate(own_names):
        if meaning := _interpret(name):
            candidates.setdefault(meaning[0], []).append(_Candidate(meaning[1], column, _plain(name)))
    _move_flags(candidates, rows)
    _move_numbers(candidates, rows)
    _move_title(candidates)
    mapping = {}
    for field, found in candidates.items():
        if chosen := _choose(field, sorted(found), rows):
            mapping[field] = chosen
    if levels := find_levels(own_names, rows):
        mapping["title"] = levels
    if "title" in mapping:
        add_columns_by_values(mapping, own_names, rows)
    if "seconds" not in mapping and _counts_seconds(mapping.get("at", ()), own_names, rows):
        mapping["seconds"] = mapping.pop("at")
    return mapping


def _counts_seconds(columns: Sequence[int], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a column says when something starts, in seconds: `{"startTime": 368}`."""
    if len(columns) != 1 or _plain(names[columns[0]]) != "starttime":
        return False
    values = column_values(rows, columns[0])
    return bool(values) and all(map(_VALUES["seconds"].fullmatch, values))


def find_header(rows: Sequence[Sequence[Any]]) -> int | None:
    """The row that names the columns, a title among them: of the first rows the one that names the most."""
    best, most = None, 1
    named = [count_header_fields(row) for row in rows[:MAX_HEADER_ROW]]
    for at, fields in enumerate(named):
        if fields > most:
            best, most = at, fields
    if best is None:  # what stands below a title alone may say which columns hold numbers and versions
        titled = (at for at, fields in enumerate(named) if fields and len(rows[at]) > 1)
        best = next(
            (at for at in titled if {"number", "version"} & map_columns(rows[at], rows[at + 1 :][:50]).keys()), None
        )
    return best


def lacks_titles(row: Sequence[Any]) -> bool:
    """Whether a row names the columns of a table without titles: each of its cells names a field, one the number."""
    names = [name for cell in row[:MAX_COLUMNS] if (name := str(cell or "").strip())]
    if any(map(str.isdigit, "".join(names))):
        return False
    meanings = {meaning[0] for name in names if (meaning := _interpret(_own_name(name[: 2 * _MAX_NAME])))}
    return "number" in meanings and not meanings & {"title", "summary"} and 1 < len(names) == len(meanings)


def count_header_fields(row: Sequence[Any]) -> int:
    """How many fields a row names, if it may be a header: one that names a title, and holds no number of a change."""
    if len(row) > 2 * MAX_COLUMNS or any(len(str(cell)) > 4 * _MAX_NAME for cell in row if cell):
        return 0
    columns = map_columns(row)
    is_header = "title" in columns and not any(_VALUES["number"].fullmatch(str(cell).strip()) for cell in row if cell)
    return len(columns) if is_header else 0


def _move_flags(candidates: dict[str, list[_Candidate]], rows: Sequence[Sequence[Any]]) -> None:
    """A column that is called a headline or a feature and says only yes or no marks highlights; it holds no titles."""
    titles = candidates.get("title", [])
    flags = [found for found in titles if (values := column_values(rows, found.column)) and _says_yes_or_no(values)]
    others = [found for found in titles if found not in flags]
    if flags and others:
        candidates["title"] = others
        candidates["highlighted"] = [*candidates.get("highlighted", ()), *flags]


def _says_yes_or_no(values: list[str]) -> bool:
    return all(value.lower() in YES | NO for value in values) and not all(map(str.isdecimal, values))


def _move_numbers(candidates: dict[str, list[_Candidate]], rows: Sequence[Sequence[Any]]) -> None:
    """A column that is called a change and holds nothing but numbers has the changes' numbers, not their titles."""
    titles = candidates.get("title", [])
    numbers = [found for found in titles if rows and _holds_numbers_only(column_values(rows, found.column))]
    if numbers:
        candidates["number"] = [*numbers, *candidates.get("number", ())]
        candidates["title"] = [found for found in titles if found not in numbers]


def _holds_numbers_only(values: list[str]) -> bool:
    return bool(values) and all(map(_VALUES["number"].fullmatch, values)) and has_halo_numbers(values)


def _move_title(candidates: dict[str, list[_Candidate]]) -> None:
    """Where no column is called a title, the first summary is one; a release note beside a title is a summary."""
    titles, summaries = sorted(candidates.get("title", ())), sorted(candidates.get("summary", ()))
    jira = any(found.name == "summary" for found in summaries)
    if titles and (titles[0].name not in _SUMMARY_LIKE or jira):
        notes = [found._replace(rank=50) for found in titles if found.name in _SUMMARY_LIKE]
        candidates["title"] = [found for found in titles if found.name not in _SUMMARY_LIKE]
        if notes or summaries:
            candidates["summary"] = summaries = sorted([*summaries, *notes])
    if candidates.get("title") or not summaries:
        return
    title = next((found for found in summaries if found.name in _TITLE_LIKE), summaries[0])
    candidates["title"] = [found for found in summaries if found.name == title.name]
    candidates["summary"] = [found for found in summaries if found.name != title.name]
    if not candidates["summary"]:
        del candidates["summary"]


def _choose(field: str, found: list[_Candidate], rows: Sequence[Sequence[Any]]) -> tuple[int, ...]:
    """The columns of the likeliest name whose values look as the field's do."""
    if field == "number":
        found = _order_numbers(found, rows)
    if not found:
        return ()
    fitting = [candidate for candidate in found if _fits(field, candidate.column, rows)]
    if not fitting and rows and field in _GIVES_UP and found[0].rank >= _GUESSED_RANK:
        return ()
    first = (fitting or found)[0]
    same = [candidate.column for candidate in found if candidate.name == first.name]
    if field in ("tags", "status"):
        return tuple(candidate.column for candidate in found)
    if field == "summary":  # "Summary" and "Description" beside a title are one text
        others = {candidate.name: candidate.column for candidate in reversed(found) if candidate.rank < 3}
        same += [column for name, column in reversed(others.items()) if name != first.name]
    return tuple(same)


def _order_numbers(found: list[_Candidate], rows: Sequence[Sequence[Any]]) -> list[_Candidate]:
    """The columns that may hold the changes' numbers, the likeliest first: those that are called Halo's, then those
    whose values look like its numbers. Those that count the rows ("No."), or hold the ids of another program, are not
    among them.
    """
    values = {candidate.column: column_values(rows, candidate.column) for candidate in found}
    left = [
        candidate
        for candidate in found
        if "halo" in candidate.name
        or not (_counts_rows(values[candidate.column]) or holds_other_ids(values[candidate.column]))
    ]

    def likelihood(candidate: _Candidate) -> tuple[bool, bool, _Candidate]:
        looks = has_halo_numbers(values[candidate.column])
        return not looks, "halo" not in candidate.name, candidate

    return sorted(left, key=likelihood)


def _counts_rows(values: list[str]) -> bool:
    """Whether a column counts the rows: 1, 2, 3."""
    numbers = [int(float(value)) for value in values if _SMALL_NUMBER.fullmatch(value)]
    return bool(numbers) and len(numbers) == len(values) and numbers == sorted(set(numbers)) and numbers[0] <= 1


def _fits(field: str, column: int, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether at least half of a column's values look as a field's do. A column without values does."""
    pattern = _VALUES.get(field)
    if pattern is None and field != "highlighted":
        return True
    values = column_values(rows, column)
    if pattern is None:
        looks = sum(value.lower() in YES | NO for value in values)
    else:
        looks = sum(pattern.fullmatch(value) is not None for value in values)
    return 2 * looks >= len(values)


def _own_name(name: str) -> str:
    """A field's name without what a program puts around it."""
    return next((match[1] for pattern in _AROUND_NAME if (match := pattern.fullmatch(name))), name)


def _plain(name: str) -> str:
    """A column's name without signs, blanks and accents: `Fix Version/s` is `fixversions`."""
    if name.strip() == "#":
        return "hash"
    return re.sub(r"[^a-z0-9]", "", folded(name.replace("#", " number ")))


def _interpret(name: str) -> tuple[str, int] | None:
    """The field that a column's name means, and its rank: 0 is likeliest."""
    plain = _plain(name[: 2 * _MAX_NAME])
    if (sign := name.strip("\ufe0f ")) in _SIGNS:
        return _SIGNS[sign], 1
    if name.rstrip().endswith("?") and plain in ("key", "major", "top"):  # "Key?" is a question, "Key" a number
        return "highlighted", 1
    if plain in _RANK_BY_NAME:
        return _RANK_BY_NAME[plain]
    *words, last = name.lower().split() or [""]
    if last in ("episode", "at", "timestamp") and not OTHER_TIMES & set(words):
        return _RANK_BY_NAME[last]  # of a nested object: "video at"
    if words and words[-1] in _FLAG_GROUPS and _RANK_BY_NAME.get(_plain(last), ("",))[0] in ("caution", "highlighted"):
        return _RANK_BY_NAME[_plain(last)]  # "flags testFirst"
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name[:80]).replace("#", " number ")
    spaced = folded(spaced)
    outside = re.findall(r"[a-z]+", re.sub(r"\([^()]*\)", " ", spaced))
    if len(outside) > 5 or OTHER_FIELDS & set(outside):
        return None
    for words in (outside, re.findall(r"[a-z]+", spaced)):  # then with what is in brackets: "Where (episode)"
        if field := _guess(frozenset(words)):
            return field, _GUESSED_RANK + len(words)
    return None


def _guess(words: frozenset[str]) -> str | None:
    """The field of the first guess that fits the words of a name."""
    for guess in _GUESSES:
        allowed = guess.only_with is None or words <= guess.only_with
        if guess.words & words and not guess.unless & words and allowed:
            return guess.field
    return None


def describe_mapping(names: Sequence[Any], mapping: Mapping[str, tuple[int, ...]]) -> str:
    """Which column was read as what, as a remark."""
    read_as = ", ".join(f"{names[columns[0]]} → {field}" for field, columns in mapping.items())
    used = {column for columns in mapping.values() for column in columns}
    unused = [str(name)[:_MAX_NAME] for column, name in enumerate(names) if name and column not in used]
    not_used = f"; not used: {', '.join(unused[:20])}" if unused else ""
    twice = [
        str(names[columns[0]]) for columns in mapping.values() if len({str(names[c]) for c in columns}) < len(columns)
    ]
    doubled = "".join(
        f" Several columns are called “{name}”: each row's first that is filled counts." for name in twice
    )
    others = [name for name in unused[:20] if "number" not in mapping and (_interpret(name) or ("",))[0] == "number"]
    no_numbers = f" {_quoted(others)}: not numbers of Halo's changes, which have 6 to 8 digits." if others else ""
    return f"Columns: {read_as or 'none that is known'}{not_used}.{doubled}{no_numbers}"


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
