"""The report for people, letter for letter: its shape is what people learn to read."""

import re

from postmortem.model.finding import Finding, Span, Weight
from postmortem.report import text
from postmortem.report.outcome import Outcome

PATH = "incidents/2026-06-23-x.yaml"
SOURCE = "id: x\n" * 13 + '      - {start: "2026-06-23T14:21Z"}\n'


def finding(weight: Weight = "error", code: str = "PM204", message: str = "this goes on", hint: str = "") -> Finding:
    return Finding(path=PATH, span=Span(14, 9, 14, 37), code=code, message=message, weight=weight, hint=hint)


def written(*findings: Finding, records: int = 17, colour: bool = False) -> str:
    return text.write(Outcome(findings, records, lambda _: SOURCE), colour)


def test_a_finding_is_told_like_a_compiler_tells_it() -> None:
    assert written(finding(hint="say when it ended")) == (
        "error[PM204 open-window]: this goes on\n"
        "  --> incidents/2026-06-23-x.yaml:14:9\n"
        "   |\n"
        '14 |       - {start: "2026-06-23T14:21Z"}\n'
        "   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "   = help: say when it ended\n"
        "\n"
        "1 error in 17 records\n"
    )


def test_a_file_that_cannot_be_quoted_still_names_the_place() -> None:
    said = text.write(Outcome((finding(code="PM011", hint="put a record here"),), 1, lambda _: ""), colour=False)
    assert said == (
        "error[PM011 not-a-file]: this goes on\n"
        "  --> incidents/2026-06-23-x.yaml:14:9\n"
        "   = help: put a record here\n"
        "\n"
        "1 error in 1 record\n"
    )


def test_the_last_line_counts_by_weight() -> None:
    many = [finding(), finding(), finding("warning"), finding("advice"), finding("advice")]
    assert written(*many).endswith("\n2 errors, 1 warning, 2 pieces of advice in 17 records\n")
    assert written(finding("advice"), records=1).endswith("\n1 piece of advice in 1 record\n")


def test_nothing_to_say_is_one_line() -> None:
    assert written() == "17 records, no findings\n"
    assert written(records=1) == "1 record, no findings\n"
    assert written(records=10_000) == "10,000 records, no findings\n"


def test_colours_are_the_only_difference_they_make() -> None:
    many = [finding(hint="say when"), finding("warning"), finding("advice")]
    painted = written(*many, colour=True)
    assert "\x1b[" not in written(*many)
    assert "\x1b[1;31merror[PM204 open-window]\x1b[0m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == written(*many)


def test_messages_and_paths_cannot_take_the_terminal_over() -> None:
    wild = Finding(path="a\x1b]0;x.yaml", span=Span(1, 1, 1, 1), code="PM101", message="\x1b[2J", hint="\x9b1m\u202e")
    said = text.write(Outcome((wild,), 1, lambda _: "id: \x1b[31m"), colour=False)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)
