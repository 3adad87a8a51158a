"""Templates into text. Everything that is put into one is escaped."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.conversation.entry_text import entry_subtitle, impact_label, mention_label, pluralize
from bot.conversation.public_sources import public_source, web_address
from bot.text import truncate, without_control
from bot.web.addresses import entry_path, with_query
from bot.web.models import MAX_QUESTION

FOLDER = Path(__file__).parent


def to_iso(seconds: float) -> str:
    """A moment as feeds write it: `2026-03-10T09:41:00Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_day(seconds: float) -> str:
    """`10 March 2026`, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%d %B %Y").lstrip("0")


def render(template: str, **values: Any) -> str:
    """A template with these values. What neither HTML nor XML may have is left out."""
    return without_control(_environment().get_template(template).render(**values))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    functions = (
        entry_path, entry_subtitle, impact_label, mention_label, pluralize, public_source, to_day, to_iso, truncate,
        web_address, with_query,
    )  # fmt: skip
    environment.globals.update({function.__name__: function for function in functions}, MAX_QUESTION=MAX_QUESTION)
    return environment
