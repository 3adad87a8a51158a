"""Links that lead to a second of a video, as the minute that they stand for.

linked_minute("https://youtu.be/abc?t=368")                      -> "6:08"
minutes_for_links("watch https://youtu.be/abc?t=1h2m3s")          -> "watch 1:02:03"
"""

import re

_TIME = r"[?&#](?:t|start|time_continue)=(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?(?![\w.:-])"
_LINK = re.compile(r"https?://[^\s()<>|]{1,1500}", re.IGNORECASE)
_LINK_TIME = re.compile(_TIME, re.IGNORECASE)
_SAYS_MINUTE = re.compile(r"\d:[0-5]\d|\d\s?m(?:in)?\b", re.IGNORECASE)
_WATCH = re.compile(
    r"\W*(?:(?:watch|video|link|here|listen|jump|go|play|clip|youtube|timestamp|time|at|in|to|the|it|now|episode)\W*){0,5}",
    re.IGNORECASE,
)


def linked_minute(address: str) -> str | None:
    """The minute that a link leads to; None for a link that leads to none."""
    match = _LINK_TIME.search(address[-400:])
    return _minute(match) if match and any(match.groups()) else None


def minutes_for_links(text: str) -> str:
    """A text with the minutes in place of the addresses that lead to them."""
    if "://" not in text:
        return text
    return _LINK.sub(lambda match: linked_minute(match[0]) or match[0], text)


def label_with_minute(label: str, address: str) -> str:
    """A link's words with the minute that it leads to, unless they say it themselves; "Watch" says nothing."""
    minute = linked_minute(address)
    if minute is None or _SAYS_MINUTE.search(label):
        return label
    return minute if _WATCH.fullmatch(label[:60]) else f"{label} | {minute}"


def format_minute(seconds: int) -> str:
    """`368` as `6:08`, `3723` as `1:02:03`."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _minute(match: re.Match[str]) -> str:
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return format_minute(3_600 * hours + 60 * minutes + seconds)
