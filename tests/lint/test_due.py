"""When a postmortem is owed: weekends and holidays do not count as business days."""

from datetime import date

import pytest

from postmortem.lint.due import after
from postmortem.model.settings import Policy

FRIDAY = date(2026, 11, 13)


@pytest.mark.parametrize(
    ("within", "holidays", "day"),
    [
        ("1 day", (), date(2026, 11, 14)),
        ("10 days", (FRIDAY,), date(2026, 11, 23)),
        ("1 business day", (), date(2026, 11, 16)),
        ("5 business days", (), date(2026, 11, 20)),
        ("5 business days", (date(2026, 11, 16),), date(2026, 11, 23)),
        ("1 business day", (date(2026, 11, 14),), date(2026, 11, 16)),
    ],
)
def test_the_last_day(within: str, holidays: tuple[date, ...], day: date) -> None:
    assert after(FRIDAY, within, Policy(holidays=holidays)) == day
