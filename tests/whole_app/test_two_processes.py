"""Two processes of the bot on one database: what a person was answered last is that, whichever of them gave it."""

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.settings import Settings
from bot.slack import command_answers
from tests.whole_app.acting import SlackStandIn, text
from tests.whole_app.conftest import running

LIST, ANOTHER_LIST = "v2.216", "v2.206"


@pytest.fixture
def doors(slack: SlackStandIn, settings: Settings) -> Iterator[list[str | None]]:
    """The addresses of both."""
    settings = replace(settings, http_workers=2)
    with running("http", slack, settings):
        first = slack.app_url
        with running("http", slack, settings):
            yield [first, slack.app_url]


def asked(slack: SlackStandIn, door: str | None, words: str, user: str = "UALICE") -> str:
    """What somebody is answered by one of the processes, and both know it."""
    slack.app_url = door
    said = text(slack.only_shown_after(lambda: slack.command("/halo", words, user=user)))
    said = re.sub(r'"block_id": "\w+"', "", said)  # each message has others
    time.sleep(4 * command_answers.WRITE_EVERY_SECONDS)
    return said


def test_one_change_is_looked_at_beside_the_newest_list(slack: SlackStandIn, doors: list[str | None]) -> None:
    """“the second one” is the second of the list that was shown last, also where it was the other process that showed
    it and the first one remembers an older list.
    """
    first, second = doors
    asked(slack, second, LIST, "UBOB")
    wanted = asked(slack, second, "the second one", "UBOB")
    asked(slack, first, ANOTHER_LIST)
    asked(slack, second, LIST)
    assert "1016865" in asked(slack, first, "1016865")
    assert asked(slack, first, "the second one") == wanted
    assert asked(slack, second, "the second one") == wanted


def test_a_list_of_the_other_process(slack: SlackStandIn, doors: list[str | None]) -> None:
    """One change after a list that only the other process showed leaves that list as it is."""
    first, second = doors
    asked(slack, second, LIST, "UBOB")
    wanted = asked(slack, second, "the second one", "UBOB")
    asked(slack, second, LIST)
    assert "1016865" in asked(slack, first, "1016865")
    assert asked(slack, first, "the second one") == wanted


def test_the_end_of_a_process(slack: SlackStandIn, settings: Settings) -> None:
    """Once the app has ended, nothing of it writes what was answered any more."""
    before = set(threading.enumerate())
    with running("http", slack, replace(settings, http_workers=2)):
        (writer,) = (t for t in set(threading.enumerate()) - before if t.name == "command answers")
    writer.join(10)
    assert not writer.is_alive()
