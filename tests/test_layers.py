"""Who may import whom, as docs/architecture.md says it: down only, and each library has its one place."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.settings import PROJECT

# Alembic runs env.py; nobody imports it.
FILES = sorted(path for path in (PROJECT / "bot").rglob("*.py") if path.name != "env.py")


def module_name(path: Path) -> str:
    """`bot/catalog/repository.py` -> `bot.catalog.repository`; a package's `__init__.py` is the package."""
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in FILES}


class Layer(NamedTuple):
    """What the modules of a name may import."""

    name: str
    ours: tuple[str, ...] = ()  # modules of Halobot
    others: tuple[str, ...] | None = ()  # libraries; None: every library that has no place of its own
    pure: bool = False  # values in, values out: no files, no network, no threads, no clock, no randomness


MODELS = ("bot.*.models",)
COMMON = (  # anyone may
    "bot.errors", "bot.text", "bot.word_memo", "bot.background", "bot.private_files", "bot.references",
    "bot.database_advice", "bot.sqlite_address", "bot.redaction", "bot.logs", "bot.problems", "bot.client_limit",
)  # fmt: skip
# What answers say in plain words, the same everywhere.
PLAIN_WORDS = ("bot.conversation.entry_text", "bot.conversation.first_sentence", "bot.conversation.result_text")
LOWER = ("bot.conversation*", "bot.search*", "bot.storage*", "bot.catalog*", *MODELS, *COMMON)

