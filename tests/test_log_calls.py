"""How bot/ logs: nothing gets into a line that a log may not hold, whoever writes it.

A line's text is a constant, so that all that comes from elsewhere is an argument, of which `bot/log_lines.py` decides
what is written.
"""

import ast
from pathlib import Path

import pytest

from bot.settings import PROJECT

SOURCES = sorted(path for path in (PROJECT / "bot").rglob("*.py"))
LEVELS = {"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log"}
# What has secrets or people's words in it, by the names that this code gives it. Values of other names pass the filters
# of bot/redaction.py, too; these are not even tried.
FORBIDDEN = set(
    "text texts body raw_body payload message messages blocks view views url urls address addresses link links token "
    "tokens secret secrets password email question query words title titles summary phrasing answer command headers "
    "environ environment settings trigger_id response_url private_metadata metadata values content data document "
    "args context request response html markup row record entry channel_name user_name".split()
)
SENTENCES = {"problem.text"}  # ours, for whoever runs the bot
SHORTENING = {"source_label", "len", "type", "describe_error", "classify_error"}  # these leave it out
TERMINAL = {"bot/cli", "bot/log_lines.py", "bot/logs.py"}  # who may write to it otherwise


def is_log_call(node: ast.Call) -> bool:
    """Whether this logs a line: `log.info(…)`, `args.logger.info(…)`, `logging.getLogger(…).info(…)`."""
    if not (isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS):
        return False
    return bool({"log", "logger", "logging", "_log", "_logger", "getLogger"} & set(names_in(node.func.value)))


def names_in(node: ast.AST) -> list[str]:
    """Every name and attribute of an expression."""
    return [
        found.attr if isinstance(found, ast.Attribute) else found.id
        for found in ast.walk(node)
        if isinstance(found, ast.Attribute | ast.Name)
    ]


def shown_names(node: ast.expr) -> list[str]:
    """The names by which an argument is known: `row` of `row`, `id` of `row.id` and of `row["id"]`, and of a call those
    of its arguments.
    """
    if ast.unparse(node) in SENTENCES:
        return []
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.Subscript):
        if isinstance(node.slice, ast.Constant):
            return [str(node.slice.value)]
        return shown_names(node.value)
    if isinstance(node, ast.Call):
        name = names_in(node.func)[0] if names_in(node.func) else ""
        if name in SHORTENING:
            return []
        return [*shown_names(node.func), *(found for arg in node.args for found in shown_names(arg))]
    return [name for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr) for name in shown_names(child)]


def faults(source: str, name: str = "bot/x.py") -> list[str]:
    """What is wrong with how a module logs."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if is_log_call(node):
            found += [f"{node.lineno}: {fault}" for fault in call_faults(node)]
        if any(
            keyword.arg == "logger" and {"log", "logger"} & set(names_in(keyword.value)) for keyword in node.keywords
        ):
            found.append(f"{node.lineno}: a library that has our logger is not taken for one")
        called = ast.unparse(node.func)
        is_elsewhere = not name.startswith(tuple(TERMINAL))
        if is_elsewhere and called in ("print", "sys.stderr.write", "sys.stdout.write", "warnings.warn"):
            found.append(f"{node.lineno}: {called} is no line of the log")
        if is_elsewhere and called.startswith("traceback."):
            found.append(f"{node.lineno}: {called} writes the texts of errors")
        if called in ("logging.basicConfig", "logging.StreamHandler") or called.startswith("structlog."):
            found.append(f"{node.lineno}: {called} writes lines in another way")
    return found


def call_faults(call: ast.Call) -> list[str]:
    """What is wrong with one line."""
    found = []
    template, *rest = call.args
    if not (isinstance(template, ast.Constant) and isinstance(template.value, str)):
        found.append("the text is no constant")
    elif "%r" in template.value or "%a" in template.value:
        found.append("%r shows what an object holds")
    if extra := {keyword.arg for keyword in call.keywords} - {"exc_info"}:
        found.append(f"{extra} is not written")
    for arg in rest:
        if any(isinstance(inner, ast.JoinedStr) for inner in ast.walk(arg)):
            found.append("an f-string: give its parts as arguments")
        if any(isinstance(inner, ast.Call) and ast.unparse(inner.func) in ("str", "repr", "vars", "json.dumps")
               for inner in ast.walk(arg)):  # fmt: skip
            found.append("a text of an object: give the object, an error above all")
        found += [f"{word} may hold what people wrote, or a secret" for word in shown_names(arg) if word in FORBIDDEN]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_lines_are_logged_safely(path: Path) -> None:
    """Each line has a constant text, errors as they are, and no argument that has people's words in it."""
    assert faults(path.read_text(encoding="utf-8"), path.relative_to(PROJECT).as_posix()) == []


@pytest.mark.parametrize(
    "line",
    [
        "log.info(f'{x}')", "log.info('a' + x)", "log.info('%s' % x)", "log.info(report)", "log.info('%r', x)",
        "log.warning('%s', f'{x}')", "log.warning('%s', str(error))", "log.info('%s', message.text)",
        "log.info('%s', body)", "log.info('%s', args.body['text'])", "log.info('%s', settings.llm_key.token)",
        "args.logger.info('%s', request)", "logging.info('%s', payload)", "log.info('x', extra={'a': 1})",
        "logging.getLogger('x').error('%s', response.data)", "print(x)", "traceback.print_exc()",
        "logging.basicConfig()", "structlog.get_logger()", "log.info('%s', clean(text))", "log.info('%s', text[:80])",
        "self._log.error('%s', url)", "Flow(logger=log)", "log.info('%s', x or text)",
    ],
)  # fmt: skip
def test_unsafe_lines_are_found(line: str) -> None:
    """What would let something into a line is found."""
    assert len(faults(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "log.info('done')", "log.info('%s: %d', row.id, len(rows))", "log.exception('failed: %s', error)",
        "log.info('Read %s', source_label(source.name))", "log.error('x', exc_info=error)", "report.info(text)",
        "log.info('%s', classify_error(error).code)", "click.echo(text)", "log.info('%s', type(error).__name__)",
    ],
)  # fmt: skip
def test_safe_lines_pass(line: str) -> None:
    """What is right passes."""
    assert faults(line) == []
