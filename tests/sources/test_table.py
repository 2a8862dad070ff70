"""A kind of feed is there when it is asked for, and costs nothing before."""

import subprocess
import sys

import pytest

from postmortem.sources.table import SOURCES

ASK = """
import sys
import postmortem.cli.enrich
from postmortem.sources.table import SOURCES
SOURCES["statuspage"].parse(b'{"page": {"id": "p"}, "incidents": []}', "s", "")
others = ("xml.etree.ElementTree", "tomllib", "html", "postmortem.sources.feed")
print(*[name for name in others if name in sys.modules])
"""


def test_who_reads_one_feed_imports_nothing_of_the_others() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []


def test_a_kind_that_is_none_is_not_there() -> None:
    assert "aws" in SOURCES
    assert "table" not in SOURCES
    with pytest.raises(KeyError):
        SOURCES["table"]
