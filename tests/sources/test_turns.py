"""A host is asked by few at once and with pauses, and whoever cannot have a turn in time does without."""

import threading

import pytest

from postmortem.sources.deadline import starting
from postmortem.sources.failure import FailedError
from postmortem.sources.turns import Turns
from tests.sources.loopback import Clock, world


def test_there_is_a_pause_between_two_turns_at_one_host_and_none_between_hosts() -> None:
    clock = Clock(0)
    turns, end = Turns(2, 2, world(clock)), starting(world(clock), 9)
    begun = []
    for host in ("a", "a", "b", "a", "b", "a"):
        with turns.of(host, end):
            begun.append((host, clock.time))
    assert begun == [("a", 0), ("a", 2), ("b", 2), ("a", 4), ("b", 4), ("a", 6)]


def test_time_that_has_passed_anyway_is_no_pause() -> None:
    clock = Clock(0)
    turns, end = Turns(1, 2, world(clock)), starting(world(clock), 9)
    with turns.of("a", end):
        clock.time = 5
    with turns.of("a", end):
        assert clock.slept == []


def test_a_pause_beyond_the_deadline_is_not_waited_for() -> None:
    clock = Clock(0)
    turns, end = Turns(1, 10, world(clock)), starting(world(clock), 9)
    with turns.of("a", end):
        pass
    with pytest.raises(FailedError, match="within 9 s"), turns.of("a", end):
        pass
    assert clock.slept == []


def test_only_so_many_ask_at_once() -> None:
    turns = Turns(2, 0, world())
    refused: list[str] = []

    def third() -> None:
        try:
            with turns.of("a", starting(world(), 0.05)):
                pass
        except FailedError as error:
            refused.append(error.found)

    end = starting(world(), 10)
    with turns.of("a", end), turns.of("a", end):
        thread = threading.Thread(target=third)
        thread.start()
        thread.join(5)
    assert len(refused) == 1
    with turns.of("a", end), turns.of("a", end):
        pass
