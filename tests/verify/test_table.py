"""The table of requirements is what docs/verify.md says it is: numbers are promises."""

import re
from pathlib import Path

from postmortem.verify.table import REQUIREMENTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "verify.md"


def test_the_page_lists_every_requirement() -> None:
    printed = re.findall(r"^\| (V\d{3}) \| (.+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert printed == [(each.code, each.text, each.part.lacking) for each in REQUIREMENTS]
