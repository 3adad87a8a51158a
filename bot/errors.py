"""Errors whose text is shown to people.

HalobotError
├── SettingError    a setting is missing or malformed
├── SeedError       a file in seeds/ cannot be used
├── CatalogueError  the catalogue database cannot be read or written
│   └── ChangeKeptError  it could not be written, but what was changed comes into it by itself
├── WorkspaceError  the workspace database cannot be reached
├── SourceError     a source of entries cannot be reached or read
└── SlackError      Slack refused something that an operator can mend

The text is one sentence that says what to do; what comes from outside stands in quotes in it, “so”. Any other exception
is a bug: it is logged under a short reference, and only the reference is shown.
"""


class HalobotError(Exception):
    """The base of these errors; `str(error)` is the sentence to show to whoever runs the bot, and to people in Slack
    where `for_people` is empty. Where it names paths and addresses of the server, they are told `for_people`.

    `reason` is what is wrong, without the `advice` on what to do, where that is given apart.
    """

    for_people = ""
    is_sentence = True  # a log may have it, without what stands in quotes

    def __init__(self, reason: str = "", advice: str = "") -> None:
        super().__init__(f"{reason} {advice}".strip())
        self.reason = reason


class SettingError(HalobotError):
    """A setting is missing or malformed: names it, and says what it should look like."""


class SeedError(HalobotError):
    """A seed file cannot be used: names the file, the line or key, and what is wrong with it."""

    for_people = "My seed files cannot be read just now. Please tell whoever runs me: the log says which one."


class CatalogueError(HalobotError):
    """The catalogue database cannot be used: names its path and what to do."""

    for_people = (
        "I cannot use my catalogue just now, and nothing was changed. Please try again in a minute; if it happens "
        "again, tell whoever runs me: the log and `halobot doctor` say what is wrong."
    )


class ChangeKeptError(CatalogueError):
    """The catalogue could not be written, but what was changed is kept elsewhere and comes into it by itself."""

    for_people = (
        "I cannot write my catalogue just now, but what you did is kept: it shows as soon as I can. There is no need "
        "to do it again."
    )


class WorkspaceError(HalobotError):
    """The workspace database cannot be used: names it (without password) and what to do."""

    for_people = (
        "I cannot use my database just now, so this was not saved. Please try again in a minute; if it happens "
        "again, tell whoever runs me: the log and `halobot doctor` say what is wrong."
    )


class SourceError(HalobotError):
    """A source of entries cannot be reached or read: names it, and says what was wrong and what to do."""


class SlackError(HalobotError):
    """Slack refused something: says what to change in Slack or in the settings."""
