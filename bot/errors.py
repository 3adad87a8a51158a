"""Errors whose text is shown to people.

HalobotError
├── SettingError    a setting is missing or malformed
├── SeedError       a file in seeds/ cannot be used
├── CatalogueError  the catalogue database cannot be read or written
├── WorkspaceError  the workspace database cannot be reached
├── SourceError     a source of entries cannot be reached or read
└── SlackError      Slack refused something that an operator can mend

The text is one sentence that says what to do. Any other exception is a bug: it is logged under a short reference, and
only the reference is shown.
"""


class HalobotError(Exception):
    """The base of these errors; `str(error)` is the sentence to show."""


class SettingError(HalobotError):
    """A setting is missing or malformed: names it, and says what it should look like."""


class SeedError(HalobotError):
    """A seed file cannot be used: names the file, the line or key, and what is wrong with it."""


class CatalogueError(HalobotError):
    """The catalogue database cannot be used: names its path and what to do."""


class WorkspaceError(HalobotError):
    """The workspace database cannot be used: names it (without password) and what to do."""


class SourceError(HalobotError):
    """A source of entries cannot be reached or read: names it, and says what was wrong and what to do."""


class SlackError(HalobotError):
    """Slack refused something: says what to change in Slack or in the settings."""
