"""Findings as text for people or for programs. Values in, strings out; knows no terminal and judges nothing."""

from importlib import import_module
from typing import Final

from postmortem.report.outcome import Outcome

FORMATS: Final = ("text", "json", "sarif", "github", "junit")
"""Every format; each lives in the module of its name, as its function `write`."""


def write(format_: str, outcome: Outcome, *, colour: bool = False) -> str:
    """The outcome in one of the formats, ending with a line break; only text has colours.

    A format is imported when it is asked for, so that none waits for the libraries of the others.
    """
    text: str = import_module(f"postmortem.report.{format_}").write(outcome, colour)
    return text
