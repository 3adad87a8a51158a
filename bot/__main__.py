"""`python -m bot`: starts the command line."""

from bot.cli.main import cli

if __name__ == "__main__":
    cli(prog_name="halobot")
