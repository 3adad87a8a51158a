"""How a line of the log is written, what it holds, and what it never holds."""

import json
import logging
import re
import subprocess
import sys
import threading
from typing import Any
from urllib.error import URLError

import pytest
import sqlalchemy as sa
from slack_sdk.errors import SlackApiError

from bot.background import RepeatedJob
from bot.errors import SourceError
from bot.log_lines import LineFormatter
from bot.redaction import MAX_LENGTH, Redactor, describe_error, redact, secrets_in
from bot.references import current_reference, keep_reference, with_reference
from bot.settings import PROJECT, read_settings
from tests.doubling import MAX_RATIO, cost_of_doubling

CONTROL = [
    "\n",
    "\r",
    "\r\n",
    "\x1b[31m",
    "\x9b31m",
    "\x85",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\x00",
    "\x08",
    "\ud800",
]
ADDRESS = "https://user:zebra-password@example.com/feeds/zebra-path?key=zebra-key#zebra-part"


def line(name: str, level: int, message: Any, *args: Any, is_json: bool = False, error: BaseException | None = None,
         secrets: tuple[str, ...] = ()) -> str:  # fmt: skip
    """What is written."""
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, level, "x.py", 7, message, args, exc_info)
    return LineFormatter(is_json, Redactor(secrets)).format(record)


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    """An error with a traceback."""
    words = "zebra-local"
    try:
        raise error from cause
    except BaseException as caught:
        assert words
        return caught


def test_human() -> None:
    """Time, level, logger, event, and the reference, on one line."""
    with with_reference("3F2A9C"):
        found = line("bot.x", logging.WARNING, "Read %s: %d new", "it", 3)
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warning bot\.x: Read it: 3 new reference=3F2A9C", found
    )


def test_json() -> None:
    """The same as an object."""
    with with_reference("3F2A9C"):
        found = json.loads(line("bot.x", logging.INFO, "“é”", is_json=True))
    assert list(found) == ["time", "level", "logger", "event", "reference"]
    assert (found["level"], found["logger"], found["reference"]) == ("info", "bot.x", "3F2A9C")


def test_without_a_reference() -> None:
    """What nobody asked for has none."""
    assert "reference" not in json.loads(line("bot.x", logging.INFO, "x", is_json=True))


@pytest.mark.parametrize("is_json", [False, True])
@pytest.mark.parametrize("control", CONTROL, ids=ascii)
def test_one_line(control: str, is_json: bool) -> None:
    """A line break or a control character in a message, an argument, a logger's name or an error begins no line and
    colours no terminal.
    """
    error = raised(SourceError(f"a{control}b"))
    found = line(f"bot.a{control}b", logging.INFO, f"a{control}b %s %s", f"c{control}d", error, is_json=is_json)
    assert len(found.splitlines()) == 1
    assert not set(control) & set(re.sub(r"[\[\]31m]", "", found))
    found = line("bot.x", logging.ERROR, "x", is_json=is_json, error=error)
    assert not set(re.sub(r"[\[\]31m\n]", "", control)) & set(found)


def test_too_long() -> None:
    """A long message is cut, and says so; no part of a secret is left at the cut."""
    found = line("bot.x", logging.INFO, "%s", "x" * 5_000)
    assert len(found) < MAX_LENGTH + 100
    assert found.endswith("… (cut: 5,000 characters)")
    for length in range(900, 2_100, 31):
        assert "zebra" not in Redactor(["zebra-secret"]).redact("x" * length + "zebra-secret" + "y" * 3_000)[-60:]


@pytest.mark.parametrize(
    "text",
    [
        "the token xoxb-123-zebra", "xoxe.xoxp-1-zebra", "xoxe-1-zebra", "XAPP-1-A0-zebra",
        "Authorization: Bearer zebra-abc",
        "authorization=zebra", "{'token': 'zebra'}", '"client_secret": "zebra"', "password=zebra", "ticket=zebra&x=1",
        "sk-zebrazebrazebra", "wss://wss-primary.slack.com/link/?ticket=zebra&app_id=1", "mail zebra@example.com now",
        "postgresql+psycopg://bot:zebra@host/db", "postgresql://bot:ze/zebra@host/db", "https://example.com/zebra.xml",
        "https://zebra@example.com", "https://bot:it's-zebra@example.com/x",
        "//bot:zebra@example.com/x", "/feed.xml?key=zebra", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d2",
        "trigger 13345224609.738474920.8088930838d88f008e0", "eyJhbGciOiJIUzI1.eyJzdWIiOiIx.zebra",
        "HALO_LLM_KEY: zebra",
        "“zebra” is no channel", "“a” b “zebra", "near \"zebra\": syntax error", "line 3: no ('zebra')", "b'zebra'",
        "“it's ”zebra” here", "gAAAAABmzebrazebrazebrazebra==",
    ],
)  # fmt: skip
def test_left_out(text: str) -> None:
    """Secrets by their form, what addresses have beside their host, and what is quoted."""
    found = redact(text)
    assert "zebra" not in found
    assert "8088930838d88f008e0" not in found
    assert "a2114d57" not in found
    assert found != text


