"""The command `mcp`: the catalogue for an assistant on this machine."""

import sys

import click

from bot.app import Application

NOT_INSTALLED = (
    "Error: For assistants, Halobot needs the extra “mcp”: run `pip install 'halobot[mcp]'`, or in a clone "
    "`.venv/bin/pip install -e '.[mcp]'`."
)


@click.command()
@click.pass_obj
def mcp(application: Application) -> None:
    """Serve an assistant over standard input and output.

    By the Model Context Protocol; it ends when its input does.
    """
    import asyncio

    try:
        from bot.mcp.server import serve_stdio
        from bot.public_app import build_mcp_server

        server = build_mcp_server(application)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "bot":
            raise
        click.echo(NOT_INSTALLED, err=True)
        sys.exit(2)
    asyncio.run(serve_stdio(server))


COMMANDS = (mcp,)
