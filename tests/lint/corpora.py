"""How the tests of this folder judge a few records: sources in, findings out, always as of the same day."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from postmortem.corpus import settings as settings_file
from postmortem.corpus.ledger import FILE_NAME
from postmortem.lint.promises import Promised
from postmortem.lint.run import across, examine, in_order
from postmortem.model.finding import Finding
from postmortem.model.settings import Settings

AS_OF = date(2026, 11, 23)
FIXTURES = Path(__file__).parent / "fixtures"
SMALLEST = (FIXTURES / "smallest.yaml").read_text(encoding="utf-8")
PATH = "incidents/2026-06-23-chat-unavailable.yaml"


@cache
def settings(path: Path = FIXTURES / "postmortem.yml") -> Settings:
    """The catalogue of the fixtures, or of one folder of them."""
    return settings_file.load(path)


def findings(sources: Mapping[str, bytes], catalogue: Settings | None = None) -> tuple[Finding, ...]:
    """Everything that is said about these files, by themselves and against one another, and against a ledger if one
    is among them.
    """
    catalogue = msgspec.structs.replace(catalogue or settings(), incidents=".")
    records = {path: source for path, source in sources.items() if path != FILE_NAME}
    examined = [examine(source, path, catalogue, AS_OF) for path, source in records.items()]
    headers = [each.header for each in examined if each.header is not None]
    lines = sources.get(FILE_NAME)
    promised = Promised(tuple(lines.splitlines()), list(records), AS_OF) if lines is not None else None
    said = across(headers, catalogue, sources.__getitem__, promised=promised)
    return in_order([*said, *(finding for each in examined for finding in each.findings)])


def about(text: str, path: str = PATH) -> tuple[Finding, ...]:
    """Everything that is said about one record."""
    return findings({path: text.encode()})