@pytest.mark.parametrize(
    "text",
    [
        "the job waits 5 s: ratelimited", "outbox row 12 for C0123456789: refused (not_in_channel)",
        "v2.206 · #1016865",
        "The workspace database sqlite:////srv/halobot/data/workspace.db cannot be used (disk I/O error).",
        "Slack refuses my token (token_revoked), so I can post nothing.", "T012AB of U012AB: 3 new, 1 unsure",
        "The disk of /srv/halobot is full: 3 MB are left.", "Seeds loaded into /srv/data/catalog.db: 293 new.",
        "Connected to Slack by Socket Mode", "it's 3 o'clock and the bot's well", "HALO_LLM_KEY is not set.",
        "1764480000.000100",
    ],
)  # fmt: skip
def test_kept(text: str) -> None:
    """What an operator needs stays."""
    assert redact(text) == text


def test_address() -> None:
    """Of an address its host and its depth are left."""
    assert redact(f"Read {ADDRESS}: 3 new") == "Read https://example.com/…/…: 3 new"
    assert redact("(see https://example.com).") == "(see https://example.com)."


def test_known_secrets() -> None:
    """What the settings name as secret is written nowhere: values, and what addresses have in them; also quoted for an
    address.
    """
    settings = read_settings(
        {
            "HALO_LLM_KEY": "zebra llm/key".replace(" ", "+"),
            "HALO_WORKSPACE_URL": "postgresql+psycopg://halobot:zebra%40pw@host/db",
            "HALO_SOURCES": "https://e.example/f?key=zebrasource every 6h; https://e.example/k/zebra-4711-path",
            "HALO_API_URL": "https://u:zebratenant@acme.halopsa.com",
            "SLACK_SIGNING_SECRET": "zebrasigning",
            "HALO_ENCRYPTION_KEY": f"{'zebraone':-<43}=, {'zebratwo':-<43}=",
        },
        PROJECT / "no.env",
    )
    redactor = Redactor(settings.secrets())
    for secret in ("zebra+llm/key", "zebra%2Bllm%2Fkey", "zebra@pw", "zebra%40pw", "zebrasource", "zebra-4711-path",
                   "zebratenant", "zebrasigning", f"{'zebratwo':-<43}="):  # fmt: skip
        assert "zebra" not in redactor.redact(f"got {secret} here"), secret
    assert "zebra" not in repr(settings)
    assert secrets_in(["sqlite:////srv/workspace.db"]) == set()


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (KeyError("zebra"), "KeyError"),
        (ValueError("invalid literal: zebra"), "ValueError"),
        (FileNotFoundError(2, "No such file or directory", "zebra"), "FileNotFoundError: No such file or directory"),
        (OSError("zebra"), "OSError"),
        (URLError(ConnectionRefusedError(111, "Connection refused")),
        "URLError: ConnectionRefusedError: Connection refused"),
        (SourceError("“zebra” is no address."), "“…” is no address."),
        (SlackApiError("zebra", {"ok": False, "error": "not_in_channel"}), "SlackApiError: not_in_channel"),
        (SlackApiError("zebra", {"ok": False, "error": "Zebra page"}), "SlackApiError"),
    ],
)  # fmt: skip
def test_errors(error: BaseException, shown: str) -> None:
    """Of an error its type, and of its text what is known to hold no words: Slack's code, the system's reason, our own
    sentence.
    """
    assert redact(describe_error(error)) == shown
    assert shown in line("bot.x", logging.ERROR, "it failed: %s", error)


def test_database_error() -> None:
    """A statement and its parameters are not shown."""
    engine, word = sa.create_engine("sqlite://", hide_parameters=True), "ze" + "bra"
    with engine.connect() as connection, pytest.raises(sa.exc.OperationalError) as caught:
        connection.execute(sa.text(f"SELECT :word FROM {word}"), {"word": word})
    engine.dispose()
    found = line("bot.x", logging.ERROR, "failed: %s", caught.value, error=caught.value)
    assert "zebra" not in found
    assert "OperationalError: SQLITE_ERROR" in found


