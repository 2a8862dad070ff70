"""`postmortem reconcile`: where the records and what sources said disagree."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import click
import msgspec

from postmortem.cli import desk, listening, options, telling
from postmortem.cli.desk import Desk
from postmortem.corpus.decode import decode
from postmortem.corpus.files import RecordFile, find
from postmortem.corpus.work import each as in_parallel
from postmortem.enrich import match
from postmortem.enrich.manner import Manner
from postmortem.enrich.match import One
from postmortem.enrich.reconcile import compare
from postmortem.model.event import Told
from postmortem.report import disagreements
from postmortem.report.disagreements import Compared, Row
from postmortem.sources import heard as hearing
from postmortem.sources.heard import Heard


class _Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One record: what disagrees, how many incidents it was compared with, and how many the answers do not hold."""

    name: str
    valid: bool = True
    rows: tuple[Row, ...] = ()
    compared: int = 0
    missing: int = 0


@click.command()
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@listening.source_options
@options.format_option("text", "json")
@click.option("--strict", is_flag=True, help="1 if anything disagrees.")
@options.settings_option
@options.jobs_option
def reconcile(
    *, records: tuple[str, ...], format_: str, strict: bool, settings: Path | None, jobs: int, **wish: object
) -> int:
    """Say where records and sources disagree, with both values; of the records of these ids or paths, or of all.

    An observer may judge otherwise, and a postmortem knows more than a status page did: nothing of it is an error.
    """
    here = desk.desk(settings)
    files: Sequence[RecordFile] = [desk.record(here, each) for each in records]
    files = files or find(here.base / here.settings.incidents, here.base)[0]
    heard = listening.listen(here, listening.wish(wish))
    told = match.by_incident(hearing.told(heard))
    work = partial(_compared, at=here, told=told, manners=listening.manners(here.settings), heard=_answered(heard))
    seen = list(in_parallel(work, files, jobs))
    found = Compared(
        rows=[row for each in seen for row in each.rows],
        sources=[_source(each) for each in heard],
        records=len(seen),
        compared=sum(each.compared for each in seen),
        missing=sum(each.missing for each in seen),
    )
    for each in seen:
        if not each.valid:
            click.echo(f"{telling.here(here.base, each.name)}: is no valid record; run postmortem lint on it", err=True)
    as_text = disagreements.text(found, colour=options.colours(sys.stdout))
    options.write(disagreements.document(found) if format_ == "json" else as_text)
    wrong = (strict and found.rows) or not all(each.valid for each in seen)
    return listening.exit_code(heard, int(bool(wrong)))


def _compared(
    file: RecordFile, at: Desk, told: Mapping[One, Told], manners: Mapping[str, Manner], heard: frozenset[str]
) -> _Seen:
    try:
        decoded = decode(file.read(), file.name)
    except OSError:
        return _Seen(name=file.name, valid=False)
    record, document = decoded.record, decoded.document
    if record is None or document is None:
        return _Seen(name=file.name, valid=False)
    asked = [(each.source, each.incident) for each in record.tracking if each.source in heard]
    here = telling.here(at.base, file.name)
    rows = [
        Row(here, document.locate(found.pointer), found)
        for one in asked
        if one in told
        for found in compare(record, told[one], manners[one[0]].service_of)
    ]
    compared = sum(one in told for one in asked)
    return _Seen(name=file.name, rows=tuple(rows), compared=compared, missing=len(asked) - compared)


def _answered(heard: Iterable[Heard]) -> frozenset[str]:
    return frozenset(each.source for each in heard if each.answered)


def _source(heard: Heard) -> disagreements.Source:
    return disagreements.Source(
        id=heard.source,
        kind=heard.kind,
        state=heard.state,
        reason=heard.reason,
        address=heard.address,
        at=heard.at,
        sha256=heard.sha256,
        incidents=len({each.incident for each in heard.events}),
    )
