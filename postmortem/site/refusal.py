"""What stops a build before a byte is written: broken records, links among the sources, warnings under `strict`.

MkDocs follows symbolic links in its folders, and would publish what they lead to.
"""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

from postmortem.errors import UnreadableError
from postmortem.model.finding import Finding

log = logging.getLogger("mkdocs.plugins.postmortem")


class RecordsRefusedError(PluginError):
    """Records are broken; `findings` says how."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = sum(finding.weight == "error" for finding in findings)
        super().__init__(f"{errors} {'error' if errors == 1 else 'errors'} in the records; nothing was written")
        self.findings = findings


def refuse_broken(findings: tuple[Finding, ...], *, go_on: bool) -> None:
    """Log each error, and raise RecordsRefusedError if there is one and the broken records were not left out."""
    errors = [finding for finding in findings if finding.weight == "error"]
    for each in errors:
        hint = f"; {each.hint}" if each.hint else ""
        log.error("%s:%s:%s: %s %s%s", each.path, each.span.line, each.span.column, each.code, each.message, hint)
    if errors and not go_on:
        raise RecordsRefusedError(findings)


def refuse_links(folder: str | None) -> None:
    """Raise UnreadableError, naming the first link or device below the folder."""
    for path in _odd(folder) if folder is not None else ():
        what = f"a symbolic link to {path.readlink()}" if path.is_symlink() else "no ordinary file"
        raise UnreadableError(f"{path}: {what}; only ordinary files are published, so copy the file here or remove it")


def _odd(folder: str) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted((*folders, *names)):
            path = Path(here, name)
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                yield path


def refuse_warnings(config: MkDocsConfig) -> None:
    """Under `strict`, MkDocs counts warnings and fails after the last event; fail before anything is in place."""
    for handler in logging.getLogger("mkdocs").handlers:
        if config.strict and isinstance(handler, CountHandler) and handler.get_counts():
            raise PluginError("there were warnings, and the build is strict; the site was left as it was")
