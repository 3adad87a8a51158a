"""The command that serves the catalogue as pages and feeds, or writes them into a folder."""

from pathlib import Path

import click

from bot.app import Application

DEFAULT_PORT = 8080


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(1, 65535), default=DEFAULT_PORT, show_default=True)
@click.option(
    "--export",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the pages as files that any web server can serve, and end.",
)
@click.pass_obj
def web(application: Application, host: str, port: int, folder: Path | None) -> None:
    """Serve the catalogue as pages and feeds for everyone, without Slack."""
    if folder is not None:
        from bot.public_app import open_site
        from bot.running import bring_pages_up_to_date
        from bot.web.export import export_pages

        bring_pages_up_to_date(application)
        written = export_pages(open_site(application), folder)
        click.echo(f"{written:,} files in {folder}. They have no search; `halobot web` does.")
        return
    from bot.running import run_pages

    click.echo(f"Pages on http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/", err=True)
    run_pages(application, port, host)


COMMANDS = (web,)
