"""The checklist of an upgrade through the whole app: a command, sentences, its pages, the shared post, the terminal."""

from functools import partial

import pytest
from click.testing import CliRunner

from bot.cli.main import cli
from bot.playground.model import TranscriptEntry
from bot.settings import Settings
from tests.whole_app.acting import SlackStandIn, buttons, text

TITLE = "v2.206 to v2.214: 200 changes"


def paragraphs(shown: TranscriptEntry) -> list[str]:
    """The texts of what was shown."""
    return [block["text"]["text"] for block in shown.blocks if "text" in block]


@pytest.mark.parametrize("ask", ["command", "mention", "dm"])
@pytest.mark.parametrize("said", ["upgrade 2.206 2.214", "going from 2.206 to 2.214, what do I need to check?"])
def test_first_screen(halo: SlackStandIn, ask: str, said: str) -> None:
    """Counts of each kind, and what acts by itself, whichever way it is asked."""
    act = partial(halo.command, "/halo", said) if ask == "command" else partial(getattr(halo, ask), said)
    shown = halo.only_shown_after(act)
    assert (shown.visible_to == "UALICE") == (ask == "command")
    for part in (
        TITLE,
        "*29*  Acts by itself",
        "*5*  Test first",
        "*75*  Off until you enable it",
        "*Acts by itself* (29)",
    ):
        assert part in text(shown), part
    assert "Next" in buttons(shown)


def test_all_of_it_in_pages(halo: SlackStandIn) -> None:
    """Each change is on exactly one page, and the buttons go there and back."""
    shown = halo.only_shown_after(partial(halo.command, "/halo", "upgrade 2.206 2.214"))
    first, lines, pages = paragraphs(shown), 0, 0
    while True:
        lines, pages = lines + text(shown).count("• "), pages + 1
        if "Next" not in buttons(shown):
            break
        shown = halo.only_shown_after(partial(halo.click, "page_next"))
    assert (lines, 4 <= pages <= 8) == (200, True)
    while "Previous" in buttons(shown):
        shown = halo.only_shown_after(partial(halo.click, "page_previous"))
    assert paragraphs(shown) == first


def test_shared_as_a_whole(halo: SlackStandIn) -> None:
    """Share posts the first screen for the channel and all the rest in its thread; no change is left out or twice."""
    halo.only_shown_after(partial(halo.command, "/halo", "upgrade 2.206 2.214"))
    posts = halo.shown_after(partial(halo.click, "share"), "message")
    first, *rest = posts
    assert (first.thread_ts, first.visible_to) == (None, None)
    assert TITLE in text(first)
    assert "Shared by <@UALICE>" in text(first)
    assert {post.thread_ts for post in rest} == {first.ts}
    assert sum(text(post).count("• ") for post in posts) == 200
    assert len(posts) <= 8


def test_sharing_where_the_bot_is_not(halo: SlackStandIn) -> None:
    """In a channel without the bot the first screen is posted, and the person hears that the rest is missing."""
    halo.only_shown_after(partial(halo.command, "/halo", "upgrade 2.206 2.214", channel="G1"))
    after = halo.shown_after(partial(halo.click, "share"), "message", "ephemeral", "update")
    assert any("Not all of it could be posted" in text(entry) for entry in after)


def test_narrowed_afterwards(halo: SlackStandIn) -> None:
    """ "only billing" narrows the checklist, and it stays one."""
    halo.only_shown_after(partial(halo.dm, "upgrade 2.206 2.214"))
    shown = halo.only_shown_after(partial(halo.dm, "only billing"))
    assert "v2.206 to v2.214, Billing &amp; invoicing" in text(shown) or "Billing & invoicing: " in text(shown)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("upgrade 2.214 2.214", "Upgrade v2.214"),
        ("upgrade 2.300 2.310", "I know no changes after v2.300"),
        ("upgrade", "a checklist: what acts by itself"),
        ("what will act by itself when we go to 2.214", "You did not say from which version"),
    ],
)
def test_odd_ones(halo: SlackStandIn, said: str, reply: str) -> None:
    """The same version twice, versions that nobody knows, none, or only one."""
    assert reply in text(halo.only_shown_after(partial(halo.command, "/halo", said)))


