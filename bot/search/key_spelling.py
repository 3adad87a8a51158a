"""A change's number as people paste it: with separators, as a spreadsheet's decimal, padded, inside an address; and the
address of an episode.
"""

import re
from collections.abc import Container

from bot.search.marked_pattern import LazyPattern

# "1,016,865", "1 016 865", "1.016.865", "1'016'865"
_GROUPED = LazyPattern(r"(?<![\w.,])\d{1,3}(?:([ ,.'_])\d{3}(?:\1\d{3})?)(?!\w|[.,]\d{3})(?:[.,]0{1,4}(?![\w]))?")
_SCIENTIFIC = LazyPattern(r"(?<![\w.,])\d\.\d{4,8}e\+?0?\d(?!\w)", re.IGNORECASE)  # "1.016865E+06"
_DIGITS = LazyPattern(
    r"(?<![\d$£€])(?<!\d[.,])\d{5,12}(?!\d)(?:[.,]0{1,4}(?![\w]))?"
)  # "01016865", "1016865.0", "id=1016865"
EPISODE_PAGE = LazyPattern(r"https?://\S*?episode-(\d{1,3})\b\S*", re.IGNORECASE)
_DECIMALS = LazyPattern(r"[.,]0{1,2}$|[.,]0{4}$")  # not ",000"
_EPISODE_KEY = LazyPattern(r"ep(\d{1,3})-(\d{1,3})")
_NUMBER_IN_ADDRESS = LazyPattern(r"(?<=[/=#])\d{5,9}(?![\w.])")
MIN_TOLD_DIGITS = 7  # of a number with commas that no change has, so that it is told


def plain_keys(text: str, keys: Container[str]) -> str:
    """A question with each number of a change as the catalogue writes it. Other numbers stay as they are."""

    def plain(match: re.Match[str]) -> str:
        numbers = [re.sub(r"\D", "", written) for written in (_DECIMALS.sub("", match[0]), match[0])]
        for number in numbers:
            if number.lstrip("0") in keys:
                return f" {number.lstrip('0')} "
        is_told = match.re is _GROUPED.pattern and match[1] == "," and len(numbers[0]) == MIN_TOLD_DIGITS
        return numbers[0] if is_told else match[0]

    def whole(match: re.Match[str]) -> str:
        number = str(round(float(match[0])))
        return number if number in keys else match[0]

    if not any(map(str.isdigit, text)):
        return text
    return _DIGITS.sub(plain, _GROUPED.sub(plain, _SCIENTIFIC.sub(whole, text)))


def padded_key(key: str, keys: Container[str]) -> str:
    """`"ep15-7"` -> `"ep15-07"`, where that is a key."""
    match = _EPISODE_KEY.fullmatch(key)
    padded = f"ep{int(match[1]):02}-{int(match[2]):02}" if match else key
    return padded if padded in keys else key


def numbers_in(address: str) -> list[str]:
    """The numbers in an address that may be a change's."""
    return _NUMBER_IN_ADDRESS.findall(address)


def is_episode_page(address: str) -> bool:
    """Whether an address is the page of an episode: in a question it asks for that episode."""
    return bool(EPISODE_PAGE.match(address))
