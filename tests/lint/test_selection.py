"""Which findings the words of a command line let through."""

import pytest

from postmortem.lint.selection import Selection
from postmortem.model.finding import Finding, Span

CODES = ("PM002", "PM023", "PM204", "PM205", "PM301", "PM602")
FINDINGS = [Finding(path="x", span=Span(1, 1, 1, 1), code=code, message="") for code in CODES]


@pytest.mark.parametrize(
    ("select", "ignore", "told"),
    [
        ((), (), CODES),
        (("PM204",), (), ("PM002", "PM023", "PM204")),
        (("open-window", "pm3"), (), ("PM002", "PM023", "PM204", "PM301")),
        ((), ("PM2", "secret"), ("PM002", "PM023", "PM301")),
        (("PM2",), ("PM205",), ("PM002", "PM023", "PM204")),
        ((), ("PM0", "syntax"), CODES),
    ],
)
def test_words_are_codes_names_or_families(
    select: tuple[str, ...], ignore: tuple[str, ...], told: tuple[str, ...]
) -> None:
    assert tuple(each.code for each in Selection(select, ignore).of(FINDINGS)) == told


def test_words_that_mean_nothing_are_named() -> None:
    assert Selection(("PM204", "PM9", "nothing"), ("open-windows", "PM")).unknown() == (
        "PM9",
        "nothing",
        "open-windows",
    )
