"""The command `workspaces`: the workspaces that installed the app, and the key of their tokens."""

from datetime import UTC, datetime

import click

from bot.app import Application


@click.command()
@click.option("--new-key", is_flag=True, help="Print a new key for HALO_ENCRYPTION_KEY, and do nothing else.")
@click.option("--reencrypt", is_flag=True, help="Encrypt all tokens by the first key, so that the others can go.")
@click.pass_obj
def workspaces(application: Application, new_key: bool, reencrypt: bool) -> None:
    """List the workspaces that installed the app.

    The bot encrypts tokens by the first key of HALO_ENCRYPTION_KEY within a minute, too.
    """
    from bot.storage import token_cipher

    if new_key:
        click.echo(token_cipher.new_key())
        return
    store = application.stores.installations
    if reencrypt:
        application.settings.need("HALO_ENCRYPTION_KEY")
        click.echo(f"Encrypted by the first key: the tokens of {store.reencrypt()} workspaces.")
    found = store.all()
    for one in found:
        day = datetime.fromtimestamp(one.installed_at, UTC).date()
        state = {
            "live": f"installed {day}",
            "ended": f"not installed any more ({one.end_reason})",
            "unreadable": f"installed {day}; no key of HALO_ENCRYPTION_KEY fits its tokens",
        }[one.readability]
        click.echo(f"{one.team:12} {' '.join(one.team_name.split())[:60]}: {state}")
    if not found:
        click.echo("No workspace has installed the app from /slack/install.")


COMMANDS = (workspaces,)
