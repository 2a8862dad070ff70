"""Taking a record apart: every part at its pointer, and nothing private among the public texts."""

from postmortem.corpus.decode import decode
from postmortem.lint.walk import parts, prose, texts, whole
from postmortem.model.record import Record
from postmortem.yamldoc.loader import read
from tests.lint.corpora import PATH, SMALLEST

MORE = """\
clocks:
  started: {at: "2026-06-23T14:21Z", is: about, evidence: [graph]}
guidance: {during: [Wait.], fallbacks: [{for: web-app, use: The API}]}
internal: {owner: canary}
"""


def record(text: str) -> Record:
    found = decode(text.encode(), PATH).record
    assert found is not None
    return found


def test_every_pointer_leads_to_its_value_in_the_file() -> None:
    text = SMALLEST + MORE
    document, _ = read(text.encode(), PATH)
    assert document is not None
    stated = [part for part in texts(record(text)) if part[0] != ("kind",)]  # left out here, so it has no place
    assert [document.cut(document.locate(pointer)).strip('"') for pointer, _ in stated] == [each for _, each in stated]


def test_what_stays_inside_is_not_among_the_texts() -> None:
    note = '  - {id: n1, at: "2026-06-23T14:49Z", kind: note, public: false, text: canary}\n'
    shown = record(SMALLEST + note + MORE)
    assert "canary" not in whole(shown)
    assert all("canary" not in text for _, text in texts(shown))
    assert any(pointer == ("timeline", 1) for pointer, _ in parts(shown))


def test_prose_is_what_the_author_wrote() -> None:
    said = '  - {id: u2, at: "2026-06-23T14:49Z", kind: update, text: Said., origin: {source: page, key: "1"}}\n'
    pointers = [pointer for pointer, _ in prose(record(SMALLEST + said + MORE))]
    assert pointers == [
        ("title",),
        ("impact", "application_failure", "summary"),
        ("guidance", "during", 0),
        ("guidance", "fallbacks", 0, "use"),
        ("timeline", 0, "text"),
    ]


def test_another_record_is_walked_anew() -> None:
    first, second = record(SMALLEST), record(SMALLEST + MORE)
    assert parts(first) != parts(second)
    assert parts(first) == parts(record(SMALLEST))
