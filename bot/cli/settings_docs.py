"""Makes `.env.example` and docs/settings.md from the table of settings: `python -m bot.cli.settings_docs`."""

import textwrap

from bot.settings import PROJECT, TABLE, Setting

WIDTH = 118
GROUPS = (("Slack", "SLACK_"), ("Halobot", "HALO_"))

ENV_START = """\
# Made from bot/settings.py by `make docs`. Copy this file to .env and fill it in; take the # away where you change a
# default.
# Every setting is optional: without Slack's tokens, `halobot run` opens a page to try Halobot.
# The environment wins over this file. `halobot doctor` checks all of it.
"""

PAGE_START = """\
# Settings

<!-- Made from bot/settings.py by `make docs`. -->

Every setting is optional. Set it in the environment or in the project's `.env`; the environment wins. `HALO_ENV_FILE`
in the environment names another file than `.env`. Relative paths are relative to the project's folder; without a
clone, installed from a wheel, that is the folder that `halobot` is started from.

A malformed setting is refused with a sentence that names it. `halobot doctor` also tries what the settings lead to.
"""


def env_example() -> str:
    """The text of `.env.example`: each setting empty, with its help above it. One that has a default is a comment: an
    empty line would win over what the container image and the systemd unit set.
    """
    return ENV_START + "".join(
        f"\n# -- {title} {'-' * (WIDTH - 6 - len(title))}\n\n" + "\n".join(_env_lines(row) for row in rows)
        for title, rows in _groups()
    )


def settings_page() -> str:
    """The text of docs/settings.md: a table for each group."""
    return PAGE_START + "".join(
        f"\n## {title}\n\n| name | default | what it is |\n|---|---|---|\n" + "".join(_table_row(row) for row in rows)
        for title, rows in _groups()
    )


def _groups() -> list[tuple[str, list[Setting]]]:
    return [(title, [row for row in TABLE if row.name.startswith(prefix)]) for title, prefix in GROUPS]


def _env_lines(row: Setting) -> str:
    default = row.default or row.default_help
    lines = [_sentence(row), row.more, f"Default: {default}" if default else "", _example(row)]
    comment = "\n".join(
        textwrap.fill(line, WIDTH, initial_indent="# ", subsequent_indent="# ") for line in lines if line
    )
    return f"{comment}\n{'#' if default else ''}{row.name}=\n"


def _table_row(row: Setting) -> str:
    default = f"`{row.default}`" if row.default else row.default_help
    example = _example(row).replace("Example: ", "Example: `") + "`" if _example(row) else ""
    help = " ".join(part for part in (_sentence(row), row.more, example) if part)
    return f"| `{row.name}` | {default} | {help} |\n"


def _example(row: Setting) -> str:
    """`Example: …`, unless the other lines show it already."""
    return f"Example: {row.example}" if row.example not in f"{row.default} {row.default_help} {row.help}" else ""


def _sentence(row: Setting) -> str:
    return f"{row.help.rstrip('.')}."


if __name__ == "__main__":
    (PROJECT / ".env.example").write_text(env_example(), encoding="utf-8")
    (PROJECT / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")
