"""The command line as a person or a script runs it: in its own process, folder and environment."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli.main import COMMAND_MODULES
from bot.settings import PROJECT
from bot.storage.upgrade import REVISIONS
from tests.prepared import new_workspace

HALOBOT = [sys.executable, "-m", "bot"]  # what .venv/bin/halobot runs
BOT, APP, SECRET = "xoxb-1234567890-abcdef", "xapp-1-A0-fedcba", "0123456789abcdef0123456789abcdef"
TOKENS = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SECRET}
NOBODY = "http://127.0.0.1:1/api/"  # a port where nothing listens
FIELDS = [
    "key",
    "kind",
    "version",
    "title",
    "summary",
    "area",
    "highlighted",
    "caution",
    "mentions",
    "names",
    "also",
    "answer",
]


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@pytest.fixture
def environment(shipped_file, tmp_path):
    """An environment with only PATH from this machine, and a loaded catalogue in the test's folder. What runs is the
    code beside these tests: a virtual environment that worktrees share has the code of one of them.
    """
    shutil.copy(shipped_file, tmp_path / "catalog.db")
    return {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8", "HALO_ENV_FILE": str(tmp_path / ".env"),
        "PYTHONPATH": str(PROJECT),
        "HALO_CATALOG": str(tmp_path / "catalog.db"), "HALO_WORKSPACE_URL": f"sqlite:///{tmp_path}/workspace.db",
    }  # fmt: skip


@pytest.fixture
def halobot(environment, tmp_path):
    """Runs `halobot` with keywords as settings. Checks that it shows no traceback and no secret."""

    def run(*arguments: str | bytes, stdin: str | bytes = "", **settings: object) -> Ran:
        given = {**environment, **{name: str(value) for name, value in settings.items()}}
        sent = stdin if isinstance(stdin, bytes) else stdin.encode()
        done = subprocess.run(
            [*HALOBOT, *arguments], input=sent, capture_output=True, cwd=tmp_path, env=given, timeout=60
        )
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
        said = ran.out + ran.err
        assert "Traceback" not in said, said
        assert not [secret for secret in (BOT, APP, SECRET) if secret in said]
        return ran

    return run


# -- ask --------------------------------------------------------------------------------------------------------------


def test_ask(halobot):
    """A question gets its answer title, version, number, area, impact and the minute of the episode."""
    ran = halobot("ask", "jira default status")
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[1] == "  v2.206 · #1016865 · Integrations · Off until you enable it"
    assert "6:08" in ran.out
    assert "https://" in ran.out


def test_ask_explained(halobot):
    """`--explain` shows how the question was understood and, for each hit, its score and the signals of it."""
    ran = halobot("ask", "--explain", "jira default status")
    assert ran.lines[0].startswith("intent ")
    assert [line for line in ran.lines if line.strip().startswith("jira ")]
    assert [line for line in ran.lines if "#1016865" in line and line.split()[0].replace(".", "").isdigit()]
    assert ran.code == 0


def test_ask_odd_text(halobot):
    """Bytes that are no text, or that would colour the terminal, don't hide the question and aren't printed."""
    ran = halobot("ask", b"\xff\xfe #1016865 \xed\xa0\x80 \x1b[31m")
    assert (ran.code, "#1016865" in ran.out, "\x1b" in ran.out) == (0, True, False)


def test_output_of_few_characters(halobot, tmp_path):
    """Where the output cannot hold a character, its number stands in its place, and nothing else is lost. JSON stays
    JSON.
    """
    ran = halobot("ask", "mogła", PYTHONIOENCODING="latin-1")
    assert (ran.code, ran.err) == (0, "")
    assert r"\u201cmog\u0142a\u201d" in ran.out
    (tmp_path / "post.md").write_text("# v2.300\n\n- #9990001 Wombats can be moved to Łódź 𠮷\n", encoding="utf-8")
    assert halobot("import", "post.md").code == 0
    ran = halobot("export", "--question", "wombats moved", PYTHONIOENCODING="latin-1")
    assert "Łódź 𠮷" in json.loads(ran.out.splitlines()[0])["title"]


def test_usage_error(halobot):
    """Without a question, `ask` is a usage error with an example: exit code 2, nothing on standard output."""
    ran = halobot("ask")
    assert (ran.code, ran.out) == (2, "")
    assert 'halobot ask "jira default status"' in ran.err


@pytest.mark.parametrize(("old", "new"), [("load", "seed"), ("ledger", "deliveries"), ("ledger", "audit")])
def test_renamed_command(old, new, halobot):
    """A command's old name is a usage error that says the new one."""
    ran = halobot(old)
    assert (ran.code, ran.out) == (2, "")
    assert f"halobot {new}" in ran.err


