"""The text of a new record."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.authoring.new import New, identify, text
from postmortem.corpus.decode import decode
from postmortem.lint.run import examine
from postmortem.model.announcement import announce
from postmortem.model.moment import Moment, parse
from postmortem.model.slug import slugify
from tests.authoring.records import NOW, TODAY, settings

SCHEMA = "../../schemas/incident-1.0.schema.json"
TITLES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=120)


def written(wish: New) -> str:
    return text(wish, identify(wish, ()), SCHEMA, "confirmed")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Chat fails to load", "chat-fails-to-load"),
        ("Größere Störung: Café & API", "groere-storung-cafe-api"),
        ("Users' chats can't be opened", "users-chats-cant-be-opened"),
        ("Opus 4.8 errors", "opus-4-8-errors"),
        ("サービス停止", "incident"),
        ("a" * 200, "a" * 60),
        (
            "One two three four five six seven eight nine ten eleven twelve",
            "one-two-three-four-five-six-seven-eight-nine-ten-eleven",
        ),
    ],
)
def test_a_slug_is_the_titles_words_in_ascii(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(TITLES)
def test_every_title_makes_a_clean_draft_and_an_id_that_the_schema_accepts(title: str) -> None:
    wish = New(title=title.strip() or "x", now=NOW, severity="major", services=("web-app",))
    id_ = identify(wish, ())
    assert re.fullmatch(r"2026-06-23-[a-z0-9]+(-[a-z0-9]+)*", id_)
    assert len(id_) <= 71
    source = text(wish, id_, SCHEMA, "confirmed").encode()
    assert [each for each in examine(source, f"{id_}.yaml", settings(), TODAY).findings if each.code < "PM5"] == []


def test_an_id_that_is_taken_gets_a_number() -> None:
    wish = New(title="Chat fails", now=NOW)
    assert identify(wish, ["2026-06-23-chat-fails", "2026-06-23-chat-fails-2"]) == "2026-06-23-chat-fails-3"


def test_the_day_of_the_id_is_that_of_the_start() -> None:
    started = Moment(*parse("2026-06-22T23:50Z"))
    assert identify(New(title="Chat fails", now=NOW, started=started), ()) == "2026-06-22-chat-fails"
    assert identify(New(title="Chat fails", now=NOW, at=started), ()) == "2026-06-22-chat-fails"


def test_a_draft_leaves_open_what_nobody_said() -> None:
    source = written(New(title="Chat fails", now=NOW))
    found = decode(source.encode(), "x").record
    assert found is not None
    assert (found.record, found.severity, found.services) == ("draft", "minor", ())
    assert found.timeline[0].public is False
    assert source.startswith(f"# yaml-language-server: $schema={SCHEMA}\n")
    assert source.count("TODO") >= 5
    assert len({line.index("#") for line in source.splitlines() if line[:1].isalpha() and "#" in line}) == 1


def test_what_was_said_is_not_asked_again() -> None:
    said = written(New(title="Chat fails", now=NOW, severity="major", services=("web-app",), text="Chats fail."))
    assert "severity: major              # none |" in said
    assert "\nsummary: Chats fail.\n" in said


def test_a_published_record_is_announced_once() -> None:
    wish = New(title="Chat fails", now=NOW, severity="major", services=("web-app",), text="Chats fail.", publish=True)
    found = decode(written(wish).encode(), "x").record
    assert found is not None
    assert [(each.entry, each.backfill) for each in announce(found)] == [("u1", False)]
    assert found.revisions[0].at == found.timeline[0].at


def test_a_record_published_long_after_is_announced_once_and_now() -> None:
    told = Moment(*parse("2026-06-20T09:00Z"))
    wish = New(
        title="Chat failed", now=NOW, at=told, severity="major", services=("web-app",), text="It did.", publish=True
    )
    found = decode(written(wish).encode(), "x").record
    assert found is not None
    assert [(each.entry, each.backfill, each.published) for each in announce(found)] == [
        ("u1", False, datetime(2026, 6, 23, 15, 0, tzinfo=UTC))
    ]


def test_naming_a_model_says_that_its_class_is_affected() -> None:
    wish = New(title="Opus slow", now=NOW, severity="minor", services=("api",), models=("opus-4.8",))
    found = decode(written(wish).encode(), "x").record
    assert found is not None
    held = found.impact.model_degradation
    assert (held.state, held.level, held.models, held.services) == ("affected", "unknown", ("opus-4.8",), ("api",))
    assert held.windows[0].start.moment is None


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_stands_in_the_file_as_it_was_typed(said: str) -> None:
    wish = New(title="Chat fails", now=NOW, severity="major", services=("web-app",), text=said, publish=True)
    decoded = decode(written(wish).encode(errors="replace"), "x")
    assert decoded.document is not None
    assert decoded.findings or decoded.document.data["timeline"][0]["text"] == said
