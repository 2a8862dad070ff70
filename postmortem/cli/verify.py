"""`postmortem verify`: check a published site."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click

from postmortem.cli import options
from postmortem.errors import UnreadableError
from postmortem.report.style import safe
from postmortem.verify import mirror, site, verdicts
from postmortem.verify.judge import judge
from postmortem.verify.site import Site
from postmortem.verify.survey import survey
from postmortem.verify.verdicts import Judged

LIVE = "live"
"""For --against: the address that the site itself says it has."""
Open = Callable[[str, bool], Site]


@click.command()
@click.argument("location", metavar="DIR|URL")
@click.option("--against", metavar="DIR|URL", help=f"An older copy; {LIVE} is where the site says it is published.")
@options.format_option("text", "json")
@click.option("--allow-host", multiple=True, metavar="HOST", help="A host that may lie in a private network.")
@click.option("--ignore-robots", is_flag=True, help="Ask even where the host's robots.txt disallows it.")
@options.as_of_option
@options.jobs_option
def verify(  # noqa: PLR0913 - one argument for each option
    *,
    location: str,
    against: str | None,
    format_: str,
    allow_host: tuple[str, ...],
    ignore_robots: bool,
    as_of: date | None,
    jobs: int,
) -> int:
    """Check a published site as a stranger would, by what it publishes alone.

    1 if a requirement fails, 3 if the site or the older copy cannot be had.
    """
    day = options.day(as_of)
    with _opening(allow_host, ignore_robots=ignore_robots) as opened:
        found = opened(location, True)  # noqa: FBT003 - as Open says
        older = opened(_place(against, found), False) if against else None  # noqa: FBT003 - as above
        before = survey(older, day, jobs, whole=False) if older is not None else None
        seen = survey(found, day, jobs, before)
        told = Judged(
            site=found.name,
            against=older.name if older is not None else None,
            as_of=day,
            files=len(found.paths),
            verdicts=judge(seen),
        )
    as_text = verdicts.text(told, colour=options.colours(sys.stdout))
    options.write(verdicts.document(told) if format_ == "json" else as_text)
    return 0 if told.is_sound else 1


@contextmanager
def _opening(hosts: tuple[str, ...], *, ignore_robots: bool) -> Iterator[Open]:
    """A way to get at sites; what had to be fetched is kept until the end."""
    with tempfile.TemporaryDirectory(prefix="postmortem-verify-") as kept:

        def opened(location: str, whole: bool) -> Site:  # noqa: FBT001 - as Open says
            if not location.lower().startswith(("https://", "http://")):
                return site.from_folder(Path(location))
            from postmortem.sources import fetch  # noqa: PLC0415 - httpx is slow to import, and a folder needs none

            asked = fetch.Options(
                contact="", allow_hosts=hosts, ignore_robots=ignore_robots, deadline=60.0, at_once=8, gap=0.01,
                raw_cap=64 * 2**20, inflated_cap=128 * 2**20,
            )  # fmt: skip
            folder = Path(tempfile.mkdtemp(dir=kept))
            ask = lambda addresses: fetch.fetch_all(  # noqa: E731 - used once
                addresses, asked, datetime.now(UTC), _progress, doubt=lambda _address, _content: ""
            )
            return mirror.from_address(location, folder, ask, whole=whole)

        yield opened


def _place(against: str, found: Site) -> str:
    if against != LIVE:
        return against
    if found.base == site.NOWHERE:
        raise UnreadableError(f"{found.name}: it does not say where it is published; name the address with --against")
    return found.base


def _progress(said: str) -> None:
    if sys.stderr.isatty():
        click.echo(safe(said), err=True)