def test_jsonl(halobot):
    """Each line of standard input, however odd, gets one line of JSON with ids, best first; nothing else is printed."""
    asked = [
        ({"q": "jira default status"}, "1016865"),
        ({"q": "#794180"}, "794180"),
        ({"q": 1016865}, "1016865"),
        ({"q": "xylophone recipes"}, None),
        ({"q": ""}, None),
        ({"q": "\ud83d"}, None),
        ({"q": "1016865\u0000"}, "1016865"),
        ({"q": "jira default status " * 2_000}, "1016865"),  # 40,000 characters
        ({"q": "x" * 40_000}, None),
        ({"q": "NOT ( * \" OR 1=1 <!channel> <@U123>"}, None),
        ({"q": None}, None), ({"q": ["jira"]}, None), ({"question": "jira"}, None), ("jira", None), ([1], None),
        (5, None), (None, None),
    ]  # fmt: skip
    lines = [json.dumps(question).encode() for question, _ in asked]
    odd = [b"", b"not json", b"{", b'{"q": "jira', b"\xff\xfe\x00", b"[" * 100_000]
    ran = halobot("ask", "--jsonl", stdin=b"\n".join([*lines, *odd]) + b"\n")
    answers = [json.loads(line) for line in ran.lines]
    assert (ran.code, ran.err, len(answers)) == (0, "", len(lines) + len(odd))
    for (question, first), answer in zip(asked, answers, strict=False):
        if first:
            assert first in answer["ids"][:5], question
        assert isinstance(answer["ids"], list)
        assert set(answer["ids"]).isdisjoint(answer["near"])
    assert [
        answer["ids"] for (_, first), answer in zip(asked, answers, strict=False) if not first and answer["ids"]
    ] == []
    assert all(answer["ids"] == [] and "error" in answer for answer in answers[-len(odd) :])


