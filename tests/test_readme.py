"""What the README promises of the smallest record, held against the tool."""

import re
from datetime import date

from postmortem.corpus import settings
from postmortem.lint.run import examine
from tests.command import ROOT


def test_the_smallest_record_of_the_readme_can_be_published() -> None:
    block = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert block is not None
    loaded = settings.load(ROOT / "examples/provider/postmortem.yml")
    examined = examine(block.group(1).encode(), "incidents/2026/2026-07-15-api-errors.yaml", loaded, date(2026, 7, 15))
    assert [each for each in examined.findings if each.weight != "advice"] == []
    assert examined.record is not None
    assert block.group(1).count("\n") <= 25