# The first that fits counts.
LAYERS = (
    Layer("bot"),
    Layer("bot.__main__", ("bot.cli.main",)),
    Layer("bot.cli*", ("bot.*",), ("click", "slack_sdk.errors")),
    Layer("bot.app",
          ("bot.serving", "bot.digest_parts", "bot.slack*", "bot.web*", "bot.ingest*", "bot.digests*", "bot.settings",
           *LOWER), None),
    Layer("bot.serving", ("bot.settings", "bot.slack*", *LOWER), ()),
    Layer("bot.warm_up", (*LOWER,), ()),
    Layer("bot.monitoring", ("bot.app", "bot.slack*", "bot.ingest*", "bot.digests*", *LOWER), ()),
    Layer("bot.pages_process", ("bot.app", "bot.public_app", "bot.web*", "bot.settings"), ()),
    Layer("bot.public_app",
          ("bot.app", "bot.client_limit", "bot.pages_process", "bot.storage*", "bot.slack.assistant", "bot.web*",
           "bot.mcp*"), ("mcp", "starlette")),
    Layer("bot.workers", ("bot.errors",), ()),
    Layer("bot.digest_parts", ("bot.app", "bot.slack*", "bot.ingest*", "bot.digests*", *LOWER), ()),
    Layer("bot.running",
          ("bot.app", "bot.monitoring", "bot.public_app", "bot.warm_up", "bot.workers", "bot.slack*", "bot.web*",
           "bot.ingest*", "bot.digests*", *LOWER), ()),
    Layer("bot.settings", ("bot.errors", "bot.redaction", "bot.sqlite_address"), ("dotenv",)),
    Layer("bot.errors", pure=True),
    Layer("bot.text", ("bot.word_memo",), ("Stemmer",), pure=True),
    Layer("bot.word_memo", (), (), pure=True),
    Layer("bot.background", ("bot.references",), ()),
    Layer("bot.references", (), ()),
    Layer("bot.redaction", (), ()),
    Layer("bot.logs", ("bot.log_lines", "bot.redaction"), ()),
    Layer("bot.log_lines", ("bot.redaction", "bot.references"), ("structlog",)),
    Layer("bot.private_files", (), ()),
    Layer("bot.database_advice", pure=True),
    Layer("bot.sqlite_address", (), ()),
    Layer("bot.problems", (), ()),
    Layer("bot.client_limit", (), ()),
    Layer("bot.playground*", ("bot.playground*",), None),
    Layer("bot.*.models", MODELS, (), pure=True),
    Layer("bot.catalog*", ("bot.catalog*", *COMMON), ("sqlite_utils",)),
    Layer("bot.storage.migrations*", (), ("alembic", "sqlalchemy")),
    Layer("bot.storage.upgrade", ("bot.storage.transactions", *COMMON), ("alembic", "sqlalchemy")),
    Layer("bot.storage.token_cipher", COMMON, ("cryptography",)),
    Layer("bot.storage*", ("bot.storage*", "bot.catalog.models", "bot.conversation.models", *COMMON), ("sqlalchemy",)),
    Layer("bot.conversation*", ("bot.conversation*", "bot.search*", *MODELS, *COMMON), ("rapidfuzz",), pure=True),
    Layer("bot.search.service", ("bot.search*", "bot.catalog*", *COMMON), ("rapidfuzz",)),
    Layer("bot.search.snapshot", ("bot.search*", "bot.catalog*", *COMMON), ()),
    Layer("bot.search.index_reader", ("bot.search*", "bot.catalog*", *COMMON), ()),
    Layer("bot.search.vocabulary_reader", ("bot.search*", "bot.catalog*", *COMMON), ()),
    Layer("bot.search.lookups", ("bot.search*", "bot.catalog*", *COMMON), ()),
    Layer("bot.search.cache", ("bot.search*", *MODELS, *COMMON), ()),
    Layer("bot.search*", ("bot.search*", *MODELS, *COMMON), ("rapidfuzz",), pure=True),
    Layer("bot.ingest*", ("bot.ingest*", *LOWER), None),
    Layer("bot.digests.calendar", ("bot.digests.*", *MODELS, *COMMON), (), pure=True),
    Layer("bot.digests.selection", ("bot.digests.*", *MODELS, *COMMON), (), pure=True),
    Layer("bot.digests*", ("bot.digests*", *LOWER), ("rapidfuzz",)),
    Layer("bot.web*", ("bot.web*", *LOWER), ("starlette", "jinja2")),
    Layer("bot.mcp*", ("bot.mcp*", "bot.conversation*", "bot.search*", *MODELS, *COMMON),
          ("mcp", "mcp_types", "pydantic", "starlette")),
    Layer("bot.slack.views*", ("bot.slack.views*", "bot.slack.api_errors", *PLAIN_WORDS, *MODELS, *COMMON), (),
          pure=True),
    Layer("bot.slack*", ("bot.slack*", "bot.ingest*", "bot.digests*", *LOWER),
          ("slack_bolt", "slack_sdk", "starlette", "uvicorn", "prometheus_client")),
)  # fmt: skip

# Libraries that only some modules may import. The playground, which stands in for Slack, may import none of them.
PLACES = {
    "sqlite_utils": ("bot.catalog*",),
    "sqlalchemy": ("bot.storage*",),
    "cryptography": ("bot.storage.token_cipher",),
    "alembic": ("bot.storage.upgrade", "bot.storage.migrations*"),
    "slack_bolt": ("bot.slack*",),
    "slack_sdk": ("bot.slack*", "bot.cli.doctor*"),
    "structlog": ("bot.log_lines",),
    "Stemmer": ("bot.text",),
    "rapidfuzz": ("bot.search*", "bot.conversation*", "bot.digests*", "bot.ingest*"),
    "dotenv": ("bot.settings",),
    "mcp": ("bot.mcp*", "bot.public_app"),
    "mcp_types": ("bot.mcp*",),
    "pydantic": ("bot.mcp*",),
    "prometheus_client": ("bot.slack.metrics",),
    "click": ("bot.cli*",),
    "jinja2": ("bot.web.rendering",),
}
IMPURE = set(
    "asyncio concurrent glob http io logging multiprocessing os pathlib random secrets shutil signal socket sqlite3 "
    "ssl subprocess sys tempfile threading time urllib uuid".split()
)
CLOCK = {"now", "utcnow", "today"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "constants", "manager", "managers", "common", "misc"}