@pytest.mark.parametrize("is_json", [False, True])
def test_traceback(is_json: bool) -> None:
    """A traceback names types and places of all that led to it, and no text, variable or note; each of its lines is
    indented, or it is in the object.
    """
    error = raised(RuntimeError("zebra-text"), raised(KeyError("zebra-cause")))
    error.add_note("zebra-note")
    found = line("bot.x", logging.ERROR, "failed", is_json=is_json, error=error)
    assert "zebra-" not in found.replace('words = "zebra-local"', "")
    shown = json.loads(found)["exception"] if is_json else found
    assert re.search(r"KeyError\n.*which led to:\n(.*\n)+.*RuntimeError", shown)
    assert "test_logs.py" in shown
    assert is_json or all(text.startswith("    ") for text in found.splitlines()[1:])


def test_group_of_errors() -> None:
    """Of several errors that happened together each is named, with its place, and no text."""
    group = ExceptionGroup("zebra", [raised(ValueError("zebra-text")), OSError(28, "No space left on device")])
    found = line("bot.x", logging.ERROR, "failed", error=group)
    assert found.count("together with:") == 2
    assert "No space left on device" in found
    assert "zebra" not in found.replace('words = "zebra-local"', "")


def test_deep_traceback() -> None:
    """Of a thousand calls the outermost and the innermost are shown; errors that cause each other end."""

    def deeper(left: int) -> None:
        if left:
            deeper(left - 1)
        raise LookupError

    with pytest.raises(LookupError) as caught:
        deeper(300)
    caught.value.__context__ = other = KeyError()
    other.__context__ = caught.value
    found = line("bot.x", logging.ERROR, "failed", error=caught.value)
    assert len(found.splitlines()) < 120
    assert "  …" in found
    long = line("bot.x", logging.ERROR, "%s", "x" * 9_000, error=caught.value, is_json=True)
    assert len(long.encode()) <= 4_096  # what a pipe takes as a whole, whoever else writes to it


@pytest.mark.parametrize(
    ("name", "message", "shown"),
    [
        ("slack_bolt.App", "Unhandled request ({'text': 'zebra'})\n---\nzebra", "Unhandled request …"),
        ("slack_sdk.web.base_client", "Failed to send a request: zebra", "Failed to send a request …"),
        ("halobot:App", "Error: zebra", "Error …"),
        ("slack_sdk.socket_mode", "A new session has been established (session id: 1)",
        "A new session has been established …"),
        ("uvicorn.error", "Uvicorn running on http://0.0.0.0:3000 (Press CTRL+C to quit)", None),
        ("uvicorn.error", OSError(98, "address already in use"), "OSError: address already in use"),
        ("asyncio", "Exception in callback f('zebra')\nhandle: <Handle f('zebra')>", "Exception in callback f(“…”)"),
        ("asyncio", "Task was destroyed but it is pending!\ntask: <Task zebra>",
        "Task was destroyed but it is pending!"),
        ("httpcore", "headers=[(b'Authorization', b'zebra')]", "headers=…"),
    ],
)  # fmt: skip
def test_libraries(name: str, message: Any, shown: str | None) -> None:
    """Of a library's line what it may have taken from a request is left out."""
    assert line(name, logging.ERROR, message).endswith(f"error {name}: {shown or message}")


def test_a_library_that_quotes_an_error() -> None:
    """What an error says is left out of the line, too."""
    error = raised(ValueError("zebra words"))
    found = line("uvicorn.error", logging.ERROR, "Failed to run it (error: zebra words)", error=error)
    assert "zebra words" not in found.replace('ValueError("zebra words")', "")