def test_jsonl_answers_as_it_is_asked(environment, tmp_path):
    """Each answer comes before the next question, and has what another program has changed in between."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    with (
        closing(sqlite3.connect(environment["HALO_CATALOG"], isolation_level=None)) as other,
        subprocess.Popen([*HALOBOT, "ask", "--jsonl"], cwd=tmp_path, env=environment, **pipes) as bot,
    ):

        def ids(question: str) -> list[str]:
            bot.stdin.write(json.dumps({"q": question}) + "\n")
            return json.loads(bot.stdout.readline())["ids"]

        assert ids("zygomorphic flanges") == []
        other.execute("UPDATE entries SET title = 'Zygomorphic flanges' WHERE key = '1016865'")
        assert ids("zygomorphic flanges")[:1] == ["1016865"]
        other.execute("DELETE FROM entries WHERE key = '1016865'")
        assert ids("zygomorphic flanges") == []
    assert bot.returncode == 0


def test_jsonl_says_how_sure_it_is(halobot):
    """Each answer has a confidence: none where nothing is an answer."""
    asked = ("jira default status", "zygomorphic flanges", "v2.216", "areas")
    ran = halobot("ask", "--jsonl", stdin="".join(json.dumps({"q": question}) + "\n" for question in asked))
    assert [json.loads(line)["confidence"] for line in ran.lines] == ["sure", "none", "sure", "none"]


def test_jsonl_threads(halobot):
    """Lines of one thread are one conversation, whatever is asked in others; a line without a thread is alone."""
    asked = [
        ("v2.216", "a"), ("jira default status", "b"), ("the second one", "a"), ("the first one", "b"),
        ("the second one", None), ("share", "a"),
    ]  # fmt: skip
    lines = [json.dumps({"q": question} | ({"thread": thread} if thread else {})) for question, thread in asked]
    answers = [json.loads(line)["ids"] for line in halobot("ask", "--jsonl", stdin="\n".join(lines)).lines]
    assert answers[2] == answers[0][1:2]
    assert answers[3] == ["1016865"]
    assert answers[4] != answers[2]
    assert answers[5] == []


# Typed one after the other, and what each answer has to say.
TERMINAL = {
    "latest": "v2.216: ", "the first one": "v2.216 ·", "version 2.214": "v2.214: 74 changes",
    "2.206 -> 2.214": "v2.206 to v2.214: 200 changes", "how many changes in 2.212": "18 changes in v2.212.",
    "we're on 2.210, do we have asset merging yet": "Not in v2.210: it came in v2.212.",
    "quickbooks from 2.206 to 2.208": "(Only after v2.206, up to v2.208)\n2 changes, newest first:",
    "compare 2.214 2.206": "v2.206 to v2.214: ", "the last one": "·", "areas": "Billing & invoicing (",
    "status": "v2.204 to v2.216", "stauts": "“stauts” understood as “status”", "help": "In Slack there are also:",
    "help compare": "for example: compare 2.206 2.214", "jira default status": "#1016865",
    "watch quickbooks": "in Slack", "unwatch quickbooks": "in Slack", "subscribe billing": "halobot digest",
    "pause": "halobot digest", "import https://example.com/x": "halobot import", "share": "nobody to share",
    "unsubcribe": "Did you mean “unsubscribe”?", "boom": "Showing results for",
}  # fmt: skip


def test_verbs_in_the_terminal(halobot):
    """`chat` knows every verb and goes on from its last answer; what needs Slack says so, and which command helps."""
    ran = halobot("chat", stdin="\n".join(TERMINAL))
    answers = ran.out.strip("\n").split("\n\n")
    assert (ran.code, ran.err, len(answers)) == (0, "", len(TERMINAL))
    for (typed, said), answer in zip(TERMINAL.items(), answers, strict=True):
        assert said in answer, typed
    assert "v2.214: 74 changes" in halobot("ask", "version v2.214").out


def test_ask_is_light(environment, tmp_path):
    """A question loads neither Bolt nor SQLAlchemy nor the web server nor any other command, so that it is answered at
    once.
    """
    code = (
        "import sys; from bot.cli.main import cli; cli(['ask', 'jira'], standalone_mode=False); "
        "print(*sorted({name.split('.')[0] for name in sys.modules} | {n for n in sys.modules if 'bot.cli.' in n}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=tmp_path, env=environment, timeout=60, text=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert {"rapidfuzz", "sqlite_utils"} <= loaded
    assert loaded & {"slack_bolt", "slack_sdk", "sqlalchemy", "alembic", "starlette", "uvicorn", "structlog"} == set()
    assert {name for name in loaded if "." in name} == {"bot.cli.main", "bot.cli.questions"}


def test_ask_looks_for_no_garbage(environment, tmp_path):
    """While a question is answered and when the process ends, Python looks for no garbage, which would take as long as
    the answer; afterwards it does again, as other programs may call the command.
    """
    code = (
        "import atexit, gc; atexit.register(lambda: print('frozen', gc.get_freeze_count() > 1000)); "
        "from bot.cli.main import cli; from bot.conversation import interpret as module; answer = module.interpret; "
        "module.interpret = lambda *of: [print('looking', gc.isenabled()), answer(*of)][1]; "
        "cli(['ask', 'jira'], standalone_mode=False); print('looking after', gc.isenabled())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=tmp_path, env=environment, timeout=60, text=True
    )
    lines = done.stdout.splitlines()
    assert (lines[0], lines[-2:]) == ("looking False", ["looking after True", "frozen True"])


def test_commands_are_where_the_table_says():
    """Each module of COMMAND_MODULES has the commands that stand there, and every module with commands stands there."""
    modules = {path.stem for path in (PROJECT / "bot" / "cli").glob("*.py") if "\nCOMMANDS = " in path.read_text()}
    found = {name: import_module(f"bot.cli.{name}").COMMANDS for name in modules}
    assert {name: {command.name for command in commands} for name, commands in found.items()} == {
        name: set(commands) for name, commands in COMMAND_MODULES.items()
    }


# -- chat and run -----------------------------------------------------------------------------------------------------


def test_chat_from_a_pipe(halobot):
    """From a pipe, each line gets one answer with an empty line behind it; also an empty line, and bytes, no text."""
    ran = halobot("chat", stdin=b"#1016865\n\n\xff\xfe\x00\xed\xa0\x80\nv2.216\nlast line without an end #794180")
    assert (ran.code, ran.err) == (0, "")
    answers = ran.out.strip("\n").split("\n\n")
    assert len(answers) == 5
    for answer, said in zip(answers, ("#1016865", "for example", "", "v2.216: ", "#794180"), strict=True):
        assert said in answer
        assert answer.strip()


def test_run_without_tokens(halobot):
    """Without tokens and without a command, a line on standard error says so, and lines are answered."""
    ran = halobot(stdin="jira default status\n")
    assert ran.code == 0
    assert "#1016865" in ran.lines[1]
    assert "No Slack tokens" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_empty_catalogue(halobot, tmp_path):
    """HALO_SEEDS=none starts with an empty catalogue, and each question still gets an answer."""
    none = {"HALO_CATALOG": tmp_path / "new" / "catalog.db", "HALO_SEEDS": "none"}
    ran = halobot("chat", stdin="jira\n#1016865\nlatest\nhelp\nv2.206\narea:portal\nhighlights\n", **none)
    answers = ran.out.strip("\n").split("\n\n")
    assert (ran.code, len(answers)) == (0, 7)
    assert all(answer.strip() for answer in answers)


# -- export, seed -----------------------------------------------------------------------------------------------------


def test_export(halobot, shipped_seeds):
    """Every entry is a line of JSON with all of its fields; versions are written without the v."""
    records = {record["key"]: record for record in map(json.loads, halobot("export").lines)}
    assert len(records) == len(shipped_seeds.entries)
    assert [key for key, record in records.items() if set(FIELDS) - record.keys()] == []
    for entry in shipped_seeds.entries:
        record = records[entry.key]
        for name in ("kind", "title", "summary", "area", "highlighted", "caution", "answer", "line_hash"):
            assert record[name] == getattr(entry, name)
        assert (record["names"], record["also"]) == (list(entry.names), list(entry.also))
        assert record["mentions"] == [{"episode": mention.episode, "at": mention.at} for mention in entry.mentions]
        assert record["version"] == (entry.version.number if entry.version else None)
        assert record["possible_versions"] == [version.number for version in entry.possible_versions]


def test_reader_that_goes_away(environment, tmp_path):
    """When the reader of the output closes it (`| head -1`), the command ends without a message."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*HALOBOT, "export"], cwd=tmp_path, env=environment, **pipes) as bot:
        assert json.loads(bot.stdout.readline())
        bot.stdout.close()
        assert bot.stderr.read() == b""


