"""How the tests of this folder run the command: as people do, in a folder of its own; in a process of its own where
the process is what is tested.
"""

import contextlib
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from postmortem.cli import run
from postmortem.corpus import ledger
from postmortem.corpus.decode import decode

RECORD = """\
schema_version: "1.0"
id: 2026-06-23-chat-unavailable
title: Chat unavailable after a routing change
record: published
severity: major
services: [web-app]
impact:
  model_degradation: {state: not_affected}
  application_failure: {state: unknown}
  authentication: {state: not_affected}
  data_access: {state: not_affected}
timeline:
  - {id: u1, at: "2026-06-23T14:47Z", kind: update, status: resolved, text: Chats failed to start until now.}
"""
SETTINGS = """\
schema_version: "1.0"
publisher: {name: Example AI, role: provider, contact: "mailto:reliability@example.com"}
site: {url: "https://status.example.com/"}
feeds: {authority: "status.example.com,2026"}
services: [{id: web-app, name: Chat on the web}]
"""
NAME = "incidents/2026/2026-06-23-chat-unavailable.yaml"
COMMAND = [sys.executable, "-m", "postmortem.cli"]


def environment(**more: str) -> dict[str, str]:
    """The environment without what would colour or date the output."""
    unwanted = {"NO_COLOR", "SOURCE_DATE_EPOCH", "POSTMORTEM_DEBUG", "FORCE_COLOR"}
    return {key: value for key, value in os.environ.items() if key not in unwanted} | more


def corpus(folder: Path, record: str = RECORD, name: str = NAME) -> Path:
    """A folder with settings, one record, and what it promises in the ledger; gives the folder."""
    (folder / "postmortem.yml").write_text(SETTINGS, encoding="utf-8")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record, encoding="utf-8")
    enter(folder, record)
    return folder


def enter(folder: Path, record: str) -> None:
    """Have the ledger hold what a record promises; one that is refused or private promises nothing."""
    read = decode(record.encode(), "record.yaml").record
    promise = ledger.promise(read, date.max) if read is not None else None
    if promise is not None:
        ledger.extend(folder / ledger.FILE_NAME, promise)


def postmortem(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder; `more` goes into its environment."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def run_in(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The same without a new process; `more` is what the environment holds of what the command asks for."""
    before, here = dict(os.environ), Path.cwd()
    output, said = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    os.environ.clear()
    os.environ.update(environment(**more))
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(said):
            code = run(arguments)
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)
    output.seek(0)
    return subprocess.CompletedProcess(list(arguments), code, output.read(), said.getvalue())