def test_in_the_terminal(settings: Settings) -> None:
    """The terminal lists all of it by kind and area."""
    environment = {"HALO_CATALOG": str(settings.catalog), "HALO_WORKSPACE_URL": settings.workspace_url}
    shown = CliRunner().invoke(cli, ["ask", "upgrade 2.206 2.214"], env=environment).output
    assert f"Upgrade {TITLE}" in shown
    assert "Acts by itself (29)" in shown
    assert shown.count("\n  - ") == 200


@pytest.mark.parametrize("said", ["upgrade 2.206 2.214", "v2.214", "everything for jira", "compare 2.206 2.208"])
def test_as_text(halo: SlackStandIn, said: str) -> None:
    """ "Send as text" sends the whole answer privately, as a direct message, and says so."""
    halo.only_shown_after(partial(halo.command, "/halo", said))
    *documents, note = halo.shown_after(partial(halo.click, "send_as_text"))
    assert "I sent it to you" in text(note)
    assert note.visible_to == "UALICE"
    assert documents
    assert all(document.channel.startswith("D") for document in documents)
    assert "```# " in text(documents[0])
    if said.startswith("upgrade"):
        assert sum(text(document).count("- **") for document in documents) == 200


def test_as_text_in_the_order_that_was_asked_for(halo: SlackStandIn) -> None:
    """A list is put in another order, its pages go on in it, and “export to excel” offers all of it."""
    first = halo.only_shown_after(partial(halo.dm, "v2.214"))
    assert "v2.214: 74 changes" in text(first)
    by_title = halo.only_shown_after(partial(halo.dm, "alphabetically"))
    assert "*74 changes* for “v2.214”, by title, A to Z" in text(by_title)
    following = halo.only_shown_after(partial(halo.dm, "more"))
    assert text(by_title).count("• ") + text(following).count("• ") > 40
    offer = halo.only_shown_after(partial(halo.dm, "export to excel"))
    assert "--question 'v2.214 sort:title' --format csv" in text(offer)
    documents = halo.shown_after(partial(halo.click, "send_as_text"))
    assert sum(text(document).count("- **") for document in documents) == 74
    assert "A to Z" in text(documents[0])


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--version", "2.214"], 74),
        (["--from", "2.206", "--to", "2.214"], 200),
        (["--from", "2.214"], 11),
        (["--question", "upgrade 2.206 2.214"], 200),
        ([], 293),
    ],
)
@pytest.mark.parametrize("style", ["json", "csv", "markdown"])
def test_export_in_the_terminal(settings: Settings, options: list[str], count: int, style: str) -> None:
    """`halobot export` prints each entry of a version, a range, a question or the catalogue once, in each format."""
    environment = {"HALO_CATALOG": str(settings.catalog), "HALO_WORKSPACE_URL": settings.workspace_url}
    ran = CliRunner().invoke(cli, ["export", *options, "--format", style], env=environment)
    lines = ran.stdout.splitlines()
    entries = {"json": len(lines), "csv": len(lines) - 1, "markdown": sum(line.startswith("- **") for line in lines)}
    assert (ran.exit_code, entries[style]) == (0, count)


@pytest.mark.parametrize(
    "options",
    [["--version", "abc"], ["--to", "2.214"], ["--version", "2.214", "--from", "2.206"], ["--question", "zqxv"]],
)
def test_export_of_nothing(settings: Settings, options: list[str]) -> None:
    """What is no version, does not go together or finds nothing is said in a line."""
    environment = {"HALO_CATALOG": str(settings.catalog), "HALO_WORKSPACE_URL": settings.workspace_url}
    ran = CliRunner().invoke(cli, ["export", *options], env=environment)
    assert ran.exit_code != 0
    assert "Error: " in ran.output
    assert "Traceback" not in ran.output
