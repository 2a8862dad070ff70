"""What records are held against: only what differs is looked at, and nothing private is told."""

from collections.abc import Callable

import pytest

from postmortem.corpus import ledger
from postmortem.corpus.decode import decode
from postmortem.corpus.ledger import FILE_NAME, Promise
from postmortem.errors import UnreadableError
from postmortem.lint.promises import Promised, beginning, kept
from postmortem.lint.run import across, examine
from postmortem.model.finding import Finding
from tests.lint.corpora import AS_OF, FIXTURES, SMALLEST, findings, settings

NAME = "incidents/2026-06-23-chat-unavailable.yaml"
NOTE = '  - {id: n1, at: "2026-06-23T14:50Z", kind: note, text: It was canary., public: %s}\n'


def promise(text: str) -> Promise:
    record = decode(text.encode(), NAME).record
    assert record is not None
    promised = ledger.promise(record, AS_OF)
    assert promised is not None
    return promised


def printed(*promises: Promise) -> bytes:
    return b"".join(ledger.printed({each.id: each}) for each in promises)


def nobody(name: str) -> bytes:
    raise AssertionError(name)


def asked(lines: tuple[bytes, ...], read: Callable[[str], bytes]) -> list[object]:
    header = examine(SMALLEST.encode(), NAME, settings(), AS_OF).header
    assert header is not None
    return list(kept(Promised(lines, [NAME], AS_OF), [header], "incidents", read))


def test_a_record_whose_line_stands_there_word_for_word_is_not_read() -> None:
    assert asked((printed(promise(SMALLEST)).rstrip(),), nobody) == []
    with pytest.raises(AssertionError, match="chat-unavailable"):
        asked((), nobody)


def test_two_lines_of_one_record_are_read_as_one() -> None:
    """As git leaves them where two branches that published something were merged."""
    two = SMALLEST + NOTE % "true"
    first, second = promise(SMALLEST), promise(two)
    apart = printed(first, Promise(id=first.id, state="published", entries={"n1": second.entries["n1"]}))
    for lines in (apart, printed(first, second), printed(second, first)):
        assert findings({NAME: two.encode(), FILE_NAME: lines}) == ()
    told = findings({NAME: SMALLEST.encode(), FILE_NAME: apart})
    assert [each.code for each in told] == ["PM707"]


def test_what_became_private_is_not_told() -> None:
    before = promise(SMALLEST + NOTE % "true")
    (told,) = findings({NAME: (SMALLEST + NOTE % "false").encode(), FILE_NAME: printed(before)})
    assert (told.code, told.pointer) == ("PM707", ("timeline",))
    assert "canary" not in told.message + told.hint
    assert "canary" not in SMALLEST.splitlines()[told.span.line - 1]


def test_an_embargo_that_opens_is_advice_and_one_that_was_moved_an_error() -> None:
    text = SMALLEST.replace("record: published", "record: embargoed\nembargo: {until: 2026-11-01}")
    assert [(each.code, each.weight) for each in findings({NAME: text.encode(), FILE_NAME: b""})] == [
        ("PM710", "advice")
    ]
    moved = text.replace("2026-11-01", "2026-12-01")
    assert [each.code for each in findings({NAME: moved.encode(), FILE_NAME: printed(promise(text))})] == ["PM706"]


def test_a_broken_rule_can_be_ignored_with_a_reason() -> None:
    text = SMALLEST.replace("id: 2026", "id:  # postmortem: ignore[PM709] entered by hand later\n  2026")
    examined = examine(text.encode(), NAME, settings(), AS_OF)
    assert examined.header is not None
    assert [word.code for word in examined.pending] == ["PM709"]
    pending = [(NAME, word) for word in examined.pending]
    for lines, said in (((), []), ((printed(promise(text)).rstrip(),), ["PM081"])):
        promised = Promised(lines, [NAME], AS_OF)
        told = across([examined.header], settings(), lambda _: text.encode(), pending, promised)
        assert [each.code for each in told] == said


@pytest.mark.parametrize("line", [b"", b"[]", b"{", b'{"id": "x"}', b"\xff"])
def test_a_line_that_is_none_is_the_operator_s_to_mend(line: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"ledger\.jsonl:2: this is no line of a ledger"):
        asked((printed(promise(SMALLEST)).rstrip(), line), nobody)


def test_strange_words_in_the_ledger_break_nothing() -> None:
    line = Promise(id="2026-06-23-chat-unavailable", state="?", facets=("", "x", "impact/"), entries={"": "x", "é": ""})
    lost = Promise(id="\u202ex\n", state="published", entries={})
    said = asked((printed(line).rstrip(), printed(lost).rstrip()), lambda _: SMALLEST.encode())
    assert sum(isinstance(each, Finding) for each in said) == 1
    assert {each[1].code for each in said if isinstance(each, tuple)} == {"PM707", "PM709", "PM711"}


def test_folders_of_records_are_known_however_they_are_written() -> None:
    assert [beginning(each) for each in ("incidents", "./incidents/", "a/b", ".")] == [
        "incidents/",
        "incidents/",
        "a/b/",
        "",
    ]


def test_the_fixtures_hold_lines_as_they_are_written() -> None:
    for path in sorted(FIXTURES.glob(f"*/*/{FILE_NAME}")):
        assert ledger.printed(ledger.read(path)) == path.read_bytes()