def test_seed(halobot, tmp_path, folder):
    """`seed` says what it did; seeds that change later are loaded by the next command, whichever it is."""
    new = {"HALO_CATALOG": tmp_path / "new.db", "HALO_SEEDS": folder.path}
    assert "3 new, 0 changed, 0 removed, 0 as they were" in halobot("seed", **new).out
    folder.write("releases/v2.208.toml", folder.release("2.208", folder.feature("23456", "Umbrella stand")))
    ran = halobot("ask", "umbrella", **new)
    assert ran.lines[0] == "Umbrella stand"
    assert "1 new" in ran.err


# -- what goes wrong --------------------------------------------------------------------------------------------------


def failed(ran: Ran) -> str:
    """The one line of a failed command."""
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    return ran.err


def test_malformed_settings(halobot):
    """A malformed setting is one line on standard error and exit code 1; a secret in it isn't shown."""
    assert "HALO_WORKSPACE_URL" in failed(
        halobot("ask", "jira", HALO_WORKSPACE_URL=f"postgres://halobot:{SECRET}@db/halobot")
    )


def test_unusable_catalogue(halobot, tmp_path):
    """A catalogue that cannot be opened is one line on standard error with its path."""
    (tmp_path / "garbage.db").write_bytes(b"This is a letter to grandmother.\n" * 500)
    assert "garbage.db" in failed(halobot("ask", "jira", HALO_CATALOG=tmp_path / "garbage.db"))


