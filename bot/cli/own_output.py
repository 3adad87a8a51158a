"""What single teams have of their own, as text."""

from collections.abc import Collection, Sequence

from bot.ingest.publishing import OwnContents


def teams_text(teams: Sequence[OwnContents]) -> str:
    """A line for each team."""
    if not teams:
        return "No team has anything of its own."
    return "\n".join(f"{own.team}: {len(own.entries)} changes, {len(own.phrasings)} phrasings" for own in teams)


def own_text(own: OwnContents, keys: Collection[str] | None = None) -> str:
    """What a team has, a line each; of these entries alone, where keys are given."""
    lines = [f"{entry.key}  {entry.title}" for entry in own.entries if keys is None or entry.key in keys]
    lines += [f"{key}  became a part of another change" for key in own.removed if keys is None or key in keys]
    lines += [f"{key}  is asked for as “{text}”" for key, text in own.phrasings if keys is None or key in keys]
    return "\n".join(lines) or f"{own.team} has nothing of its own."
