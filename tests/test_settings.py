"""Settings: their defaults, where they come from, how a malformed one is named, and that secrets stay secret."""

import re
from pathlib import Path

import pytest

from bot.cli.settings_docs import env_example, settings_page
from bot.errors import SettingError
from bot.settings import PROJECT, RENAMED, TABLE, misspelt_settings, read_settings

BOT, APP, SECRET = "xoxb-1234567890-abcdef", "xapp-1-A0-fedcba", "0123456789abcdef0123456789abcdef"
TOKENS = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SECRET}
PASSWORD = "hunter2hunter2"
DATABASE = f"postgresql+psycopg://halobot:{PASSWORD}@db.example/halobot"


@pytest.fixture
def env(tmp_path):
    """Writes a `.env` and reads settings with it; keywords are the environment."""

    def read(dotenv: str | bytes = "", **environment: str):
        path = tmp_path / ".env"
        path.write_bytes(dotenv if isinstance(dotenv, bytes) else dotenv.encode())
        return read_settings(environment, path)

    return read


def test_defaults(tmp_path):
    """By default there are no tokens; databases are in data/, seeds are the shipped ones, and Slack is Slack."""
    settings = read_settings({}, tmp_path / "no.env")
    assert settings.slack_api_url == "https://slack.com/api/"
    assert (settings.catalog, settings.seeds) == (PROJECT / "data/catalog.db", PROJECT / "seeds")
    assert settings.workspace_url == f"sqlite:///{PROJECT}/data/workspace.db"
    assert settings.log_level == "INFO"
    assert (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret) == (None, None, None)
    assert not settings.connected


def test_file_and_environment(env):
    """A setting comes from `.env`; the environment wins over it, also with an empty value, which means the default."""
    dotenv = f"SLACK_BOT_TOKEN={BOT}\nHALO_LOG_LEVEL=DEBUG\nHALO_CATALOG=from-file.db\n"
    settings = env(dotenv, HALO_CATALOG="/somewhere/else.db", HALO_LOG_LEVEL="")
    assert settings.slack_bot_token == BOT
    assert str(settings.catalog) == "/somewhere/else.db"
    assert settings.log_level == "INFO"


def test_file_beside_the_project(tmp_path, monkeypatch):
    """`.env` is the project's, wherever the command runs (cron starts in the home folder), or HALO_ENV_FILE's."""
    (tmp_path / ".env").write_text("HALO_LOG_LEVEL=DEBUG")
    (tmp_path / "other").write_text("HALO_LOG_LEVEL=ERROR")
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "seeds").mkdir()
    monkeypatch.setattr("bot.settings.PROJECT", tmp_path)
    monkeypatch.chdir("/")
    assert read_settings({}).log_level == "DEBUG"
    assert read_settings({"HALO_ENV_FILE": str(tmp_path / "other")}).log_level == "ERROR"


def test_installed_from_a_wheel(tmp_path, monkeypatch):
    """Without a clone, `.env`, data/ and relative paths are in the folder that the command is started from, and the
    seeds are those inside the package.
    """
    (tmp_path / ".env").write_text("HALO_LOG_LEVEL=DEBUG\nHALO_SOURCES=drop")
    monkeypatch.setattr("bot.settings.PROJECT", tmp_path / "site-packages")
    monkeypatch.chdir(tmp_path)
    settings = read_settings({})
    assert (settings.log_level, settings.catalog) == ("DEBUG", tmp_path / "data/catalog.db")
    assert settings.workspace_url == f"sqlite:///{tmp_path}/data/workspace.db"
    assert settings.seeds == PROJECT / "bot" / "shipped" / "seeds"


def test_folder_that_is_gone(tmp_path, monkeypatch):
    """Without a clone, a start from a folder that was deleted is refused in a sentence."""
    (tmp_path / "here").mkdir()
    monkeypatch.setattr("bot.settings.PROJECT", tmp_path / "site-packages")
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here").rmdir()
    with pytest.raises(SettingError, match="folder"):
        read_settings({})