def test_broken_seeds(halobot, folder, dump, tmp_path):
    """A broken seed file is one line on standard error with the file and the key, and the catalogue stays as it was."""
    folder.write("releases/v2.206.toml", folder.release("2.206", folder.feature("1016865", "x" * 91)))
    before = dump(tmp_path / "catalog.db")
    said = failed(halobot("seed", HALO_SEEDS=folder.path))
    assert "v2.206.toml: 1016865: " in said
    assert dump(tmp_path / "catalog.db") == before


def test_missing_tokens(halobot):
    """Without a token that it needs, `run --http` ends with one line that names it."""
    assert "SLACK_SIGNING_SECRET" in failed(halobot("run", "--http", "3999", SLACK_BOT_TOKEN=BOT))


def test_slack_that_is_not_there(environment, tmp_path):
    """When Slack can't be reached, `run` says so and waits, until it is told to end; no log level shows a token."""
    settings = {**environment, **TOKENS, "SLACK_API_URL": NOBODY, "HALO_LOG_LEVEL": "DEBUG"}
    with subprocess.Popen([*HALOBOT, "run"], cwd=tmp_path, env=settings, stderr=subprocess.PIPE, text=True) as bot:
        said = []
        for line in bot.stderr:
            said.append(line)
            if "Trying again" in line:
                break
        bot.send_signal(signal.SIGTERM)
        said += bot.stderr.readlines()
    assert bot.returncode == 0
    assert "Slack cannot be reached" in "".join(said)
    assert not [secret for secret in (BOT, APP, SECRET) if secret in "".join(said)]


@pytest.mark.parametrize("stdin", ["< /dev/null", "0> /dev/null", "<&-", "< <(true)"])
def test_nothing_to_run(environment, tmp_path, stdin):
    """Without tokens, terminal and question, as in a service or under `nohup`, `run` exits with 2 and a sentence."""
    line = f"{' '.join(HALOBOT)} run {stdin}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: No Slack tokens are set")
    assert done.stderr.count("\n") == 1


# -- migrate ----------------------------------------------------------------------------------------------------------


