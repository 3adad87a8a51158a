"""What whoever runs the bot can do where a database does not work, by the reason that it gives."""

_BY_WORDS = (
    (("is full", "no space left"), "Make room on its disk."),
    (("read-only transaction",), "This server takes no writes: name the one that does."),
    (
        ("read-only", "readonly", "permission denied", "not permitted", "must be owner"),
        "Let the bot write there: give its user the right to.",
    ),
    (("too many open files",), "Let the bot open more files: raise its limit (`ulimit -n`), and restart it."),
    (
        ("too many clients", "too many connections", "connection slots"),
        "End other programs' connections, or let the server take more.",
    ),
    (("already exists",), "A table of another program has this name: use a database that only the bot uses."),
    (("disk i/o error",), "Look at its disk: it may be full, or failing."),
    (("is locked",), "Another program holds it: end that one."),
    (("image is malformed", "is not a database", "no workspace database"), "Put a backup in its place."),
)


def advice_on(reason: str, otherwise: str = "", setting: str = "") -> str:
    """A sentence that says what to do about a database's reason, and which `setting` says where that database is;
    `otherwise` where what to do is not known.
    """
    reason = reason.lower()
    known = next((advice for words, advice in _BY_WORDS if any(word in reason for word in words)), "")
    return f"{known} {setting} says where it is." if known and setting else known or otherwise