def test_data_folder(tmp_path, monkeypatch):
    """HALO_DATA_DIR moves both databases, also out of `.env`; a database that is named itself stays where it is. In the
    environment it brings its own `.env`, unless there is one where the command is started.
    """
    monkeypatch.setattr("bot.settings.PROJECT", tmp_path / "site-packages")
    monkeypatch.chdir(tmp_path)
    store = tmp_path / "store"
    store.mkdir()
    (store / ".env").write_text("HALO_LOG_LEVEL=ERROR")
    settings = read_settings({"HALO_DATA_DIR": "store"})
    assert (settings.data_dir, settings.catalog, settings.log_level) == (store, store / "catalog.db", "ERROR")
    assert settings.workspace_url == f"sqlite:///{store}/workspace.db"
    assert read_settings({"HALO_DATA_DIR": "store", "HALO_CATALOG": "/c.db"}).catalog == Path("/c.db")
    (tmp_path / ".env").write_text(f"HALO_LOG_LEVEL=DEBUG\nHALO_DATA_DIR={store}")
    assert (read_settings({}).catalog, read_settings({}).log_level) == (store / "catalog.db", "DEBUG")
    assert read_settings({"HALO_DATA_DIR": "store"}).log_level == "DEBUG"


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_every_setting_does_something(setting, env):
    """Each setting of the table, set to something else than its default, makes other settings."""
    values = (
        BOT,
        APP,
        SECRET,
        "https://acme.example",
        DATABASE,
        "ERROR",
        "/else/where",
        "7",
        "09:00",
        "yes",
        "k" * 43 + "=",
        setting.example,
        *setting.pattern.split("|"),
    )
    other = next(value for value in values if re.fullmatch(setting.pattern, value) and value != setting.default)
    assert env(**{setting.name: other}) != env()


@pytest.mark.parametrize(("document", "make"), [(".env.example", env_example), ("docs/settings.md", settings_page)])
def test_every_setting_is_documented(document, make):
    """`.env.example` and docs/settings.md are what `make docs` makes from the table, and name each setting once."""
    text = (PROJECT / document).read_text(encoding="utf-8")
    assert text == make(), f"{document} is out of date: run `make docs`"
    pattern = r"^#?([A-Z][A-Z_]+)=" if document == ".env.example" else r"^\| `((?:SLACK|HALO)_[A-Z_]+)`"
    assert re.findall(pattern, text, re.MULTILINE) == [setting.name for setting in TABLE]


