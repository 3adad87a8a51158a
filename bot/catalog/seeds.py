"""Reads the seed files: TOML that people write. They are checked as a whole, or refused with the file, the key and what
is wrong.

seeds/releases/*.toml hold [[feature]] blocks, one file for each version ("unversioned.toml" has `possible_versions`
instead). Beside that folder stand episodes.toml, answers.toml ([[faq]] and [[guide]]), areas.toml, glossary.toml, and
translations.tsv, which is learned from the phrasings (`make learn`).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.catalog.models import (
    ENTRY_KINDS,
    IMPACTS,
    Entry,
    EntryKind,
    Episode,
    Glossary,
    Mention,
    Seeds,
    Translations,
    Version,
)
from bot.catalog.translations import parse_translations
from bot.errors import SeedError

TRANSLATIONS = "translations.tsv"
MAX_TITLE_LENGTH = 90
MAX_TERM_WORDS = 3  # a longer term would be an entry in disguise
_KEY_PATTERN = re.compile(r"\d{4,9}|ep\d{1,3}-\d{1,3}|(faq|guide)-[a-z0-9-]{2,60}")
_TIMESTAMP_PATTERN = re.compile(r"(\d{1,2}:)?\d{1,3}:[0-5]\d")
# What a block of an entry may have, each under the name of the field of Entry.
_TEXT_FIELDS = ("key", "title", "summary", "area", "caution", "answer", "line_hash", "impact")
_LIST_FIELDS = ("names", "also")
_FLAG_FIELDS = ("highlighted",)
_ENTRY_FIELDS = (*_TEXT_FIELDS, *_LIST_FIELDS, *_FLAG_FIELDS, "mentions")
_EPISODE_FIELDS = ("number", "url", "published", "hosts", "versions")


def folder_signature(folder: Path, entries: bool = True) -> str:
    """A short text that changes when a seed file does (name, size or time: cheap enough for every start).

    `entries=False` gives another one: that of a load of areas and glossary alone.
    """
    stats = sorted(
        (str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns)
        for path in (*folder.rglob("[!.]*.toml"), *folder.glob(TRANSLATIONS))
    )
    return hashlib.sha256(repr((str(folder.resolve()), stats, entries)).encode()).hexdigest()[:16]


def read_seeds(folder: Path) -> Seeds:
    """Everything in a seeds folder, checked. Raises SeedError at the first thing that can't be right."""
    if not folder.is_dir():
        raise SeedError(
            f"There is no seeds folder at {folder}. "
            "Set HALO_SEEDS to the folder that holds releases/, or to 'none' to start empty."
        )
    if not (folder / "releases").is_dir():
        raise SeedError(
            f"{folder} is no seeds folder: it has no releases/ in it. "
            "Set HALO_SEEDS to the folder that has, or to 'none' to start empty."
        )
    areas = _read_areas(folder / "areas.toml")
    episodes = _read_episodes(folder / "episodes.toml")
    entries: dict[str, Entry] = {}
    files: dict[str, str] = {}
    # Without the hidden files that an editor keeps beside one that is being edited (".#v2.206.toml").
    for path in [*sorted((folder / "releases").glob("[!.]*.toml")), folder / "answers.toml"]:
        for entry in _read_entries(path):
            _check_entry(entry, path, {name for name, _ in areas}, {episode.number for episode in episodes})
            if entry.key in entries:
                raise SeedError(f"{path.name}: {entry.key} stands in {files[entry.key]} already. Keep one of them.")
            entries[entry.key], files[entry.key] = entry, path.name
    glossary = _read_glossary(folder / "glossary.toml")
    translations = _read_translations(folder / TRANSLATIONS)
    return Seeds(tuple(entries.values()), episodes, areas, glossary, folder_signature(folder), translations)


def read_areas_and_glossary(folder: Path) -> Seeds:
    """The areas and the glossary alone: people's words are understood by them even in an empty catalogue."""
    return Seeds(
        areas=_read_areas(folder / "areas.toml"),
        glossary=_read_glossary(folder / "glossary.toml"),
        signature=folder_signature(folder, entries=False),
        translations=_read_translations(folder / TRANSLATIONS),
    )


# -- TOML and its values ----------------------------------------------------------------------------------------------


