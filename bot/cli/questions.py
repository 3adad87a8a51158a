"""The command `questions`: what people asked in vain, and what they thought of answers, so that the catalogue can
grow.
"""

import time

import click

from bot import app
from bot.settings import Settings


def register(cli: click.Group) -> None:
    """Add this command to the command line."""
    cli.add_command(questions)


@click.command()
@click.option("--most", default=50, show_default=True, help="How many, those asked in vain most often first.")
@click.pass_obj
def questions(settings: Settings, most: int) -> None:
    """Show which questions found nothing, and which answers helped or not; of the last 90 days."""
    found = app.open_questions(settings).list_stats(time.time(), most)
    for one in found:
        said = [
            f"nothing {one.no_result_count}×" if one.no_result_count else "",
            f"helpful {one.helpful_count}×" if one.helpful_count else "",
        ]
        said += [f"not helpful {one.not_helpful_count}×" if one.not_helpful_count else ""]
        click.echo(f"{', '.join(part for part in said if part):40}  {one.text}")
    if not found:
        click.echo("Nothing yet: every question so far found something, and nobody judged an answer.")
