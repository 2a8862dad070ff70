"""The two ways to compose a text give the same: the one that trusts short and flat texts, the one that counts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.yamldoc.limits import MAX_DEPTH, MAX_NODES
from postmortem.yamldoc.loader import read

TRUSTED, COUNTED = "#\n", f"#{'x' * MAX_NODES}\n"
"""A text with the long comment above it is too long to be trusted."""

PIECES = st.sampled_from(
    (
        "a: ",
        "b:\n",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "x",
        '"q"',
        "? ",
        ": ",
        "|\n",
        "&n ",
        "*n",
        "'",
    )
)


def outcome(text: str) -> object:
    document, findings = read(text.encode(), "r.yaml")
    if document is None:
        return findings
    keys = [document.locate((key,)) for key in document.data]
    marks = [(mark.line, mark.column) for each in document.scalars for mark in (each.start_mark, each.end_mark)]
    return findings, document.data, keys, marks


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=150)
def test_a_text_reads_the_same_whether_it_is_trusted_or_counted(text: str) -> None:
    text = "k: " + text
    assert outcome(TRUSTED + text) == outcome(COUNTED + text)


def test_depth_is_refused_at_the_same_collection_either_way() -> None:
    for unit, close in (("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")):
        for depth in range(MAX_DEPTH - 3, MAX_DEPTH + 3):
            text = f"k:\n  {unit * depth}x{close * depth}"
            assert outcome(TRUSTED + text) == outcome(COUNTED + text)


def test_what_is_too_deep_is_named_before_a_syntax_error_that_follows() -> None:
    _, findings = read(f"k: {'[' * 40}x{']' * 40}\nl: a: b\n".encode(), "r.yaml")
    assert [each.code for each in findings] == ["PM006"]