class Import(NamedTuple):
    """One import: the module that is imported, and whether it happens when the importing module is."""

    module: str
    at_import: bool


def imports(tree: ast.Module, importer: str = "") -> Iterator[Import]:
    """Every import in a module. `from bot.catalog import seeds` imports bot.catalog.seeds, as that is a module."""
    later = {
        id(inside)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or _for_types(node)
        for inside in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, id(node) not in later) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{importer}: a relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield Import(whole if whole in MODULES else str(node.module), id(node) not in later)


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def fits(module: str, patterns: tuple[str, ...]) -> bool:
    """Whether a module is one of those, or inside one of them."""
    return any(fnmatchcase(module, pattern) or module.startswith(f"{pattern}.") for pattern in patterns)


def broken_rules(importer: str, source: str) -> list[str]:
    """What a module does that its layer may not."""
    layer = next((layer for layer in LAYERS if fnmatchcase(importer, layer.name)), None)
    if layer is None:
        return [f"{importer} belongs to no layer: give it one in tests/test_layers.py and in docs/architecture.md"]
    tree = ast.parse(source)
    found = []
    for module, _ in imports(tree, importer):
        top = module.split(".")[0]
        if top == "bot":
            wrong = module != "bot" and not fits(module, layer.ours)
        elif top in sys.stdlib_module_names:
            wrong = layer.pure and top in IMPURE
        else:
            wrong = (layer.others is not None and not fits(module, layer.others)) or (
                top in PLACES and importer != "bot.app" and not fits(importer, PLACES[top])
            )
        if wrong:
            found.append(f"{importer} imports {module}")
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in ("environ", "getenv", "environb")
            and importer != "bot.settings"
        ):
            found.append(f"{importer} reads the environment")
        if (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and {alias.name for alias in node.names} & {"environ", "getenv"}
            and importer != "bot.settings"
        ):
            found.append(f"{importer} reads the environment")
        if layer.pure and isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in ("open", "print", "input"):
                found.append(f"{importer} calls {node.func.id}")
            if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK:
                found.append(f"{importer} looks at the clock")
    return found


@pytest.mark.parametrize("importer", MODULES)
def test_layer(importer):
    """A module imports only what its layer may, and a pure one touches neither files nor network nor the clock."""
    assert broken_rules(importer, MODULES[importer].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("importer", "source"),
    [
        ("bot.search.scoring", "import sqlite_utils"),
        ("bot.search.scoring", "from bot.catalog.repository import Catalog"),
        ("bot.search.scoring", "from bot.catalog import search_index"),
        ("bot.search.scoring", "def f():\n    import time"),
        ("bot.search.scoring", "from Stemmer import Stemmer"),
        ("bot.search.scoring", "open('x')"),
        ("bot.digests.calendar", "import datetime\ndatetime.datetime.now()"),
        ("bot.digests.selection", "from bot.storage.database import open_workspace"),
        ("bot.digests.calendar", "from slack_sdk import WebClient"),
        ("bot.slack.publisher", "import sqlalchemy"),
        ("bot.slack.views.blocks", "from slack_sdk import WebClient"),
        ("bot.slack.views.blocks", "from bot.search.service import SearchService"),
        ("bot.slack.views.blocks", "from slack_sdk.models.blocks import Block"),
        ("bot.slack.views.blocks", "import sqlite3"),
        ("bot.search.service", "import slack_bolt"),
        ("bot.search.service", "from bot.slack.views import answers"),
        ("bot.search.service", "from sqlalchemy import select"),
        ("bot.catalog.repository", "from bot.search.models import SearchResult"),
        ("bot.catalog.repository", "import sqlalchemy"),
        ("bot.catalog.repository", "import os\nos.environ['X']"),
        ("bot.catalog.models", "from bot.text import words"),
        ("bot.storage.inbox", "import sqlite_utils"),
        ("bot.slack.handlers.slash_command", "from os import getenv"),
        ("bot.playground.server", "from bot.errors import HalobotError"),
        ("bot.playground.server", "import slack_sdk"),
        ("bot.errors", "import bot.settings"),
        ("bot.text", "import dotenv"),
        ("bot.settings", "import sqlite_utils"),
        ("bot.cli.doctor", "from slack_sdk import WebClient"),
        ("bot.app", "from bot.cli import main"),
        ("bot.slack.app", "from bot.app import Application"),
        ("bot.ingest.service", "from bot.digests.runner import Digests"),
        ("bot.web.views", "from bot.slack.views import answers"),
        ("bot.web.views", "import slack_sdk"),
        ("bot.slack.app", "from bot.web.site import Site"),
        ("bot.attic.things", ""),
    ],
)
def test_rules_notice(importer, source):
    """A forbidden import is noticed, at the top of a module as well as inside a function."""
    assert len(broken_rules(importer, source)) == 1


