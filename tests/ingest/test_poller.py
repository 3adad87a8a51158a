"""Watched sources: new posts found, nothing read twice, and one that fails never stops the others."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import Application
from bot.catalog import indexing
from bot.errors import SettingError, SourceError
from bot.ingest.load import load_source
from bot.ingest.poller import ELSEWHERE, SourcePoller, source_statuses, start_polling
from bot.ingest.readers.feed import read_feed_items
from bot.ingest.schedule import (
    SourceStatus,
    WatchedSource,
    failing_for,
    failing_problems,
    format_interval,
    is_due,
    next_due,
    parse_sources,
    should_notify,
)
from bot.settings import read_settings
from bot.storage.arrivals import Arrivals
from bot.storage.database import open_workspace
from bot.storage.models import SourceState
from bot.storage.turns import Turns
from tests.ingest.conftest import or_a_sentence
from tests.ingest.servers import Reply
from tests.ingest.unseen import ATOM, CLASSIC, JSON_FEED, RSS, SITE


def feed(site, *numbers: int) -> str:
    """A feed that only names its posts."""
    items = "".join(
        f"<item><title>By the [run]Book: Episode {n}</title><link>{site.url}/ep{n}</link>"
        "<description>Halo news</description></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def post(number: int, *rows: str) -> str:
    """A small post."""
    listed = "".join(f"<p>{row}</p>" for row in rows)
    intro = f"<p>Episode {number} of By the [run]Book covers HaloPSA v2.220.</p><h3>Full Feature List</h3>"
    return f"<html><body>{intro}{listed}</body></html>"


@pytest.fixture
def told() -> list[str]:
    """What the operator was told."""
    return []


@pytest.fixture
def poller_for(empty, states, fetcher, told):
    """A poller of these sources."""

    def make(*names: str, **more) -> SourcePoller:
        return SourcePoller(
            empty,
            states,
            tuple(WatchedSource(name, timedelta(hours=6)) for name in names),
            fetcher,
            notify_operator=told.append,
            **more,
        )

    return make


def test_nothing_is_left_to_the_next_question(site, poller_for, empty, now, monkeypatch):
    """What many new changes leave for later is done by the poller: the index, and the words that are expected of
    them.
    """
    monkeypatch.setattr(indexing, "BATCH_SIZE", 3)
    site.pages["/feed"] = Reply(200, feed(site, 30))
    rows = [f"Dashboard {number} can be pinned | v2.220 #11020{number} | 9:10" for number in range(10, 18)]
    site.pages["/ep30"] = Reply(200, post(30, *rows))
    poller_for(f"{site.url}/feed").poll_due(now)
    left = "SELECT (SELECT count(*) FROM entries_fts_queue), (SELECT count(*) FROM expansion_queue)"
    assert empty.db.execute("SELECT count(*) FROM entries").fetchone() == (8,)
    assert empty.db.execute(left).fetchone() == (0, 0)


def test_new_post_is_found(site, poller_for, empty, now):
    """A feed's posts are read from their pages; later the new one is, and the last ones are asked if they changed."""
    site.pages["/feed"] = Reply(200, feed(site, 30))
    site.pages["/ep30"] = Reply(200, post(30, "Dashboards can be pinned | v2.220 #1102001 | 9:10"))
    poller = poller_for(f"{site.url}/feed")
    ((_, first),) = poller.poll_due(now)
    assert {entry.key for entry in empty.entries()} == {"1102001"}
    assert first.silent is True
    site.pages["/feed"] = Reply(200, feed(site, 31, 30))
    site.pages["/ep31"] = Reply(200, post(31, "Boards can be shared | v2.220 #1102002 | 1:10"))
    assert poller.poll_due(now + timedelta(hours=5)) == []
    ((_, report),) = poller.poll_due(now + timedelta(hours=6))
    assert (report.new, report.silent) == (("1102002",), False)
    assert site.paths() == ["/feed", "/ep30", "/feed", "/ep31", "/ep30"]


