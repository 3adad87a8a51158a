"""`halobot ready`: asks the running bot whether all is well."""

import json
import sys
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import click

from bot.app import Application
from bot.errors import HalobotError
from bot.settings import Settings

TIMEOUT_SECONDS = 5
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # addresses to listen on, and how to reach them


@click.command()
@click.pass_obj
def ready(application: Application) -> None:
    """Ask the running bot whether all is well; exits with 1 when not. It has to have HALO_HTTP_PORT set."""
    application.settings.need("HALO_HTTP_PORT")
    shown = ask_running_bot(application.settings)
    for check in shown["checks"]:
        click.echo(f"{'ok  ' if check['ok'] else 'FAIL'}  {check['name']}, since {check['since']}")
    click.echo(f"Slack delivered something last at {shown['last_delivery'] or 'no time yet'}")
    if not shown["ready"]:
        sys.exit(1)


def ask_running_bot(settings: Settings) -> dict[str, Any]:
    """What /readyz says at HALO_HTTP_PORT, whether with 200 or 503. Raises HalobotError where nothing answers as it
    should.
    """
    host = EVERYWHERE.get(settings.http_host, settings.http_host)
    url = f"http://{host}:{settings.http_port}/readyz"
    opener = build_opener(ProxyHandler({}))
    try:
        try:
            answer = opener.open(url, timeout=TIMEOUT_SECONDS)
        except HTTPError as error:
            answer = error
        with answer:
            shown: dict[str, Any] = json.loads(answer.read(100_000))
            return {name: shown[name] for name in ("ready", "checks", "last_delivery")}
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise HalobotError(
            f"No bot answers at {url} ({error}). Is it running, with HALO_HTTP_PORT set to the same?"
        ) from error


COMMANDS = (ready,)