def test_example_file_is_a_good_start(tmp_path):
    """`.env.example`, copied as it is, makes the default settings, and leaves alone what the container image and the
    systemd unit set, whoever reads it: Docker, Kubernetes and systemd take an empty line for an empty value.
    """
    assert read_settings({}, PROJECT / ".env.example") == read_settings({}, tmp_path / "no.env")
    named = re.findall(r"^(\w+)=", (PROJECT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"} <= set(named)
    for file in ("Dockerfile", "halobot.service"):
        set_there = re.findall(r"\b(HALO_\w+)=", (PROJECT / file).read_text(encoding="utf-8"))
        assert set_there
        assert not set(set_there) & set(named)


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_table_keeps_its_own_rules(setting):
    """Each setting has a help text; its default matches its pattern; where there is a pattern, there is an example."""
    assert setting.help
    assert setting.default == "" or re.fullmatch(setting.pattern, setting.default)
    assert setting.example or setting.pattern == ".+"


MALFORMED = {
    "SLACK_BOT_TOKEN": (["xoxp-1234567890", "xoxb-…", "xoxb-", "a token", "xoxb-12345 67890"], "xoxb-…"),
    "SLACK_APP_TOKEN": (["xoxb-1234567890", "xapp-…", "1"], "xapp-…"),
    "SLACK_SIGNING_SECRET": (["short", "with a blank in it"], "32 letters and digits"),
    "SLACK_API_URL": (["slack.com/api", "ftp://slack.com", "https://"], "https://slack.com/api/"),
    "HALO_WORKSPACE_URL": (
        ["workspace.db", "mysql://localhost/x", f"postgres://halobot:{PASSWORD}@db.example/halobot"],
        "postgresql+psycopg://",
    ),
    "HALO_LOG_LEVEL": (["loud", "info ish"], "INFO"),
    "SLACK_CLIENT_ID": (["A012ABC", "123", "1234567890.", "1 2"], "1234567890.1234567890"),
    "SLACK_CLIENT_SECRET": (["short"], "32 letters and digits"),
    "HALO_ENCRYPTION_KEY": ([PASSWORD, "k" * 44, "k" * 43 + "=" + "k" * 43 + "="], "halobot workspaces --new-key"),
    "HALO_PUBLIC_URL": (["halobot.example.com", "https://halobot.example.com/slack", "https://"], "https://"),
    "HALO_ADMINS": (["T012ABCDEF", "T012ABCDEF:", "T012ABCDEF:admins", "U012ABCDEF:T012ABCDEF"], "U012ABCDEF"),
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, (values, _) in MALFORMED.items() for value in values]
)
def test_malformed_value(name, value, env):
    """A malformed value, in `.env` or the environment, is refused in one line with its name and an example."""
    for source in ({"dotenv": f"{name}={value}"}, {name: value}):
        with pytest.raises(SettingError) as refused:
            env(**source)
        sentence = str(refused.value)
        assert name in sentence
        assert MALFORMED[name][1] in sentence
        assert "\n" not in sentence


@pytest.mark.parametrize("old", RENAMED)
def test_old_name(old, env):
    """A setting with its old name is refused in one line that has the new one, in `.env` and in the environment.

    Without a value it means nothing: that is how an old `.env.example` leaves it.
    """
    for source in ({"dotenv": f"{old}=1"}, {old: "1"}):
        with pytest.raises(SettingError, match=RENAMED[old][0]) as refused:
            env(**source)
        assert old in str(refused.value)
        assert "\n" not in str(refused.value)
    assert env(f"{old}=\n", **{old: " "}) == env()


def test_odd_paths(env):
    """A path is meant from the project's folder; one that cannot be is refused in a sentence, not with a traceback."""
    assert env(HALO_CATALOG="elsewhere/c.db").catalog == PROJECT / "elsewhere/c.db"
    assert env(HALO_WORKSPACE_URL="sqlite:///elsewhere/w.db").workspace_url == f"sqlite:///{PROJECT}/elsewhere/w.db"
    assert env(HALO_WORKSPACE_URL="sqlite:////tmp/w.db").workspace_url == "sqlite:////tmp/w.db"
    assert env(HALO_WORKSPACE_URL="sqlite:///:memory:").workspace_url == "sqlite:///:memory:"
    assert env(HALO_SEEDS="NONE").seeds is None
    for path in ("a\0b", "~nobody-of-that-name/c.db"):
        with pytest.raises(SettingError, match="path"):
            env(HALO_CATALOG=path)


def test_api_address_ends_in_a_slash(env):
    """Slack's client appends method names to the address, so it always ends in one slash."""
    assert env(SLACK_API_URL="http://127.0.0.1:8080/api").slack_api_url == "http://127.0.0.1:8080/api/"
    assert env(SLACK_API_URL="http://127.0.0.1:8080/api//").slack_api_url == "http://127.0.0.1:8080/api/"


def test_secrets_stay_secret(env):
    """Neither the settings' repr nor an error shows a token, the signing secret or the database's password."""
    settings = env(**TOKENS, HALO_WORKSPACE_URL=DATABASE)
    assert (settings.slack_bot_token, settings.workspace_url, settings.connected) == (BOT, DATABASE, True)
    said = [repr(settings), str(settings)]
    for name, value in {**TOKENS, "HALO_WORKSPACE_URL": DATABASE}.items():
        with pytest.raises(SettingError) as refused:
            env(**{**TOKENS, name: f"{value} {value}"})
        said += [str(refused.value), repr(refused.value)]
    with pytest.raises(SettingError) as refused:
        env(**{**TOKENS, "SLACK_APP_TOKEN": ""}).need("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    said.append(str(refused.value))
    assert [text for text in said if any(secret in text for secret in (BOT, APP, SECRET, PASSWORD))] == []


def test_missing_setting_is_named(env):
    """A needed setting that isn't set is named, with what it looks like and where to find it."""
    env(**TOKENS).need(*TOKENS)
    for name, looks, place in (
        ("SLACK_BOT_TOKEN", "xoxb-…", "OAuth & Permissions"),
        ("SLACK_APP_TOKEN", "xapp-…", "Basic Information"),
        ("SLACK_SIGNING_SECRET", "32 letters and digits", "Basic Information"),
    ):
        with pytest.raises(SettingError, match=name) as missing:
            env(**{**TOKENS, name: ""}).need(*TOKENS)
        assert looks in str(missing.value)
        assert place in str(missing.value)


@pytest.mark.parametrize(
    "dotenv",
    [
        f'SLACK_BOT_TOKEN="{BOT}"',
        f"SLACK_BOT_TOKEN='{BOT}'",
        f"export SLACK_BOT_TOKEN = {BOT}  # the bot's",
        f"\ufeffSLACK_BOT_TOKEN={BOT}",
        f"# a comment\r\nSLACK_BOT_TOKEN={BOT}\r\n",
        f"SLACK_BOT_TOKEN\nthis is no setting\n=x\nOTHER='unclosed\nSLACK_BOT_TOKEN={BOT}",
        f"SLACK_BOT_TOKEN={BOT}\nUNKNOWN=1\nÜBER=$HOME\n\0",
    ],
    ids=["quotes", "single quotes", "export", "byte order mark", "Windows", "lines that are none", "unknown names"],
)
def test_odd_files_that_are_read(dotenv, env):
    """Quotes, `export`, comments, a byte order mark, Windows' line ends and nonsense lines don't hide a setting."""
    assert env(dotenv).slack_bot_token == BOT


def test_values_are_taken_as_they_are(env):
    """A dollar sign in a value is a dollar sign: nothing of the environment is put in its place."""
    assert str(env("HALO_CATALOG=/tmp/${HOME}/$x.db").catalog) == "/tmp/${HOME}/$x.db"


def test_odd_files_that_are_refused(env, tmp_path):
    """A `.env` that is not text is refused in a sentence that names it and what it should be."""
    for binary in (b"\xff\xfe\x00\x01", b"SLACK_BOT_TOKEN=caf\xe9"):
        with pytest.raises(SettingError, match="text file") as refused:
            env(binary)
        assert str(tmp_path / ".env") in str(refused.value)


def test_folder_in_place_of_the_file(tmp_path):
    """A folder called `.env` (Docker makes one where a file to mount is missing) counts as no file."""
    (tmp_path / ".env").mkdir()
    assert read_settings({}, tmp_path / ".env") == read_settings({}, tmp_path / "no.env")


@pytest.mark.parametrize(
    ("name", "meant"),
    [("HALO_ADMNS", "HALO_ADMINS"), ("HALO_SORCES", "HALO_SOURCES"), ("SLACK_BOT_TOKN", "SLACK_BOT_TOKEN")],
)
def test_a_misspelt_setting_is_named(tmp_path: Path, name: str, meant: str) -> None:
    """With the one that is likely meant; what is right, empty, or nothing of ours is not."""
    others = {"HALO_CATALOG": "x", "HALO_ADMIN": "", "PATH": "/bin", "HALO_ENV_FILE": "y", "HOME_PAGE": "z"}
    assert misspelt_settings({name: "x", **others}, tmp_path / "no.env") == {name: meant}
