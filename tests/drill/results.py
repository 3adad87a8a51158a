"""RESULTS.md, in sections that are written by different commands: each keeps those of the others."""

from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
OF_OTHERS = (
    "Chaos",
    "Told to",
    "Commands at",
    "Many workspaces",
)  # how the titles begin that `make drill` does not write


def with_section(page: str, title: str, text: str) -> str:
    """The page with this section in place of the one with that title, or at its end."""
    head, *sections = page.split("\n## ")
    kept = [section for section in sections if section.partition("\n")[0] != title]
    return "\n## ".join([head, *(one.rstrip("\n") + "\n" for one in kept), f"{title}\n\n{text.rstrip()}\n"])


def with_main_part(page: str, text: str) -> str:
    """The page with another main part and the sections of the other commands."""
    kept = [section for section in page.split("\n## ")[1:] if section.startswith(OF_OTHERS)]
    return "\n## ".join([text.rstrip("\n") + "\n", *(one.rstrip("\n") + "\n" for one in kept)])


def write_section(title: str, text: str) -> None:
    """Into RESULTS.md."""
    RESULTS.write_text(with_section(RESULTS.read_text(encoding="utf-8"), title, text), encoding="utf-8")