@pytest.mark.parametrize(
    "text", ["“", "'", '"', "a@", "https://", "xoxb-", "token=", "“a” ", "a.b@", "1.1.", "?a=", "<{["]
)
def test_no_slower_than_its_length(text: str) -> None:
    """A hostile text costs no more than its length."""
    assert cost_of_doubling(redact, lambda size: text * size, 450 // len(text)) < MAX_RATIO


# -- the handler ------------------------------------------------------------------------------------------------------


def run(code: str, *, format_name: str = "human", level: str = "DEBUG", rc: int = 0) -> str:
    """What a process of its own writes to standard error that logs like the bot."""
    start = f"from bot import logs; logs.start({level!r}, {format_name!r}, lambda: ['zebra-known'])\n"
    done = subprocess.run([sys.executable, "-c", start + code], cwd=PROJECT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (rc, ""), done.stderr
    return done.stderr


def test_levels() -> None:
    """At DEBUG our own lines come, and libraries' only from INFO on,
    even where they set their own level; some only from
    WARNING on.
    """
    names = (
        "bot.x",
        "slack_sdk.web",
        "slack_bolt.App",
        "halobot:App",
        "httpx",
        "httpcore.http11",
        "sqlalchemy.engine",
        "x",
    )
    found = run(f"""if True:
        import logging
        for name in {names!r}:
            logger = logging.getLogger(name)
            for again in (False, True):
                if again:
                    logger.setLevel(logging.DEBUG)
                logger.debug("debug of %s", name)
                logger.info("info of %s", name)
                logger.warning("warning of %s", name)
    """)
    assert re.findall(r"debug of (\S+)", found) == ["bot.x"] * 2
    assert found.count("info of") == 2 * 5
    assert found.count("warning of") == 2 * len(names)
    assert "debug" not in run("import logging; logging.getLogger('bot.x').debug('debug')", level="INFO")


def test_all_that_ends_badly_is_logged() -> None:
    """Warnings, and errors that nobody catches (of a thread, of a destructor, of the process) are lines, too."""
    found = run(
        """if True:
        import threading, warnings
        class A:
            def __del__(self):
                raise ValueError("zebra-" + "destructor")
        A()
        def work():
            raise ValueError("zebra-" + "thread")
        thread = threading.Thread(target=work)
        thread.start(); thread.join()
        warnings.warn("zebra-known “quoted” is old", UserWarning)
        raise ValueError("zebra-" + "end")
    """,
        format_name="json",
        rc=1,
    )
    lines = [json.loads(text) for text in found.splitlines()]
    assert [one["logger"] for one in lines] == ["bot.logs", "bot.logs", "py.warnings", "bot.logs"]
    assert [one["level"] for one in lines] == ["error", "error", "warning", "critical"]
    for canary in ("zebra-destructor", "zebra-thread", "zebra-known", "quoted", "zebra-end"):
        assert canary not in found


def test_what_cannot_be_written() -> None:
    """Arguments that do not fit, a broken object and a closed standard error neither raise nor print the line."""
    code = """if True:
        import logging, sys
        log = logging.getLogger("bot.x")
        log.info("%d %s", "zebra-one")
        class Broken:
            def __str__(self):
                raise ValueError("zebra-two")
        log.info("%s", Broken())
        log.info("well")
        sys.stderr.close()
        log.info("zebra-three")
    """
    found = run(code)
    assert "zebra" not in found
    assert found.count("cannot be written") == 2
    assert "bot.x: well" in found


def test_nothing_is_loaded_before_a_line_is_written() -> None:
    """A command that logs nothing does not load structlog, which takes longer than its answer."""
    code = "import sys; sys.exit('structlog' in sys.modules or 'bot.redaction' in sys.modules)"
    assert run(code) == ""


@pytest.mark.parametrize("format_name", ["human", "json"])
def test_a_process_that_reads(format_name: str) -> None:
    """What a reading process logs has the same form, and the reference of what it reads for."""
    found = run(
        """if True:
        import operator
        from bot.errors import SourceError
        from bot.ingest.reading_process import read_apart, reading_apart
        from bot.references import with_reference
        with with_reference("ABCDEF"), reading_apart():
            try:
                read_apart(operator.truediv, 1, 0)
            except SourceError:
                pass
    """,
        format_name=format_name,
    )
    assert "ZeroDivisionError" in found
    if format_name == "json":
        (one,) = map(json.loads, found.splitlines())
        assert (one["logger"], one["event"], one["reference"]) == (
            "bot.ingest.reading_process",
            "reading failed",
            "ABCDEF",
        )
    else:
        assert found.splitlines()[0].endswith("error bot.ingest.reading_process: reading failed reference=ABCDEF")


# -- references -------------------------------------------------------------------------------------------------------


def test_references() -> None:
    """A reference is there inside its block, and others are given on."""
    assert current_reference() == ""
    with with_reference() as first:
        assert re.fullmatch(r"[0-9A-F]{6}", first)
        with with_reference() as second:
            assert current_reference() == second != first
        assert current_reference() == first
        seen: list[str] = []
        work = keep_reference(lambda: seen.append(current_reference()))
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [first]


def test_each_turn_has_its_own() -> None:
    """What runs again and again has a reference a turn."""
    seen: list[str] = []
    done = threading.Event()

    def turn() -> None:
        seen.append(current_reference())
        if len(seen) == 3:
            done.set()

    job = RepeatedJob(0.0, turn, "test").start()
    assert done.wait(10)
    job.shutdown()
    assert len(set(seen[:3])) == 3
    assert "" not in seen
