"""Ids follow from their incident alone."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.enrich.naming import ADDRESS, identify, key, suffix
from postmortem.schema.check import check
from tests.model.made import data, utc

DAY = utc("2026-06-23T14:19Z")


def test_an_id_is_the_day_the_title_and_the_end_of_the_vendors_id() -> None:
    assert identify(DAY, "Elevated errors", "9f3k2lq8zv1c") == "2026-06-23-elevated-errors-q8zv1c"
    assert identify(DAY, "Elevated errors", "01KABCDEFGHJKMNPQRSTVWXYZ0") == "2026-06-23-elevated-errors-vwxyz0"
    assert identify(DAY, "障害", "1138") == "2026-06-23-incident-1138"


def test_two_of_one_day_and_title_have_two_ids_whichever_is_read_first() -> None:
    ids = [identify(DAY, "Elevated errors", each) for each in ("9f3k2lq8zv1c", "0m2fr9x1y2z3", "A-1", "a1", "A_1")]
    assert len(set(ids)) == 5


def test_the_one_case_left_has_a_longer_way_out() -> None:
    one, other = "aaa-q8zv1c".replace("-", ""), "bbbq8zv1c"
    assert suffix(one) == suffix(other)
    assert identify(DAY, "Errors", one, 8) != identify(DAY, "Errors", other, 8)


@settings(max_examples=150)
@given(
    st.datetimes(min_value=DAY.replace(year=1900, tzinfo=None), max_value=DAY.replace(year=2999, tzinfo=None)),
    st.text(),
    st.text(),
)
def test_whatever_title_and_vendors_id_the_schema_takes_it(day: object, title: str, incident: str) -> None:
    when = DAY.replace(year=day.year, month=day.month, day=day.day)  # type: ignore[attr-defined]
    made = identify(when, title, incident)
    assert check(data(id=made), "incident") == ()
    assert check(data(id=identify(when, title, incident, 8)), "incident") == ()
    assert made == identify(when, title, incident)


@given(st.text())
def test_a_key_is_a_line_and_a_key_stays_what_it_is(said: str) -> None:
    assert check(data(tracking=[{"source": "page", "incident": key(said)}]), "incident") == ()
    assert key(key(said)) == key(said)


@given(st.from_regex(re.compile(ADDRESS.pattern, re.ASCII), fullmatch=True))
def test_what_counts_as_an_address_the_schema_takes(url: str) -> None:
    found = check(data(tracking=[{"source": "page", "incident": "i", "url": url}]), "incident")
    assert all(each.pointer == ("tracking", 0, "url") and each.code == "PM024" for each in found)
