"""Taking a record apart: every part at its pointer, and nothing private among the public texts."""

from postmortem.corpus.decode import decode
from postmortem.lint.walk import once, parts_of, walked
from postmortem.model.record import Record, RecordEntry
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
    stated = list(walked(record(text)).texts)
    assert [document.cut(document.locate(pointer)).strip('"') for pointer, _ in stated] == [each for _, each in stated]


def test_what_stays_inside_is_not_among_the_texts() -> None:
    note = '  - {id: n1, at: "2026-06-23T14:49Z", kind: note, public: false, text: canary}\n'
    shown = record(SMALLEST + note + MORE)
    assert "canary" not in walked(shown).whole
    assert all("canary" not in text for _, text in walked(shown).texts)
    assert [pointer for pointer, _ in parts_of(shown, RecordEntry)] == [("timeline", 0), ("timeline", 1)]


def test_prose_is_what_the_author_wrote() -> None:
    said = '  - {id: u2, at: "2026-06-23T14:49Z", kind: update, text: Said., origin: {source: page, key: "1"}}\n'
    pointers = [pointer for pointer, _ in walked(record(SMALLEST + said + MORE)).prose]
    assert pointers == [
        ("title",),
        ("impact", "application_failure", "summary"),
        ("guidance", "during", 0),
        ("guidance", "fallbacks", 0, "use"),
        ("timeline", 0, "text"),
    ]


def test_another_record_is_walked_anew() -> None:
    first, second = record(SMALLEST), record(SMALLEST + MORE)
    assert walked(first) != walked(second)
    assert walked(first) == walked(record(SMALLEST))


def test_an_answer_is_worked_out_once_for_a_record() -> None:
    asked: list[str] = []

    def title(shown: Record) -> str:
        asked.append(shown.id)
        return shown.title

    first = record(SMALLEST)
    assert [once(title, first), once(title, first)] == [first.title] * 2
    assert len(asked) == 1
