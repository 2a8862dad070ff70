"""What a source said comes together the same, however often and in whatever order it was read."""

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from postmortem.model.event import Component, Event, gather, named

NOON = datetime(2026, 6, 23, 12, tzinfo=UTC)
CHAT = Component(name="Chat", id="c1", old="operational", new="major_outage")

times = st.integers(0, 90).map(lambda minutes: NOON + timedelta(minutes=minutes))
events = st.builds(
    Event,
    source=st.sampled_from(["one", "two"]),
    incident=st.sampled_from(["a", "b"]),
    update=st.sampled_from(["1", "2", "3"]),
    at=times,
    title=st.sampled_from(["Errors", "Elevated errors"]),
    text=st.sampled_from(["", "Looking.", "Found."]),
    components=st.sampled_from([(), (CHAT,)]),
    edited=st.none() | times,
    modified=st.none() | times,
)


@given(st.lists(events, max_size=12), st.randoms(use_true_random=False))
def test_order_and_repeats_change_nothing(said: list[Event], chance: object) -> None:
    once = gather(said)
    again = [*said, *said]
    chance.shuffle(again)  # type: ignore[attr-defined]
    assert gather(again) == once
    assert gather([*said, *(event for told in once for event in told.events)]) == once


@given(st.lists(events, max_size=12))
def test_every_update_is_there_once(said: list[Event]) -> None:
    keys = [(event.source, event.incident, event.update) for told in gather(said) for event in told.events]
    assert sorted(keys) == sorted({(event.source, event.incident, event.update) for event in said})


def test_the_newest_wording_is_taken() -> None:
    first = Event(source="s", incident="a", update="1", at=NOON, text="Looking.", title="Errors")
    second = msgspec.structs.replace(
        first, text="Looking into it.", title="Errors on chat", modified=NOON + timedelta(hours=1)
    )
    [told] = gather([second, first])
    assert (told.events[0].text, told.head.title) == ("Looking into it.", "Errors on chat")


def test_a_newer_answer_that_leaves_text_and_components_out_does_not_unsay_them() -> None:
    first = Event(source="s", incident="a", update="1", at=NOON, text="Looking.", components=(CHAT,), listed=(CHAT,))
    bare = Event(source="s", incident="a", update="1", at=NOON, modified=NOON + timedelta(hours=1), title="Errors")
    [told] = gather([bare, first])
    [event] = told.events
    assert (event.text, event.components, event.listed, event.title) == ("Looking.", (CHAT,), (CHAT,), "Errors")


def test_components_are_named_once_and_without_states() -> None:
    listed = msgspec.structs.replace(CHAT, old=None, new="operational")
    said = [Event(source="s", incident="a", update="1", at=NOON, components=(CHAT,), listed=(listed,))]
    assert named(gather(said)[0]) == (Component(name="Chat", id="c1"),)