@pytest.mark.parametrize(
    ("importer", "source"),
    [
        (
            "bot.search.scoring",
            "import re, math\nfrom rapidfuzz.distance import OSA\nfrom bot.text import stem\n"
            "from bot.catalog.models import Entry",
        ),
        (
            "bot.slack.views.blocks",
            "from bot.search.models import SearchResult\nfrom bot.text import normalise",
        ),
        ("bot.search.service", "from bot.catalog import search_index\nfrom bot.search import scoring"),
        ("bot.settings", "import os\nos.environ\nfrom bot.errors import SettingError\nimport dotenv"),
        ("bot.app", "import slack_bolt, sqlalchemy, uvicorn\nfrom bot.catalog.repository import Catalog"),
    ],
)
def test_rules_allow(importer, source):
    """What is allowed passes."""
    assert broken_rules(importer, source) == []


@pytest.mark.parametrize(
    "importer", [name for name in MODULES if fits(name, ("bot.app", "bot.cli*")) and not name.endswith("output")]
)
def test_imports_wait(importer):
    """The composition root and the command line import at the top only what every command needs."""
    needed = (
        "bot.errors",
        "bot.settings",
        "bot.sqlite_address",
        "bot.logs",
        "bot.references",
        "click",
        *(["bot.app", "bot.cli*"] if importer != "bot.app" else []),
    )
    tree = ast.parse(MODULES[importer].read_text(encoding="utf-8"))
    at_import = {
        found.module
        for found in imports(tree)
        if found.at_import and found.module.split(".")[0] not in sys.stdlib_module_names
    }
    assert [module for module in at_import - {"bot"} if not fits(module, needed)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_modules_are_short_and_named_for_what_they_do(path):
    """No module has over 400 lines or a name that says nothing, and each has a docstring."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert path.stem not in FORBIDDEN_NAMES
    assert path.parent.name not in FORBIDDEN_NAMES
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name == "handlers"], ids=lambda path: path.stem)
def test_listeners_are_short(path):
    """A handler is a plain function under 20 lines."""
    functions = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    ]
    assert [f.name for f in functions if f.end_lineno - f.lineno + 1 >= 20 and f.name != "guarded"] == []


def test_nothing_happens_at_import(tmp_path):
    """Importing every module makes no file, opens no database or connection and starts no thread or process."""
    code = """if True:
        import importlib, sys
        happened = []
        def hook(event, args):
            if event in (
                "sqlite3.connect", "socket.connect", "socket.bind", "subprocess.Popen", "_thread.start_new_thread",
                "os.mkdir",
            ):
                happened.append((event, str(args[:1])))
            if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
                happened.append((event, str(args[:2])))
        names = sys.argv[1:]
        sys.addaudithook(hook)
        for name in names:
            importlib.import_module(name)
        print(*happened, sep="\\n")
    """
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(PROJECT), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code, *MODULES],
        capture_output=True,
        cwd=tmp_path,
        env=environment,
        text=True,
        timeout=60,
    )
    assert (done.stderr, done.stdout.strip()) == ("", "")
    assert list(tmp_path.iterdir()) == []
