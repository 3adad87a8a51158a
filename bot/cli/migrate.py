"""The command `migrate`: brings the databases up to date, or says what that would do."""

import click

from bot.app import Application


@click.command()
@click.option("--check", is_flag=True, help="Only say what would be done. Fails where a newer Halobot was here.")
@click.pass_obj
def migrate(application: Application, check: bool) -> None:
    """Bring both databases up to date.

    Every other command does it too, when it opens a database.
    """
    from bot.catalog.upgrade_plan import pending_steps
    from bot.storage.database import pending_workspace_steps

    path = application.settings.catalog
    # Both are looked at before one is changed, so that nothing is changed where one is refused.
    plans = (
        (f"Catalogue {path}", pending_steps(path)),
        ("Workspace database", pending_workspace_steps(application.settings.workspace_url)),
    )
    for name, steps in plans:
        click.echo(_plan_text(name, steps, check))
    if not check:
        application.catalog.entry_count()
        application.engine.dispose()
        click.echo("Both databases are up to date.")


def _plan_text(name: str, steps: list[str] | None, check: bool) -> str:
    would = "would be" if check else "is"
    if steps is None:
        return f"{name}: {would} made."
    if not steps:
        return f"{name}: up to date."
    return "\n".join([f"{name}: {would} changed in {len(steps)} {'step' if len(steps) == 1 else 'steps'}."]
                     + [f"  {step}" for step in steps])  # fmt: skip


COMMANDS = (migrate,)
