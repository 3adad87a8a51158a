"""Filters as the parameters of an address: `?version=2.206&area=billing&impact=fix&warning=1&highlight=1`."""

import re
from collections.abc import Iterable, Mapping
from itertools import count
from typing import NamedTuple

from bot.catalog.models import IMPACTS, Filters, Impact, Version
from bot.search.area_names import find_area
from bot.search.snapshot import SearchSnapshot

ON = ("1", "yes", "true", "on")
PARAMETER_NAMES = ("version", "area", "impact", "warning", "highlight")


class UnknownValueError(Exception):
    """A value that nothing has: one sentence that says what there is."""


class AskedFilters(NamedTuple):
    """What a view is narrowed to."""

    version: Version | None = None
    area: str = ""
    impact: Impact | None = None
    warning: bool = False
    highlight: bool = False

    def question(self, text: str) -> str:
        """A question that asks for the text within these filters, as one could type it anywhere."""
        parts = [text.strip()]
        parts += [f"version:{self.version.number}"] if self.version else []
        parts += [f'area:"{self.area}"'] if self.area else []
        parts += [f'impact:"{self.impact}"'] if self.impact else []
        parts += ["warnings:yes"] if self.warning else []
        parts += ["highlights:yes"] if self.highlight else []
        return " ".join(part for part in parts if part)

    def to_catalog_filters(self) -> Filters:
        """The same for the catalogue."""
        return Filters(
            versions=(self.version,) if self.version else None,
            area=self.area or None,
            impacts=(self.impact,) if self.impact else (),
            warnings=self.warning,
            highlights=self.highlight,
        )

    def in_address(self, slugs: Mapping[str, str]) -> dict[str, str]:
        """As they stand in an address; `slugs` has each area by its slug."""
        area = next((slug for slug, name in slugs.items() if name == self.area), "")
        values = {
            "version": self.version.number if self.version else "",
            "area": area,
            "impact": (self.impact or "").replace(" ", "-"),
            "warning": "1" if self.warning else "",
            "highlight": "1" if self.highlight else "",
        }
        return {name: value for name, value in values.items() if value}

    def labels(self) -> list[str]:
        """In words, one each."""
        words = [str(self.version or ""), self.area, self.impact or ""]
        return [*filter(None, words), *["with a warning"] * self.warning, *["highlights"] * self.highlight]


def area_slugs(areas: Iterable[str]) -> dict[str, str]:
    """Each area by what stands for it in an address: "billing-invoicing"."""
    slugs: dict[str, str] = {}
    for name in areas:
        slug = "-".join(re.findall(r"\w+", name.lower())) or "area"
        slugs[next(one for n in count(1) if (one := slug if n == 1 else f"{slug}-{n}") not in slugs)] = name
    return slugs


def read_filters(query: Mapping[str, str], snapshot: SearchSnapshot) -> AskedFilters:
    """The filters of an address. Raises UnknownValueError, which says what there is, for a value that nothing has."""
    given = {name: query.get(name, "").strip()[:200] for name in PARAMETER_NAMES}
    return AskedFilters(
        read_version(given["version"], snapshot) if given["version"] else None,
        read_area(given["area"], snapshot) if given["area"] else "",
        _read_impact(given["impact"]) if given["impact"] else None,
        given["warning"].lower() in ON,
        given["highlight"].lower() in ON,
    )


def read_version(text: str, snapshot: SearchSnapshot) -> Version:
    """A version that has entries. Raises UnknownValueError."""
    try:
        version = Version.parse(text)
    except ValueError:
        version = Version(0, 0)
    if version not in snapshot.versions:
        newest = f" The newest is {snapshot.versions[-1]}." if snapshot.versions else ""
        raise UnknownValueError(f"I know no version “{text[:40]}”.{newest}")
    return version


def read_area(text: str, snapshot: SearchSnapshot) -> str:
    """The area of that slug, name, or what people call it. Raises UnknownValueError."""
    area = area_slugs(snapshot.areas).get(text.lower()) or find_area(text, snapshot.vocabulary)
    if area is None:
        raise UnknownValueError(f"There is no area “{text[:40]}”. There are {', '.join(snapshot.areas)}.")
    return area


def _read_impact(text: str) -> Impact:
    for impact in IMPACTS:
        if text.lower().replace("-", " ") == impact.replace("-", " "):
            return impact
    raise UnknownValueError(f"There is no impact “{text[:40]}”. There are {', '.join(IMPACTS)}.")
