"""Findings as text for people or for programs. Values in, strings out; knows no terminal and judges nothing."""

from collections.abc import Callable
from typing import Final

from postmortem.report import json, text
from postmortem.report.outcome import Outcome

Reporter = Callable[[Outcome, bool], str]
"""Writes an outcome; the flag asks for colours, which only text has."""

REPORTERS: Final[dict[str, Reporter]] = {"text": text.write, "json": json.write}
