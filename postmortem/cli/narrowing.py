"""Which findings a run of `lint` counts, beyond the codes it was asked for: those in changed files, those that are new.

Findings and what the command line says in, fewer findings out; what was left out, and why, is said on stderr.
"""

import os
from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from postmortem.cli.chosen import Chosen
from postmortem.corpus import git, write
from postmortem.errors import UnreadableError
from postmortem.lint.baseline import Baseline, known, parsed, printed, without
from postmortem.model.finding import Finding
from postmortem.model.finding import printed as shown

Findings = tuple[Finding, ...]
Sources = Callable[[str], bytes]


def changed(asked: Chosen, base: Path, since: str) -> Chosen:
    """The same question about the files alone that changed since the working tree left `since`."""
    files = git.changed(base, since)
    return msgspec.structs.replace(
        asked,
        asked=frozenset(each for each in asked.asked if _place(base, each) in files),
        refused=tuple(each for each in asked.refused if _place(base, each.path) in files),
    )


def untold(judged: Findings, before: Chosen, after: Chosen, since: str) -> None:
    """Say how many errors stand in files that did not change: they are told where all records are looked at."""
    left = sum(1 for each in judged if each.weight == "error" and each.path in before.asked - after.asked)
    if left:
        errors = f"{left} {'error stands' if left == 1 else 'errors stand'}"
        click.echo(f"{errors} in records that did not change since {since}; they are not told here", err=True)


def new(findings: Findings, path: Path, source: Sources, concerned: Callable[[str, str], bool]) -> Findings:
    """The findings that the baseline at `path` does not hold. `concerned` tells by path and code whether this run could
    have found a thing at all; what it could have found and did not is stale. Raises UnreadableError.
    """
    left, stale = without(findings, _baseline(path), source)
    for each in stale:
        if concerned(each.path, each.code):
            place = f"{each.path} {each.code} {shown(each.pointer)}".rstrip()
            click.echo(f"{path}: stale: {place}; write the file again with --write-baseline", err=True)
    return left


def keep(findings: Findings, path: Path, source: Sources) -> Findings:
    """Write the baseline; what is left is what it cannot hold. Raises OutputRefusedError."""
    rows = known(findings, source)
    content = printed(row for _, row in rows)
    if path.exists():
        write.write(path, content, path.read_bytes())
    else:
        write.create(path, content)
    click.echo(f"{path}: {len(rows)} {'finding is' if len(rows) == 1 else 'findings are'} known from now on", err=True)
    held = {id(finding) for finding, _ in rows}
    return tuple(each for each in findings if id(each) not in held)


def _baseline(path: Path) -> Baseline:
    try:
        return parsed(path.read_bytes())
    except OSError as error:
        message = f"{path}: the baseline cannot be read ({error.strerror}); make one with --write-baseline {path}"
        raise UnreadableError(message) from error
    except (msgspec.DecodeError, ValueError) as error:
        message = f"{path}: this is no baseline ({error}); make one with --write-baseline {path}"
        raise UnreadableError(message) from error


def _place(base: Path, name: str) -> Path:
    return Path(os.path.normpath(base / name))