def _read_toml(path: Path, *known: str) -> dict[str, Any]:
    """A file's contents. At the top it may have only these names: what is under a misspelt one would be lost."""
    import tomllib  # a start that has nothing to load does without it

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise SeedError(f"{path.name}: not readable as TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise SeedError(f"{path.name}: not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    except OSError as error:
        raise SeedError(f"{path.name}: cannot be read ({error.strerror}).") from error
    _refuse_unknown_fields(known, data, path.name)
    return data


def _refuse_unknown_fields(known: Iterable[str], data: dict[str, Any], where: str) -> None:
    if unknown := data.keys() - set(known):
        raise SeedError(f"{where}: unknown field {', '.join(sorted(unknown))}. Known are {', '.join(sorted(known))}.")


def _read_blocks(data: dict[str, Any], name: str, path: Path, *known: str) -> list[dict[str, Any]]:
    """The [[name]] blocks of a file."""
    blocks = data.get(name, [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SeedError(f"{path.name}: {name} has to be written as [[{name}]] blocks")
    for number, block in enumerate(blocks, 1):
        _refuse_unknown_fields(known, block, f"{path.name}: {block.get('key') or f'{name} number {number}'}")
    return blocks


def _read_text_list(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise SeedError(f"{where} has to be a list of texts")
    return tuple(item.strip() for item in value)


def _read_version(text: Any, where: str) -> Version:
    if not isinstance(text, str):  # 2.210 without quotes is a number in TOML, and has lost its zero
        raise SeedError(f'{where}: a version has to be a text in quotes, such as "2.206"')
    try:
        return Version.parse(text)
    except ValueError as error:
        raise SeedError(f"{where}: {error}") from None


def _read_versions(value: Any, where: str) -> tuple[Version, ...]:
    if not isinstance(value, list):
        raise SeedError(f'{where}: versions have to be a list, such as ["2.206", "2.208"]')
    return tuple(_read_version(text, where) for text in value)


# -- entries ----------------------------------------------------------------------------------------------------------


def _read_entries(path: Path) -> Iterator[Entry]:
    data = _read_toml(path, "version", "possible_versions", *ENTRY_KINDS)
    version = _read_version(data["version"], path.name) if "version" in data else None
    possible_versions = _read_versions(data.get("possible_versions", []), path.name)
    for kind in ENTRY_KINDS:
        for number, block in enumerate(_read_blocks(data, kind, path, *_ENTRY_FIELDS), 1):
            where = f"{path.name}: {str(block.get('key', '')).strip() or f'{kind} number {number}'}"
            possible = possible_versions if version is None and kind == "feature" else ()
            yield _read_entry(block, where, kind, version, possible)


def _read_entry(
    block: dict[str, Any],
    where: str,
    kind: EntryKind,
    version: Version | None,
    possible_versions: tuple[Version, ...],
) -> Entry:
    values: dict[str, Any] = {"key": "", "title": ""}
    for name in _TEXT_FIELDS:
        if name in block:
            if not isinstance(block[name], str):
                raise SeedError(f"{where}: {name} has to be a text in quotes")
            text = block[name].strip()
            if text:
                values[name] = text
    for name in _LIST_FIELDS:
        values[name] = _read_text_list(block.get(name, []), f"{where}: {name}")
    for name in _FLAG_FIELDS:
        values[name] = block.get(name, False)
        if not isinstance(values[name], bool):
            raise SeedError(f"{where}: {name} has to be true or false")
    mentions = tuple(_read_mentions(block.get("mentions", []), where))
    return Entry(kind=kind, version=version, possible_versions=possible_versions, mentions=mentions, **values)


def _read_mentions(value: Any, where: str) -> Iterator[Mention]:
    seen = set()
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict) or type(item.get("episode")) is not int or item.keys() - {"episode", "at"}:
            raise SeedError(f'{where}: a mention looks like {{ episode = 13, at = "6:08" }}')
        at = item.get("at")
        if at is not None and not (isinstance(at, str) and _TIMESTAMP_PATTERN.fullmatch(at)):
            raise SeedError(f'{where}: {at!r} is not a minute; write it as "6:08"')
        mention = Mention(item["episode"], at)
        if (mention.episode, mention.seconds) in seen:
            raise SeedError(f"{where}: the same minute of episode {mention.episode} stands there twice")
        seen.add((mention.episode, mention.seconds))
        yield mention


def _check_entry(entry: Entry, path: Path, areas: set[str], episodes: set[int]) -> None:
    """Raises SeedError where an entry lacks what its kind needs, or refers to what is not there."""
    where = f"{path.name}: {entry.key or 'an entry'}"
    if not _KEY_PATTERN.fullmatch(entry.key):
        raise SeedError(f'{where}: the key has to be Halo\'s number ("1016865"), "ep15-07", "faq-…" or "guide-…"')
    if not entry.title or len(entry.title) > MAX_TITLE_LENGTH:
        raise SeedError(f"{where}: the title has {len(entry.title)} characters; it needs 1 to {MAX_TITLE_LENGTH}")
    if entry.kind == "feature" and entry.version is None and not entry.possible_versions:
        raise SeedError(f"{where}: no version; write version (or possible_versions) at the top of the file")
    if entry.area is not None and entry.area not in areas:
        raise SeedError(f"{where}: area {entry.area!r} is not in areas.toml")
    if entry.kind == "feature" and entry.area is None:
        raise SeedError(f"{where}: no area; it has to be one of areas.toml")
    if entry.impact not in IMPACTS:
        raise SeedError(f"{where}: impact {entry.impact!r} has to be one of {', '.join(IMPACTS)}")
    if entry.kind != "feature" and entry.impact != "unclear":
        raise SeedError(f"{where}: only a [[feature]] has an impact")
    if entry.kind != "feature" and not entry.answer:
        raise SeedError(f"{where}: no answer")
    for mention in entry.mentions:
        if mention.episode not in episodes:
            raise SeedError(f"{where}: episode {mention.episode} is not in episodes.toml")


# -- episodes, areas and the glossary ---------------------------------------------------------------------------------


def _read_episodes(path: Path) -> tuple[Episode, ...]:
    episodes: dict[int, Episode] = {}
    for block in _read_blocks(_read_toml(path, "episode"), "episode", path, *_EPISODE_FIELDS):
        number = block.get("number")
        if type(number) is not int:
            raise SeedError(f"{path.name}: an episode without a number")
        where = f"{path.name}: episode {number}"
        if number in episodes:
            raise SeedError(f"{where} stands there twice")
        versions = _read_versions(block.get("versions", []), where)
        url = block.get("url")
        if url is not None and not str(url).startswith("https://"):
            raise SeedError(f"{where}: the url has to start with https://")
        published = str(block["published"]) if block.get("published") else None
        hosts = _read_text_list(block.get("hosts", []), f"{where}: hosts")
        episodes[number] = Episode(number, url, published, hosts, versions)
    return tuple(episodes.values())


def _read_areas(path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    areas: dict[str, tuple[str, ...]] = {}
    for block in _read_blocks(_read_toml(path, "area"), "area", path, "name", "also"):
        name = block.get("name")
        if not isinstance(name, str) or not name.strip():
            raise SeedError(f"{path.name}: an area without a name")
        if name in areas:
            raise SeedError(f"{path.name}: area {name!r} stands there twice")
        areas[name] = _read_text_list(block.get("also", []), f"{path.name}: {name}: also")
    return tuple(areas.items())


def _read_glossary(path: Path) -> Glossary:
    data = _read_toml(path, "same", "means", "everyday", "elsewhere")
    if not isinstance(data.get("same", []), list):
        raise SeedError(f"{path.name}: same has to be a list of lists of terms")
    equivalents = tuple(row for row in (_read_terms(row, path) for row in data.get("same", [])) if row)
    expansions = []
    for row in _read_blocks(data, "means", path, "term", "means"):
        if not isinstance(row.get("term"), str):
            raise SeedError(f"{path.name}: a [[means]] row without a term")
        expansions.append((_read_terms([row["term"]], path)[0], _read_terms(row.get("means", []), path)))
    foreign_products = _read_terms(data.get("elsewhere", []), path)
    for first_terms in ([row[0] for row in equivalents], [term for term, _ in expansions], foreign_products):
        if repeated := [term for term in first_terms if first_terms.count(term) > 1]:
            raise SeedError(f"{path.name}: {repeated[0]!r} begins two rows. Make them one.")
    common_words = frozenset(
        word for line in _read_text_list(data.get("everyday", []), f"{path.name}: everyday") for word in line.split()
    )
    return Glossary(equivalents, tuple(expansions), common_words, foreign_products)


def _read_translations(path: Path) -> Translations | None:
    """What was learned from the phrasings beforehand; None where there is nothing. `make learn` writes it."""
    if not path.is_file():
        return None
    try:
        return parse_translations(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SeedError(f"{path.name}: cannot be read ({error}). Delete it, or make it anew: make learn.") from error


def _read_terms(row: Any, path: Path) -> tuple[str, ...]:
    """The terms of one row of the glossary."""
    terms = _read_text_list(row, f"{path.name}: {row!r:.60}")
    for term in terms:
        if len(term.split()) > MAX_TERM_WORDS:
            raise SeedError(f"{path.name}: {term!r} has more than three words")
    return terms
