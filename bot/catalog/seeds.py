"""The seed files: read, checked as a whole, or refused with the file, the key and what is wrong.

seeds/releases/*.toml hold [[feature]] blocks, one file a version ("unversioned.toml" says `possible_versions` instead);
seeds/episodes.toml, answers.toml ([[faq]] and [[guide]]), areas.toml and glossary.toml stand beside them.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.catalog.models import ENTRY_KINDS, Entry, Episode, Glossary, Mention, Seeds, Version
from bot.catalog.rows import timestamp_to_seconds
from bot.catalog.seed_files import folder_signature
from bot.errors import SeedError

_KEY_PATTERN = re.compile(r"\d{4,9}|ep\d{1,3}-\d{1,3}|(faq|guide)-[a-z0-9-]{2,60}")
_TIMESTAMP_PATTERN = re.compile(r"(\d{1,2}:)?\d{1,3}:[0-5]\d")
_TEXT_FIELDS = {"key", "title", "summary", "area", "caution", "answer", "line_hash"}
_LIST_FIELDS = {"names", "also"}
_ENTRY_FIELDS = _TEXT_FIELDS | _LIST_FIELDS | {"highlighted", "mentions"}
MAX_TITLE_LENGTH = 90


def read_seeds(folder: Path) -> Seeds:
    """Everything in a seeds folder, checked. Raises SeedError at the first thing that cannot be right."""
    if not folder.is_dir():
        raise SeedError(
            f"There is no seeds folder at {folder}. Set HALO_SEEDS to the folder that holds releases/, or to 'none' to start empty."
        )
    if not (folder / "releases").is_dir():
        raise SeedError(
            f"{folder} is no seeds folder: it has no releases/ in it. Set HALO_SEEDS to the folder that has, or to 'none' to start empty."
        )
    areas = _read_areas(folder / "areas.toml")
    episodes = _read_episodes(folder / "episodes.toml")
    entries: dict[str, Entry] = {}
    files: dict[str, str] = {}
    # Not what an editor keeps beside a file that is being edited (".#v2.206.toml").
    for path in [*sorted((folder / "releases").glob("[!.]*.toml")), folder / "answers.toml"]:
        for entry in _read_entries(path):
            _check_entry(entry, path, areas={name for name, _ in areas}, episodes={e.number for e in episodes})
            if entry.key in entries:
                raise SeedError(f"{path.name}: {entry.key} stands in {files[entry.key]} already. Keep one of them.")
            entries[entry.key], files[entry.key] = entry, path.name
    return Seeds(
        tuple(entries.values()), episodes, areas, _read_glossary(folder / "glossary.toml"), folder_signature(folder)
    )


def _read_toml(path: Path, *known: str) -> dict[str, Any]:
    """A file's contents, which may have these names at the top and no others: a misspelt one would lose what is under
    it.
    """
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


def _refuse_unknown_fields(known: Iterable[str], data: dict[str, Any], what: str) -> None:
    if unknown := data.keys() - set(known):
        raise SeedError(f"{what}: unknown field {', '.join(sorted(unknown))}. Known are {', '.join(sorted(known))}.")


def _read_blocks(data: dict[str, Any], name: str, path: Path, *known: str) -> list[dict[str, Any]]:
    blocks = data.get(name, [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SeedError(f"{path.name}: {name} has to be written as [[{name}]] blocks")
    for place, block in enumerate(blocks, 1):
        _refuse_unknown_fields(known, block, f"{path.name}: {block.get('key') or f'{name} number {place}'}")
    return blocks


def _read_text_list(value: Any, what: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise SeedError(f"{what} has to be a list of texts")
    return tuple(item.strip() for item in value)


def _read_version(text: Any, what: str) -> Version:
    if not isinstance(text, str):  # 2.210 without quotes is a number to TOML, and has lost its zero
        raise SeedError(f'{what}: a version has to be a text in quotes, such as "2.206"')
    try:
        return Version.parse(text)
    except ValueError as error:
        raise SeedError(f"{what}: {error}") from None


def _read_versions(value: Any, what: str) -> tuple[Version, ...]:
    if not isinstance(value, list):
        raise SeedError(f'{what}: versions have to be a list, such as ["2.206", "2.208"]')
    return tuple(_read_version(text, what) for text in value)


def _read_entries(path: Path) -> Iterator[Entry]:
    data = _read_toml(path, "version", "possible_versions", *ENTRY_KINDS)
    version = _read_version(data["version"], path.name) if "version" in data else None
    possible = _read_versions(data.get("possible_versions", []), path.name)
    for kind in ENTRY_KINDS:
        for place, block in enumerate(_read_blocks(data, kind, path, *_ENTRY_FIELDS), 1):
            key = str(block.get("key", "")).strip()
            what = f"{path.name}: {key or f'{kind} number {place}'}"
            for field in _TEXT_FIELDS & block.keys():
                if not isinstance(block[field], str):
                    raise SeedError(f"{what}: {field} has to be a text in quotes")
            if not isinstance(block.get("highlighted", False), bool):
                raise SeedError(f"{what}: highlighted has to be true or false")
            texts = {field: block[field].strip() or None for field in _TEXT_FIELDS & block.keys()}
            yield Entry(
                key=key, kind=kind, title=texts.get("title") or "", summary=texts.get("summary") or "",
                version=version, possible_versions=possible if version is None and kind == "feature" else (),
                area=texts.get("area"), highlighted=block.get("highlighted", False), caution=texts.get("caution"),
                answer=texts.get("answer"),
                mentions=tuple(_read_mentions(block.get("mentions", []), what)),
                names=_read_text_list(block.get("names", []), f"{what}: names"),
                also=_read_text_list(block.get("also", []), f"{what}: also"),
                line_hash=texts.get("line_hash"),
            )  # fmt: skip


def _read_mentions(value: Any, what: str) -> Iterator[Mention]:
    seen = set()
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict) or type(item.get("episode")) is not int or item.keys() - {"episode", "at"}:
            raise SeedError(f'{what}: a mention looks like {{ episode = 13, at = "6:08" }}')
        at = item.get("at")
        if at is not None and not (isinstance(at, str) and _TIMESTAMP_PATTERN.fullmatch(at)):
            raise SeedError(f'{what}: {at!r} is not a minute; write it as "6:08"')
        if (place := (item["episode"], timestamp_to_seconds(at))) in seen:
            raise SeedError(f"{what}: the same minute of episode {item['episode']} stands there twice")
        seen.add(place)
        yield Mention(item["episode"], at)


def _check_entry(entry: Entry, path: Path, areas: set[str], episodes: set[int]) -> None:
    what = f"{path.name}: {entry.key or 'an entry'}"
    if not _KEY_PATTERN.fullmatch(entry.key):
        raise SeedError(f'{what}: the key has to be Halo\'s number ("1016865"), "ep15-07", "faq-…" or "guide-…"')
    if not entry.title or len(entry.title) > MAX_TITLE_LENGTH:
        raise SeedError(f"{what}: the title has {len(entry.title)} characters; it needs 1 to {MAX_TITLE_LENGTH}")
    if entry.kind == "feature" and entry.version is None and not entry.possible_versions:
        raise SeedError(f"{what}: no version; write version (or possible_versions) at the top of the file")
    if entry.area is not None and entry.area not in areas:
        raise SeedError(f"{what}: area {entry.area!r} is not in areas.toml")
    if entry.kind == "feature" and entry.area is None:
        raise SeedError(f"{what}: no area; it has to be one of areas.toml")
    if entry.kind != "feature" and not entry.answer:
        raise SeedError(f"{what}: no answer")
    for mention in entry.mentions:
        if mention.episode not in episodes:
            raise SeedError(f"{what}: episode {mention.episode} is not in episodes.toml")


def _read_episodes(path: Path) -> tuple[Episode, ...]:
    found: dict[int, Episode] = {}
    fields = ("number", "url", "published", "hosts", "versions")
    for block in _read_blocks(_read_toml(path, "episode"), "episode", path, *fields):
        number = block.get("number")
        if type(number) is not int:
            raise SeedError(f"{path.name}: an episode without a number")
        what = f"{path.name}: episode {number}"
        if number in found:
            raise SeedError(f"{what} stands there twice")
        versions = _read_versions(block.get("versions", []), what)
        url = block.get("url")
        if url is not None and not str(url).startswith("https://"):
            raise SeedError(f"{what}: the url has to start with https://")
        published = block.get("published")
        found[number] = Episode(
            number,
            url,
            str(published) if published else None,
            _read_text_list(block.get("hosts", []), f"{what}: hosts"),
            versions,
        )
    return tuple(found.values())


def _read_areas(path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, tuple[str, ...]] = {}
    for block in _read_blocks(_read_toml(path, "area"), "area", path, "name", "also"):
        name = block.get("name")
        if not isinstance(name, str) or not name.strip():
            raise SeedError(f"{path.name}: an area without a name")
        if name in found:
            raise SeedError(f"{path.name}: area {name!r} stands there twice")
        found[name] = _read_text_list(block.get("also", []), f"{path.name}: {name}: also")
    return tuple(found.items())


def read_areas_and_glossary(folder: Path) -> Seeds:
    """What is needed even with an empty catalogue: the areas and what people call things."""
    return Seeds(
        areas=_read_areas(folder / "areas.toml"),
        glossary=_read_glossary(folder / "glossary.toml"),
        signature=folder_signature(folder, entries=False),
    )


def _read_glossary(path: Path) -> Glossary:
    data = _read_toml(path, "same", "means", "everyday", "elsewhere")
    if not isinstance(data.get("same", []), list):
        raise SeedError(f"{path.name}: same has to be a list of lists of terms")
    same = tuple(row for row in (_read_terms(row, path) for row in data.get("same", [])) if row)
    means = []
    for row in _read_blocks(data, "means", path, "term", "means"):
        if not isinstance(row.get("term"), str):
            raise SeedError(f"{path.name}: a [[means]] row without a term")
        means.append((_read_terms([row["term"]], path)[0], _read_terms(row.get("means", []), path)))
    elsewhere = _read_terms(data.get("elsewhere", []), path)
    for heads in ([row[0] for row in same], [term for term, _ in means], elsewhere):
        if twice := [head for head in heads if heads.count(head) > 1]:
            raise SeedError(f"{path.name}: {twice[0]!r} begins two rows. Make them one.")
    everyday = frozenset(
        word for line in _read_text_list(data.get("everyday", []), f"{path.name}: everyday") for word in line.split()
    )
    return Glossary(same, tuple(means), everyday, elsewhere)


def _read_terms(row: Any, path: Path) -> tuple[str, ...]:
    """One glossary row. A term of more than three words would be an entry in disguise, so it is refused."""
    terms = _read_text_list(row, f"{path.name}: {row!r:.60}")
    for term in terms:
        if len(term.split()) > 3:
            raise SeedError(f"{path.name}: {term!r} has more than three words")
    return terms
