"""What the rest of the corpus knows of a record, and from which day on it is public."""

from datetime import date

import msgspec
import pytest

from postmortem.corpus.decode import decode
from postmortem.model.header import Header, Link, Tracked, header
from tests.lint.corpora import AS_OF, PATH, SMALLEST


def made(text: str) -> Header:
    record = decode(text.encode(), PATH).record
    assert record is not None
    return header(record, PATH, AS_OF)


@pytest.mark.parametrize(
    ("state", "day"),
    [
        ("published", AS_OF),
        ("draft", None),
        ("embargoed\nembargo: {until: 2026-11-22}", AS_OF),
        ("embargoed\nembargo: {until: 2026-11-23}", date(2026, 11, 24)),
    ],
)
def test_the_first_day_whose_builds_show_it(state: str, day: date | None) -> None:
    assert made(SMALLEST.replace("record: published", f"record: {state}")).public_from == day


def test_every_place_that_names_another_record_is_a_link() -> None:
    text = SMALLEST.replace("record: published", "record: withdrawn") + (
        'withdrawn: {at: "2026-06-24T08:00Z", reason: Twice., replaced_by: 2026-06-22-b}\n'
        "related:\n"
        '  - {relation: same_event, url: "https://status.example.com/1"}\n'
        "  - {relation: continues, id: 2026-06-22-a}\n"
        "tracking: [{source: status-page, incident: abc}]\n"
    )
    assert made(text).links == (
        Link(("related", 1, "id"), "2026-06-22-a", "continues"),
        Link(("withdrawn", "replaced_by"), "2026-06-22-b"),
    )
    assert made(text).tracked == (Tracked(("tracking", 0), "status-page", "abc"),)


def test_a_header_survives_being_kept() -> None:
    kept = msgspec.msgpack.encode(made(SMALLEST))
    assert msgspec.msgpack.decode(kept, type=Header) == made(SMALLEST)
