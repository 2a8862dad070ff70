"""Forked workers: what becomes of results, of errors and of the workers themselves."""

import os
import signal
import traceback

import pytest

from postmortem.corpus.crew import MOST, Crew

LARGE = 300_000
"""Bytes that no pipe holds."""


def none_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def test_results_come_in_the_order_of_the_tasks_and_the_workers_are_gone_afterwards() -> None:
    assert list(Crew(lambda number: number * number, 300, 3)) == [number * number for number in range(300)]
    assert none_left()


def test_no_more_workers_than_tasks() -> None:
    assert len(set(Crew(lambda _: os.getpid(), 1, 4))) == 1
    assert list(Crew(lambda _: os.getpid(), 0, 4)) == []


def test_more_tasks_than_a_pipe_takes_at_once_are_refused() -> None:
    assert len(list(Crew(lambda number: number, MOST, 2))) == MOST
    with pytest.raises(ValueError, match="at most"):
        Crew(lambda number: number, MOST + 1, 2)


def test_a_worker_goes_on_while_nobody_listens() -> None:
    """It has more to tell than its pipe holds after the first task; the last one is begun nevertheless."""
    read, write = os.pipe()

    def task(number: int) -> bytes:
        os.write(write, bytes([number]))
        return bytes(LARGE)

    crew = Crew(task, 4, 1)
    begun = b""
    while len(begun) < 4:
        begun += os.read(read, 4)
    assert begun == bytes(range(4))
    assert [len(result) for result in crew] == [LARGE] * 4
    os.close(read)
    os.close(write)


def test_a_second_crew_is_forked_while_a_first_one_works() -> None:
    first = Crew(lambda number: ("first", number), 50, 2)
    assert list(Crew(lambda number: ("second", number), 50, 2)) == [("second", number) for number in range(50)]
    assert list(first) == [("first", number) for number in range(50)]
    assert none_left()


def fail(number: int) -> int:
    if number == 3:
        raise KeyError(number)
    return number


def test_an_error_is_raised_in_its_turn_and_says_where_it_came_from() -> None:
    crew = Crew(fail, 10, 2)
    assert [next(crew), next(crew), next(crew)] == [0, 1, 2]
    with pytest.raises(KeyError) as raised:
        next(crew)
    assert "in fail" in "".join(traceback.format_exception(raised.value))
    assert none_left()


class Unsendable(Exception):  # noqa: N818 - what matters is that it cannot be pickled
    """It holds what no pickle takes."""

    def __init__(self) -> None:
        super().__init__(lambda: None)


def refuse(_: int) -> None:
    raise Unsendable


def test_an_error_that_cannot_be_sent_is_told_in_words() -> None:
    with pytest.raises(RuntimeError, match="Unsendable"):
        list(Crew(refuse, 2, 1))


def test_a_worker_that_is_killed_ends_the_work() -> None:
    with pytest.raises(RuntimeError, match="before its work was done"):
        list(Crew(lambda _: os.kill(os.getpid(), signal.SIGKILL), 4, 2))
    assert none_left()


def test_whoever_closes_does_not_wait_for_what_is_being_done() -> None:
    read, write = os.pipe()

    def task(_: int) -> None:
        os.write(write, b"x")
        signal.pause()

    crew = Crew(task, 2, 2)
    os.read(read, 1)
    crew.close()
    assert none_left()
    assert list(crew) == []
    os.close(read)
    os.close(write)
