"""What we publish and what we show as an example must pass our own linter without an error or a warning."""

from datetime import date
from pathlib import Path

import pytest

from postmortem.corpus import ledger
from postmortem.corpus import settings as settings_file
from postmortem.lint import run
from postmortem.lint.promises import Promised

ROOT = Path(__file__).resolve().parents[2]
SITES = {"own": (ROOT, date(2026, 11, 23)), "example": (ROOT / "examples" / "provider", date(2026, 7, 15))}


@pytest.mark.parametrize("site", SITES)
def test_no_error_and_no_warning(site: str) -> None:
    folder, as_of = SITES[site]
    settings = settings_file.load(folder / "postmortem.yml")
    files = {path.relative_to(folder).as_posix(): path for path in sorted((folder / "incidents").rglob("*.yaml"))}
    examined = [run.examine(path.read_bytes(), name, settings, as_of) for name, path in files.items()]
    headers = [each.header for each in examined if each.header is not None]
    findings = [finding for each in examined for finding in each.findings]
    promised = Promised(ledger.lines(folder / ledger.FILE_NAME), list(files), as_of)
    findings += run.across(headers, settings, lambda name: files[name].read_bytes(), promised=promised)
    assert files
    assert [each for each in findings if each.weight != "advice"] == []