def test_one_process_reads_a_source_at_a_time(site, poller_for, states, now):
    """While another process reads a source it is left out, and afterwards it is not due; what one does by hand says
    why it was not read.
    """
    site.pages["/feed"] = Reply(200, feed(site, 30))
    site.pages["/ep30"] = Reply(200, post(30, "Dashboards can be pinned | v2.220 #1102001 | 9:10"))
    turns = Turns(states._engine, now.timestamp)
    other = poller_for(f"{site.url}/feed", turn=turns.turn)
    seen = []

    @contextmanager
    def while_other_asks():
        seen.append((other.poll_due(now), list(other.poll_all(now))))
        yield

    ((_, report),) = poller_for(f"{site.url}/feed", turn=turns.turn, reading=while_other_asks).poll_due(now)
    assert report.new == ("1102001",)
    assert seen == [([], [(f"{site.url}/feed", ELSEWHERE)])]
    assert site.paths() == ["/feed", "/ep30"]
    assert other.poll_due(now) == []
    assert len(other.poll_due(now + timedelta(hours=6))) == 1


def test_what_another_process_has_just_read(site, poller_for, states, now):
    """A source that was due, and was read by another process until this one had its turn, is not read again."""
    site.pages["/feed"] = Reply(200, feed(site, 30))
    site.pages["/ep30"] = Reply(200, post(30, "Dashboards can be pinned | v2.220 #1102001 | 9:10"))

    @contextmanager
    def after_another(name, seconds):
        assert len(poller_for(f"{site.url}/feed").poll_due(now)) == 1
        yield True

    assert poller_for(f"{site.url}/feed", turn=after_another).poll_due(now) == []
    assert site.paths() == ["/feed", "/ep30"]


def test_304_reads_nothing(site, poller_for, empty, now):
    """An unchanged feed costs one request, one more for each of its last posts, and changes nothing."""
    site.pages["/feed"] = lambda request: (
        Reply(304) if request.headers.get("if-none-match") == "e1" else Reply(200, feed(site, 30), {"ETag": "e1"})
    )
    site.pages["/ep30"] = Reply(200, post(30, "Dashboards can be pinned | v2.220 #1102001 | 9:10"))
    poller = poller_for(f"{site.url}/feed")
    poller.poll_due(now)
    ((_, report),) = poller.poll_due(now + timedelta(days=1))
    assert str(report) == "nothing new"
    assert site.paths() == ["/feed", "/ep30", "/feed", "/ep30"]


def test_a_page_that_failed_is_read_next_time(site, poller_for, empty, now):
    """A post whose page fails once is not forgotten, though the feed stays as it was."""
    site.pages["/feed"] = lambda request: (
        Reply(304) if request.headers.get("if-none-match") else Reply(200, feed(site, 30, 31), {"ETag": "e1"})
    )
    site.pages["/ep30"] = Reply(404)
    site.pages["/ep31"] = Reply(200, post(31, "Boards can be shared | v2.220 #1102002 | 1:10"))
    poller = poller_for(f"{site.url}/feed")
    ((_, report),) = poller.poll_due(now)
    assert (report.new, report.count("refused")) == (("1102002",), 1)
    site.pages["/ep30"] = Reply(200, post(30, "Dashboards can be pinned | v2.220 #1102001 | 9:10"))
    ((_, report),) = poller.poll_due(now + timedelta(hours=6))
    assert report.new == ("1102001",)