def change(path: Path, sql: str) -> None:
    """Change a database as another version of Halobot would have left it."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(sql)


@pytest.mark.long
def test_migrate(halobot, tmp_path):
    """`migrate --check` says what would be made or changed, and changes nothing; `migrate` does it."""
    new = {"HALO_CATALOG": tmp_path / "new.db"}
    check = halobot("migrate", "--check", **new)
    assert (check.code, check.out.count("would be made")) == (0, 2)
    assert not (tmp_path / "new.db").exists()
    assert not (tmp_path / "workspace.db").exists()
    assert halobot("migrate", **new).lines[-1] == "Both databases are up to date."
    assert halobot("migrate", "--check", **new).out.count(": up to date.") == 2

    change(tmp_path / "workspace.db", "UPDATE alembic_version SET version_num = '0012'")
    change(tmp_path / "new.db", "DELETE FROM _sqlite_migrations WHERE name LIKE 'm014%'")
    before = (tmp_path / "workspace.db").read_bytes(), (tmp_path / "new.db").read_bytes()
    check = halobot("migrate", "--check", **new)
    assert check.code == 0
    steps = re.search(r"Workspace database: would be changed in (\d+) steps\.\n((?:  \d{4}: .*\n)+)", check.out)
    assert steps[2].startswith("  0013: ")
    assert steps[2].count("\n") == int(steps[1])
    assert "would be changed in 1 step.\n  m014: " in check.out
    assert before == ((tmp_path / "workspace.db").read_bytes(), (tmp_path / "new.db").read_bytes())


@pytest.mark.long
def test_databases_of_a_newer_version(halobot, dump, tmp_path):
    """An older Halobot on a database that a newer one has changed refuses, in a sentence that says what to do."""
    new_workspace(tmp_path / "workspace.db")
    change(tmp_path / "workspace.db", "UPDATE alembic_version SET version_num = '0999'")
    for command in (["migrate", "--check"], ["migrate"], ["deliveries"]):
        assert "A newer Halobot has used the workspace database" in failed(halobot(*command))
    change(tmp_path / "catalog.db", "INSERT INTO _sqlite_migrations VALUES (999, 'catalogue', 'm999_later', '')")
    before = dump(tmp_path / "catalog.db")
    for command in (["migrate", "--check"], ["migrate"], ["ask", "jira"]):
        said = failed(halobot(*command))
        assert "A newer Halobot has used the catalogue" in said
        assert "Install the newer Halobot" in said
    assert dump(tmp_path / "catalog.db") == before


# -- backup, restore --------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_backup_and_restore(halobot, tmp_path):
    """`restore` brings back what `backup` saved, asks before, and keeps what was there."""
    new_workspace(tmp_path / "workspace.db")
    ran = halobot("backup", "saved.zip")
    assert ran.out.startswith("Backed up workspace.db and catalog.db to saved.zip")
    for name in ("catalog.db", "workspace.db"):
        change(tmp_path / name, "CREATE TABLE later (x)")
    assert halobot("restore", "saved.zip", stdin="n\n").code == 1
    assert "later" in tables(tmp_path / "workspace.db")
    ran = halobot("restore", "saved.zip", stdin="y\n")
    assert ran.code == 0
    assert "What was there before is in" in ran.out
    assert "later" not in tables(tmp_path / "workspace.db") | tables(tmp_path / "catalog.db")
    assert "#1016865" in halobot("ask", "jira default status").out


def test_a_workspace_address_with_options(halobot, tmp_path):
    """What follows a `?` in the address of a database on SQLite is no part of its path: a backup has that database, and
    what was imported is in a catalogue that is made anew.
    """
    settings = {"HALO_WORKSPACE_URL": f"sqlite:///{tmp_path / 'workspace.db'}?timeout=20"}
    (tmp_path / "post.md").write_text("# v2.300\n\n- #9990001 Wombats can be exported to a spreadsheet\n")
    assert halobot("import", "post.md", **settings).code == 0
    assert "workspace.db and catalog.db" in halobot("backup", "saved.zip", **settings).out
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"catalog.db{suffix}").unlink(missing_ok=True)
    assert "#9990001" in halobot("ask", "wombats spreadsheet", **settings).out


@pytest.mark.parametrize("folder", ["100%", "a%20b", "what?", "a #b"])
def test_a_data_folder_of_any_name(halobot, tmp_path, folder):
    """The workspace database is in the folder that is named, whatever an address would read in its name."""
    settings = {"HALO_DATA_DIR": str(tmp_path / folder), "HALO_CATALOG": "", "HALO_WORKSPACE_URL": ""}
    assert halobot("migrate", **settings).code == 0
    assert sorted(path.name for path in (tmp_path / folder).glob("*.db")) == ["catalog.db", "workspace.db"]
    assert "workspace.db and catalog.db" in halobot("backup", "saved.zip", **settings).out
    assert halobot("restore", "saved.zip", "--yes", **settings).code == 0
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [folder]


def test_backup_of_a_newer_version(halobot, tmp_path):
    """A backup that a newer Halobot made is refused before anything is changed."""
    new_workspace(tmp_path / "workspace.db")
    change(tmp_path / "workspace.db", "UPDATE alembic_version SET version_num = '0999'")
    assert halobot("backup", "newer.zip").code == 0
    change(tmp_path / "workspace.db", f"UPDATE alembic_version SET version_num = '{REVISIONS[-1]}'")
    assert "A newer Halobot" in failed(halobot("restore", "newer.zip", "--yes"))
    assert halobot("deliveries").code == 0


def test_backup_of_something_else(halobot, tmp_path):
    """A file with databases of something else, or with one in the other's place, is refused; nothing is changed."""
    new_workspace(tmp_path / "workspace.db")
    assert halobot("ask", "jira").code == 0
    for name, source in (("workspace.db", "catalog.db"), ("catalog.db", "workspace.db")):
        with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
            archive.write(tmp_path / source, name)
        said = failed(halobot("restore", "other.zip", "--yes"))
        assert (f"{name} in " in said, "is of something else" in said, "with the Halobot that made it" in said) == (
            True, True, True,
        )  # fmt: skip
        assert ("HALO_" in said, ".halobot-" in said) == (False, False)  # neither is what to look at
    assert halobot("deliveries").code == 0


def test_backup_of_postgresql(halobot):
    """For PostgreSQL, `backup` and `restore` say what to run, without the password."""
    settings = {"HALO_WORKSPACE_URL": f"postgresql+psycopg://halobot:{SECRET}@db/halobot"}
    assert "pg_dump --format=custom" in failed(halobot("backup", "x.zip", **settings))
    assert "pg_restore --clean" in failed(halobot("restore", "catalog.db", **settings))


