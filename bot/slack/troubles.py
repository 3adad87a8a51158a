"""What is wrong between the bot and Slack just now: logged when it begins and when it is over, shown by `status`."""

import logging
import threading

from bot.slack.api_errors import ApiFailure, ErrorMeaning

log = logging.getLogger(__name__)
REFUSED_AUTH = (
    "Slack refuses my token ({code}), so I can post nothing. Whoever runs Halobot: `halobot doctor` says what to do."
)
REFUSED_POSTS = (
    "Slack refuses what I try to post ({code}): a permission is missing. Whoever runs Halobot: run `halobot doctor`."
)
NO_TS = "Slack says that it took a message, and not where it is."
RESPONSE_URL = "Slack fails to take replies to commands and buttons (HTTP {code}). I use other ways meanwhile."
_SENTENCES = {ErrorMeaning.AUTHENTICATION_FAILED: REFUSED_AUTH, ErrorMeaning.NOT_PERMITTED: REFUSED_POSTS}


class Troubles:
    """The list of them, in memory. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current: dict[str, str] = {}

    def note(self, sentence: str, code: object = "") -> None:
        """It is so. Logged once, until it is over."""
        with self._lock:
            is_new = sentence not in self._current
            self._current[sentence] = sentence.format(code=code)
        if is_new:
            log.error("%s", self._current[sentence])

    def note_failure(self, failure: ApiFailure) -> None:
        """Slack refused a post: note it where the operator has to do something."""
        if sentence := _SENTENCES.get(failure.meaning):
            self.note(sentence, failure.code)

    def over(self, *sentences: str) -> None:
        """It is not so any more."""
        with self._lock:
            ended = [self._current.pop(sentence) for sentence in sentences if sentence in self._current]
        for sentence in ended:
            log.warning("over: %s", sentence)

    def sentences(self) -> list[str]:
        """All that are so now."""
        with self._lock:
            return list(self._current.values())