def test_a_first_reading_is_quiet_until_all_is_read(site, poller_for, states, now, told):
    """A first reading of which a part failed goes on: the operator is told, and what the rest brings is no news either.
    After a day it is over.
    """
    site.pages["/feed"] = Reply(200, feed(site, 30, 31, 32))
    site.pages["/ep31"] = Reply(200, post(31, "Boards can be shared | v2.220 #1102002 | 1:10"))
    poller = poller_for(f"{site.url}/feed")
    poller.poll_due(now)
    state = states.get(f"{site.url}/feed")
    assert (state.last_success, state.failures, "404" in state.error, len(told)) == (None, 1, True, 1)
    site.pages["/ep30"] = Reply(200, post(30, "Dashboards can be pinned | v2.220 #1102001 | 9:10"))
    ((_, report),) = poller.poll_due(now + timedelta(hours=6))
    assert (report.new, report.silent) == (("1102001",), True)
    site.pages["/feed"] = Reply(200, feed(site, 30, 31, 32, 33))
    site.pages["/ep33"] = Reply(200, post(33, "Tills can be shared | v2.220 #1102003 | 1:10"))
    ((_, report),) = poller.poll_due(now + timedelta(days=1))
    assert (report.new, report.silent) == (("1102003",), False)


def test_a_file_that_failed_is_read_again(poller_for, states, now, tmp_path, monkeypatch):
    """A folder in which one file cannot be read is failing, and read again though no file changed."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.txt").write_text(CLASSIC.text)
    (folder / "b.txt").write_text(
        "Episode 23 of By the [run]Book covers HaloPSA v2.220.\nBoards can be shared | v2.220 #1102002 | 1:10\n"
    )
    poller = poller_for(str(folder))
    whole = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", denied)
        ((_, report),) = poller.poll_due(now)
    assert (report.count("new"), report.count("refused"), report.silent) == (4, 1, True)
    state = states.get(str(folder))
    assert (state.last_success, state.fingerprint, state.failures, "cannot be read" in state.error) == (
        None,
        None,
        1,
        True,
    )
    ((_, report),) = poller.poll_due(now + timedelta(hours=6))
    assert (report.new, report.silent, states.get(str(folder)).error) == (("1102002",), True, None)


def test_a_deleted_catalogue_is_filled_again(site, poller_for, empty, now, tmp_path):
    """What watched sources brought comes back when the catalogue was deleted, though nothing changed at the sources."""
    etag = {"ETag": "e1"}
    site.pages["/feed"] = lambda request: (
        Reply(304) if request.headers.get("if-none-match") == "e1" else Reply(200, feed(site, 30), etag)
    )
    site.pages["/ep30"] = Reply(200, post(30, "Dashboards can be pinned | v2.220 #1102001 | 9:10"))
    (tmp_path / "a.txt").write_text(CLASSIC.text)
    poller = poller_for(f"{site.url}/feed", str(tmp_path / "a.txt"))
    poller.poll_due(now)
    before = {entry.key for entry in empty.entries()}
    assert len(before) == 5
    empty.close()
    for file in tmp_path.glob("empty.db*"):
        file.unlink()
    poller.poll_due(now + timedelta(hours=6))
    assert {entry.key for entry in empty.entries()} == before
    asked = len(site.paths())
    poller.poll_due(now + timedelta(hours=12))
    assert site.paths()[asked:] == ["/feed", "/ep30"]


def test_one_that_fails_does_not_stop_the_others(site, poller_for, empty, now, told, tmp_path):
    """A failing source is told once a day, tried again sooner than usual, and the others are read."""
    (tmp_path / "notes.txt").write_text(CLASSIC.text)
    site.pages["/gone"] = Reply(404)
    gone, file = f"{site.url}/gone", str(tmp_path / "notes.txt")
    poller = poller_for(gone, file)
    outcomes = dict(poller.poll_due(now))
    assert "answers 404" in outcomes[gone]
    assert outcomes[file].count("new") == 4
    assert len(told) == 1
    assert dict(poller.poll_due(now + timedelta(minutes=5))).keys() == {gone}
    poller.poll_due(now + timedelta(hours=23))
    assert len(told) == 1
    poller.poll_due(now + timedelta(hours=25))
    assert len(told) == 2
    (failing, fine) = source_statuses(poller.sources, poller.states, now + timedelta(hours=25))
    assert (failing.failures, fine.error) == (4, None)
    assert "404" in failing.error
    site.pages["/gone"] = Reply(200, post(30, "Dashboards can be pinned | v2.220 #1102001 | 9:10"))
    poller.poll_due(now + timedelta(days=3))
    assert source_statuses(poller.sources, poller.states, now)[0].failures == 0


def test_a_fault_of_ours_does_not_stop_the_others(poller_for, empty, now, tmp_path, monkeypatch):
    """Even what nobody thought of fails one source only."""
    (tmp_path / "notes.txt").write_text(CLASSIC.text)
    poller = poller_for("https://broken.test/", str(tmp_path))
    monkeypatch.setattr(poller.fetcher, "get", lambda *_: 1 / 0)
    outcomes = dict(poller.poll_due(now))
    assert "ZeroDivisionError" in outcomes["https://broken.test/"]
    assert outcomes[str(tmp_path)].new


def test_files_are_read_when_they_change(poller_for, empty, now, tmp_path):
    """A folder is read again when a file came or changed."""
    poller = poller_for(str(tmp_path))
    (tmp_path / "a.txt").write_text(CLASSIC.text)
    assert poller.poll_due(now)[0][1].count("new") == 4
    assert str(poller.poll_due(now + timedelta(days=1))[0][1]) == "nothing new"
    (tmp_path / "b.txt").write_text(
        "Episode 23 of By the [run]Book covers HaloPSA v2.220.\nBoards can be shared | v2.220 #1102002 | 1:10\n"
    )
    assert poller.poll_due(now + timedelta(days=2))[0][1].new == ("1102002",)


def test_a_first_reading_can_be_announced(poller_for, now, tmp_path):
    """A first reading is silent unless it is asked to count."""
    (tmp_path / "a.txt").write_text(CLASSIC.text)
    poller = poller_for(str(tmp_path))
    ((_, report),) = poller.poll_all(now, announce_first=True)
    assert report.silent is False


def test_each_import_is_followed_up(poller_for, now, tmp_path):
    """`on_imported` gets the report of each reading that changed the catalogue; what fails there fails no source."""
    reports = []

    def on_imported(report, at):
        reports.append((report.new, at))
        raise RuntimeError("the workspace database is away")

    (tmp_path / "a.txt").write_text(CLASSIC.text)
    poller = poller_for(str(tmp_path), on_imported=on_imported)
    ((_, report),) = poller.poll_due(now)
    poller.poll_due(now + timedelta(hours=6))
    assert reports == [(report.new, now)]
    assert source_statuses(poller.sources, poller.states, now)[0].error is None


def test_what_is_news(poller_for, empty, now, tmp_path):
    """A first reading is in the catalogue and no news; what comes or changes later is, and so is a first reading that
    was asked to count.
    """
    engine = open_workspace(f"sqlite:///{tmp_path / 'arrivals.db'}")
    arrivals = Arrivals(engine)

    def news() -> list[tuple[str, str]]:
        arrivals.sync(empty, now.timestamp())
        return [(one.key, one.kind) for one in arrivals.between(0, arrivals.latest_seq())]

    notes, other = tmp_path / "a.txt", tmp_path / "b.txt"
    poller = poller_for(
        str(notes),
        str(other),
        before_silent_import=lambda entries, at: arrivals.record_silently(entries, at.timestamp()),
    )
    notes.write_text(CLASSIC.text)
    poller.poll_due(now)
    assert empty.entry_count() == 4
    assert news() == []
    changed = CLASSIC.text.replace(
        "Stops approvals from being forgotten", "Stops approvals from being forgotten for ever"
    )
    notes.write_text(
        changed
        + "\nEpisode 23 of By the [run]Book covers HaloPSA v2.220.\nBoards can be shared | v2.220 #1102002 | 1:10\n"
    )
    poller.poll_due(now + timedelta(days=1))
    assert news() == [("1101201", "updated"), ("1102002", "new")]
    other.write_text(
        "Episode 24 of By the [run]Book covers HaloPSA v2.222.\nTills can be shared | v2.222 #1102003 | 1:10\n"
    )
    list(poller.poll_all(now + timedelta(days=2), announce_first=True))
    assert news()[2:] == [("1102003", "new")]
    engine.dispose()


def test_the_operator_is_told_once_a_day_though_it_works_in_between(site, poller_for, now, told):
    """A source that fails every other time is not worth a word each time."""
    poller = poller_for(f"{site.url}/page")
    for hours in (0, 1, 2, 3):
        site.pages["/page"] = (
            Reply(404) if hours % 2 == 0 else Reply(200, post(30, "Dashboards can be pinned | v2.220 #1102001 | 9:10"))
        )
        list(poller.poll_all(now + timedelta(hours=hours)))
    assert len(told) == 1
    assert "not read" in told[0] or "never read" in told[0]


def test_the_operator_gets_a_message(monkeypatch, caplog, tmp_path):
    """Whoever HALO_ADMINS names gets a direct message; where Slack fails, the log says so and nothing breaks."""
    posted = []

    class Client:
        on_rate_limited = None

        def chat_postMessage(self, **said):
            assert said["unfurl_links"] is False
            posted.append((said["channel"], said["text"]))
            if said["channel"] == "U0AAAAA22":
                raise OSError("no network")

    monkeypatch.setattr(Application, "slack_client", Client())
    settings = read_settings(
        {"HALO_ADMINS": "U0AAAAA11, U0AAAAA22, admins", "SLACK_BOT_TOKEN": "xoxb-12345"}, tmp_path / "no.env"
    )
    Application(settings).notify_operator("The source <x> fails.")
    assert posted == [("U0AAAAA11", "The source &lt;x&gt; fails."), ("U0AAAAA22", "The source &lt;x&gt; fails.")]
    assert "U0AAAAA22 could not be told: no network" in caplog.text
    Application(read_settings({"HALO_ADMINS": "U0AAAAA11"}, tmp_path / "no.env")).notify_operator(
        "No token, so only the log."
    )
    assert len(posted) == 2


def test_states_survive(states, now):
    """What is remembered of a source is there after a restart, however long its name."""
    state = SourceState("https://x/" + "y" * 3_000, "e", "l", "f", now, now, "error", 3, now, now, "c")
    states.save(state)
    states.save(state)
    assert states.get(state.name) == state
    assert states.get("other") is None


def test_parse_sources():
    """HALO_SOURCES as people write it."""
    found = parse_sources(
        "https://x.test/feed every 6h; /srv/my notes every 15 minutes announce;\n halo-api every day ; https://y.test/"
    )
    assert [(source.name, format_interval(source.interval), source.announce_first) for source in found] == [
        ("https://x.test/feed", "6h", False), ("/srv/my notes", "15m", True), ("halo-api", "1d", False),
        ("https://y.test/", "6h", False),
    ]  # fmt: skip
    assert parse_sources("  ; ") == ()


@pytest.mark.parametrize("text", ["https://x.test every 5 moons", "https://x.test every 0h", "every 6h every 5h"])
def test_malformed_sources(text):
    """A malformed part is shown, with what it should look like."""
    with pytest.raises(SettingError, match="looks like"):
        parse_sources(text)


def test_due(now):
    """Due at once when never read, then after its time; after failures sooner, but later each time."""
    source = WatchedSource("x", timedelta(hours=6))
    assert is_due(source, None, now)
    assert next_due(source, SourceState("x", last_try=now)) == now + timedelta(hours=6)
    waits = [next_due(source, SourceState("x", last_try=now, failures=n)) - now for n in (1, 2, 3, 30)]
    assert waits == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20), timedelta(hours=6)]
    assert should_notify(SourceState("x", failures=1), now)
    assert not should_notify(SourceState("x", failures=9, notified=now - timedelta(hours=23)), now)


def test_scheduler(poller_for, now, tmp_path):
    """The scheduler reads what is due at once, and ends when told to."""
    import threading

    (tmp_path / "a.txt").write_text(CLASSIC.text)
    seen = threading.Event()
    poller = poller_for(str(tmp_path), before_silent_import=lambda *_: seen.set())
    running = start_polling(poller)
    try:
        assert seen.wait(10)
    finally:
        running.shutdown(wait=True)


@pytest.mark.parametrize(("data", "titles"), [(RSS.text, 2), (ATOM.text, 1), (JSON_FEED.text, 1)])
def test_feeds(data, titles):
    """RSS, Atom and JSON Feed give their posts with link and date."""
    items = read_feed_items(data.encode(), "feed")
    assert len(items) == titles
    assert items[0].link == "https://example.com/ep22"
    assert items[0].published == "2026-06-09"


def test_external_entities_are_not_loaded(tmp_path):
    """A feed cannot make us read a file, nor grow without end."""
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    item = '<rss version="2.0"><channel><item><title>{}</title></item></channel></rss>'
    evil = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>' + item.format("a &x; b")
    assert "SECRET" not in repr(read_feed_items(evil.encode(), "feed"))
    layers = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{layers}]>' + item.format("&l11;")
    with or_a_sentence():
        assert len(repr(read_feed_items(bomb.encode(), "feed"))) < 10_000


@pytest.mark.parametrize(
    "data", [b"", b"not a feed", b'{"version": "https://jsonfeed.org/version/1", "items": 7}', b"<rss", b'{"a"']
)
def test_no_feed(data):
    """What is no feed is told in a sentence."""
    with pytest.raises(SourceError):
        read_feed_items(data, "feed")


def test_names_on_the_command_line(site, fetcher, tmp_path):
    """A page, a feed, a folder, a file and what is not there: each gives readings, never an error."""
    site.pages["/page"] = Reply(200, SITE.text, {"Content-Type": "text/html"})
    site.pages["/feed"] = Reply(200, RSS.text)
    (tmp_path / "a.txt").write_text(CLASSIC.text)
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    counts = [
        [len(reading.records) for reading in load_source(name, fetcher)]
        for name in (
            f"{site.url}/page",
            f"{site.url}/feed",
            str(tmp_path),
            str(tmp_path / "a.txt"),
            str(tmp_path / "image.png"),
            str(tmp_path / "none"),
            "a\0b",
            "~nobody-at-all/x.csv",
            "x" * 5_000,
        )
    ]
    assert counts == [[4], [2, 0], [5], [5], [0], [0], [0], [0], [0]]


@pytest.mark.parametrize(
    ("failures", "since_last_try", "minutes"),
    [(0, 5, 0), (1, 3, 3), (1, 60, 5), (2, 0, 5), (3, 0, 15), (4, 40, 75), (9, 60, 375)],
)
def test_how_long_a_source_has_failed(failures: int, since_last_try: int, minutes: int) -> None:
    """As long at least as it takes to be tried so often; a bot that was off does not count."""
    now = datetime(2026, 11, 30, tzinfo=UTC)
    last_try = now - timedelta(minutes=since_last_try)
    assert failing_for(timedelta(hours=1), failures, last_try, now) == timedelta(minutes=minutes)


def test_a_source_that_has_failed_for_a_day() -> None:
    """Is a problem, by a name without its key; one that fails since this morning is none."""
    status = SourceStatus("https://feeds.example/?key=secret", "6h", None, None, "gone", 9)
    assert failing_problems([replace(status, failing_for=timedelta(hours=23))]) == []
    (problem,) = failing_problems([replace(status, failing_for=timedelta(hours=50))])
    assert "feeds.example" in problem.text
    assert "secret" not in problem.text + problem.for_people
