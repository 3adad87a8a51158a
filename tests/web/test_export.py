"""The pages as files: every link of a crawl leads to a file, and none out of the folder."""

from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from bot.catalog.models import Entry, Version
from bot.web.export import ExportError, export_pages
from tests.web.conftest import Place


def crawl(folder: Path) -> tuple[set[Path], list[str]]:
    """The files that links lead to from the first page on, and the links that lead nowhere."""
    waiting, seen, broken = [folder / "index.html"], {folder / "index.html"}, list[str]()
    while waiting:
        here = waiting.pop()
        if here.suffix != ".html":
            continue
        for node in LexborHTMLParser(here.read_text(encoding="utf-8")).css("[href], [src], [action]"):
            link = next(node.attributes[name] or "" for name in ("href", "src", "action") if name in node.attributes)
            parts = urlsplit(unescape(link))
            if parts.scheme or link.startswith("#"):
                continue
            target = (here.parent / unquote(parts.path)).resolve()
            target = target / "index.html" if target.is_dir() else target
            if parts.query or not target.is_file() or folder not in target.parents:
                broken.append(f"{here.relative_to(folder)}: {link}")
            elif target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen, broken


@pytest.fixture(scope="module")
def pages(shipped: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped catalogue as files."""
    folder = tmp_path_factory.mktemp("pages")
    assert export_pages(shipped.site, folder) == sum(path.is_file() for path in folder.rglob("*"))
    return folder


def test_every_link_leads_somewhere(shipped: Place, pages: Path) -> None:
    """Of the whole shipped catalogue: no link is broken, no file is left alone, and every entry has its page."""
    found, broken = crawl(pages)
    assert broken == []
    files = {path for path in pages.rglob("*") if path.is_file()}
    assert {path.name for path in files - found} <= {"robots.txt", "sitemap.xml"}
    names = {path.stem for path in files}
    assert [entry.key for entry in shipped.catalogue.entries() if entry.key not in names] == []


def test_pages_of_lists_and_odd_names(place: Place, entry: Callable[..., Entry], tmp_path: Path) -> None:
    """Further pages of a list are files, and so are entries with odd keys and areas."""
    place.add(*(entry(str(1_000_000 + n), version=Version(2, 300), area="売上 / “A”") for n in range(150)))
    place.add(entry("ep15-07", area="../.."))
    export_pages(place.site, tmp_path / "pages")
    found, broken = crawl(tmp_path / "pages")
    assert broken == []
    assert (tmp_path / "pages" / "versions" / "2.300-page-2.html") in found
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["pages"]


def test_no_search(pages: Path) -> None:
    """There is no search in files; each page says so, and leads to lists."""
    page = (pages / "changes" / "1016865.html").read_text(encoding="utf-8")
    assert "<form" not in page
    assert "a copy without a search" in page


def test_folder_that_cannot_be_written(place: Place, tmp_path: Path) -> None:
    """Where a file is in the way, a sentence says which."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="Name another folder"):
        export_pages(place.site, tmp_path / "file" / "pages")
