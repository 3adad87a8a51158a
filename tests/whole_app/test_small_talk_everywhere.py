"""What the bot knows of itself, by every way in: an honest sentence, and never a change."""

import pytest

from tests.whole_app.ways_in import WAYS, Row, WaysIn

ROWS = (
    Row("hello", "Hello! I know", count=0),
    Row("good morning :wave:", "I know", count=0),
    Row("thanks!", "You are welcome", count=0),
    Row("that was helpful, cheers", "You are welcome", count=0),
    Row("who are you", "I am Halobot", count=0),
    Row("are you chatgpt?", "I am Halobot", count=0),
    Row("what can you do", "from v2.204 to v2.216, 5 answers to frequent questions and 6 guides", count=0),
    Row("that's wrong", "Say it in other words", count=0),
    Row("what does a licence cost per month", "I do not know what HaloPSA or its licences cost", count=0),
    Row("is halo down for anybody else", "cannot see whether Halo is up", count=0),
    Row("hoe kan ik facturen samenvoegen", "I only understand English", count=0),
    Row("wie kann ich Rechnungen zusammenführen?", "I only understand English", count=0),
    Row("when is the next release", ("The newest version I know is v2.216", "No source is watched"), count=0),
    Row("is 2.230 out yet", "I know nothing of v2.230", count=0),
    Row('Traceback (most recent call last): File "a.py", line 3, in <module> KeyError: 3', "looks pasted", count=0),
    Row(
        "Kind regards, Ann Miller | Service Manager | Acme Ltd | T: +44 20 1234 5678 | ann@acme.example",
        "looks pasted",
        count=0,
    ),
    Row("latest", "v2.216", count=11),
)


@pytest.mark.parametrize("way", WAYS)
def test_what_the_bot_knows_of_itself(everywhere: WaysIn, way: str) -> None:
    """Greetings, thanks, what it is and cannot know: the same reply everywhere, with no change in it."""
    assert everywhere.wrong(way, ROWS) == []