def tables(path: Path) -> set[str]:
    """The names of a database's tables."""
    with closing(sqlite3.connect(path)) as db:
        return {name for (name,) in db.execute("SELECT name FROM sqlite_master")}


# -- doctor -----------------------------------------------------------------------------------------------------------


def test_doctor(halobot, tmp_path):
    """With all in order but no tokens, the doctor notes that, says what to do, and finds no fault."""
    ran = halobot("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert {line.split()[0] for line in ran.lines} == {"ok", "note", "→"}
    assert f"{tmp_path / 'catalog.db'}: 293 entries, v2.204 to v2.216" in ran.out
    assert "SLACK_BOT_TOKEN is not set" in ran.out
    assert "`halobot init`" in ran.out


def test_doctor_finds_faults(halobot, tmp_path):
    """Each fault is marked and comes with advice, the other checks still run, and the exit code is 1."""
    (tmp_path / "garbage.db").write_bytes(b"This is a letter to grandmother.\n" * 500)
    ran = halobot(
        "doctor", **TOKENS, HALO_CATALOG=tmp_path / "garbage.db", SLACK_API_URL=NOBODY, HALO_LOG_LEVEL="DEBUG"
    )
    assert ran.code == 1
    faults = [place for place, line in enumerate(ran.lines) if line.startswith("FAIL")]
    assert ["garbage.db" in ran.lines[faults[0]], "cannot be reached" in ran.lines[faults[1]]] == [True, True]
    assert all(ran.lines[place + 1].strip().startswith("→") for place in faults)
    assert len([line for line in ran.lines if line.startswith("ok")]) >= 3


def test_doctor_on_files_that_others_may_read(halobot, tmp_path):
    """A `.env` that others on the machine may read is named, with what to do."""
    (tmp_path / ".env").write_text("HALO_LOG_LEVEL=ERROR")
    (tmp_path / ".env").chmod(0o644)
    ran = halobot("doctor")
    assert f"{tmp_path / '.env'} may be read by others" in ran.out
    assert f"→ chmod 600 {tmp_path / '.env'}" in ran.out
    (tmp_path / ".env").chmod(0o600)
    assert "Only the owner may read .env and the databases" in halobot("doctor").out


def test_installed_command(environment):
    """`halobot` in the environment's bin/ is this command line; its help works even with malformed settings."""
    script = Path(sys.executable).parent / "halobot"
    done = subprocess.run(
        [script, "--help"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**environment, "SLACK_BOT_TOKEN": "nonsense"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {"ask", "chat", "doctor", "audit", "deliveries", "seed", "export", "run"} <= {
        line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")
    }


# -- init -------------------------------------------------------------------------------------------------------------


def test_init(halobot, tmp_path):
    """`init` writes a `.env` that only its owner may read, and leaves one that is there alone."""
    dotenv = tmp_path / ".env"
    assert "written" in halobot("init").out
    assert dotenv.read_bytes() == (PROJECT / ".env.example").read_bytes()
    assert dotenv.stat().st_mode & 0o777 == 0o600
    dotenv.write_text("HALO_LOG_LEVEL=ERROR")
    assert "is there already" in halobot("init").out
    assert dotenv.read_text() == "HALO_LOG_LEVEL=ERROR"
    assert "cannot be written" in halobot("init", HALO_ENV_FILE="/no/such/folder/.env").err


# -- workspaces -------------------------------------------------------------------------------------------------------


def test_workspaces(halobot):
    """`workspaces` makes a key, and lists who installed the app; without a key nothing is encrypted anew."""
    key = halobot("workspaces", "--new-key").out.strip()
    assert len(key) == 44
    assert key != halobot("workspaces", "--new-key").out.strip()
    assert "No workspace has installed" in halobot("workspaces", HALO_ENCRYPTION_KEY=key).out
    assert "tokens of 0 workspaces" in halobot("workspaces", "--reencrypt", HALO_ENCRYPTION_KEY=key).out
    assert "HALO_ENCRYPTION_KEY is not set" in failed(halobot("workspaces", "--reencrypt"))
