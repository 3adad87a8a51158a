"""What a site asks of programs in its robots.txt (RFC 9309), read by Protego within limits."""

from bot.errors import SourceError

PRODUCT = "halobot"  # the name by which a robots.txt may address us
MAX_LENGTH = 500_000  # characters; RFC 9309 lets a reader leave out what is beyond
MAX_AGE = 86_400.0  # seconds until it is read again, as RFC 9309 asks
# Protego keeps each rule once for each program that it is for, so that its work can grow with the square of the text.
MAX_WORK = 4_000_000  # characters × programs: a second or two; 200 programs with 20 KB of rules are read


class Robots:
    """The rules of one site, as they were at `read_at` of the caller's clock."""

    def __init__(self, text: str, read_at: float) -> None:
        """Raises SourceError for a text that would take too long to read."""
        from protego import Protego

        text = text[:MAX_LENGTH].removeprefix("\ufeff")
        if _work(text) > MAX_WORK:
            raise SourceError("it has too many rules for too many programs")
        self.read_at = read_at
        self._rules = Protego.parse(text)

    def allows(self, url: str) -> bool:
        """Whether we may ask for this address."""
        return self._rules.can_fetch(url, PRODUCT)

    @property
    def crawl_delay(self) -> float:
        """The seconds that the site wants between two requests; 0 when it says nothing."""
        return self._rules.crawl_delay(PRODUCT) or 0.0


def _work(text: str) -> int:
    """The characters of all rules, each as often as there are programs that it is for; never too few of them."""
    work = programs = 0
    is_ended = True  # whether the next program begins a new group
    for line in text.splitlines():
        line = line.lstrip().lower()
        if line.startswith("user"):
            programs = 0 if is_ended else programs
            programs += 2 if "*" in line else 1  # Protego takes a name with a star for two
            is_ended = False
            work += programs
        else:
            work += programs * len(line)
            is_ended = is_ended or line.startswith(("allow:", "disallow:"))
    return work
