"""The pages as files: from the first page on, every page that one leads to, with links between the files."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from bot.errors import HalobotError
from bot.web.addresses import file_name
from bot.web.site import Site


def export_pages(site: Site, folder: Path) -> int:
    """Write all pages into a folder. Returns how many files. Raises ExportError for a page that cannot be made or
    written.
    """
    static = Site(site.search, site.dates, site.options._replace(is_static=True))
    waiting, seen, written = ["/", "/robots.txt"], {"/", "/robots.txt"}, 0
    while waiting:
        target = waiting.pop()
        parts = urlsplit(target)
        reply = static.get(unquote(parts.path), dict(parse_qsl(parts.query)))
        if reply.status == 404 and target == "/sitemap.xml":
            continue  # its addresses are whole ones, which nobody knows
        if reply.status != 200:
            raise ExportError(f"The page {target} could not be made: the log says why. Nothing more was written.")
        path = folder / unquote(file_name(target))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(reply.body)
        except OSError as error:
            raise ExportError(f"{path} cannot be written ({error.strerror}). Name another folder.") from error
        written += 1
        new = [link for link in reply.links if link not in seen]
        waiting += new
        seen.update(new)
    return written


class ExportError(HalobotError):
    """The pages cannot be written: says which and why."""
