"""`postmortem serve`: the site on this machine, built again whenever something changes."""

from datetime import date
from pathlib import Path

import click

from postmortem.cli import options
from postmortem.site import run
from postmortem.site.supply import Wish


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port on 127.0.0.1.")
@options.settings_option
@options.as_of_option
def serve(*, port: int, settings: Path | None, as_of: date | None) -> None:
    """Show the site on this machine until interrupted, built again whenever something changes."""
    location = options.found(settings)
    cache = location.resolve().parent / options.CACHE / "build"
    run.serve(Wish(settings=location, cache=cache), options.day(as_of), port)
