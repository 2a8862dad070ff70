"""What keeps a record from being written: a shorter look at a changed record sees what the whole look sees."""

from typing import Any

import pytest

from postmortem.cli import blocking
from postmortem.model import record as records
from postmortem.model.edit import Append, Edit, Put, apply_to_data
from postmortem.model.record import Record
from postmortem.yamldoc.loader import read
from tests.lint.corpora import AS_OF, PATH, SMALLEST, settings

ENTRY = {"id": "u9", "at": "2026-06-23T16:00Z", "kind": "note"}


def data() -> dict[str, Any]:
    document, _ = read(SMALLEST.encode(), PATH)
    assert document is not None
    return document.data


def changed(*edits: Edit) -> Record:
    return records.read(apply_to_data(data(), edits))


def said(text: str) -> Edit:
    return Append(("timeline",), ENTRY | {"text": text})


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (said("We see fewer errors."), ""),
        (Put(("title",), "Chats failed until 2026-06-23T16:00Z"), ""),
        (said("Write to anna.weber@customer.example."), "PM601"),
        (said("Use AKIAIOSFODNN7EXAMPLQ for now."), "PM602"),
        (said("Call +49 30 23125 042."), "PM605"),
        (Append(("timeline",), ENTRY | {"at": "2031-06-23T16:00Z"}), "PM201"),
        (Append(("timeline",), ENTRY | {"evidence": ["nobody"]}), "PM411"),
        (Append(("timeline",), ENTRY | {"id": "u1"}), "PM104"),
    ],
)
def test_what_an_edit_makes_wrong_is_seen(edit: Edit, code: str) -> None:
    record = changed(edit)
    assert {rule.code for rule, _ in blocking.wrong(record, settings(), AS_OF)} == ({code} if code else set())
    assert blocking.is_sound(record, [edit], settings(), AS_OF) is not bool(code)


def test_texts_that_were_there_before_are_no_matter_of_the_edit() -> None:
    before, edit = said("Write to anna.weber@customer.example."), Put(("title",), "Chats failed")
    record = changed(before, edit)
    assert [rule.code for rule, _ in blocking.wrong(record, settings(), AS_OF)] == ["PM601"]
    assert blocking.is_sound(record, [edit], settings(), AS_OF)
    assert not blocking.is_sound(record, [edit, before], settings(), AS_OF)
