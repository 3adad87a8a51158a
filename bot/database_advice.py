"""What whoever runs the bot can do where a database does not work, by the reason that it gives."""

_BY_WORDS = (
    (("is full", "no space left"), "Make room on its disk."),
    (
        ("read-only", "readonly", "permission denied", "not permitted", "must be owner"),
        "Let the bot write there: give its user the right to, and use the server that takes writes.",
    ),
    (
        ("too many", "connection slots"),
        "End other programs' connections, or let the server take more.",
    ),
    (("disk i/o error",), "Look at its disk: it may be full, or failing."),
    (("is locked",), "Another program holds it: end that one."),
    (("malformed", "not a database", "no workspace database"), "Put a backup in its place."),
)


def advice_on(reason: str, otherwise: str = "", setting: str = "") -> str:
    """A sentence that says what to do about a database's reason, and which `setting` says where that database is;
    `otherwise` where what to do is not known.
    """
    reason = reason.lower()
    known = next((advice for words, advice in _BY_WORDS if any(word in reason for word in words)), "")
    return f"{known} {setting} says where it is." if known and setting else known or otherwise
