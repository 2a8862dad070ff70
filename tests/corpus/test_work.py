"""Work in several processes gives what work in one gives."""

import gc
import os
import threading

import pytest

from postmortem.corpus.work import beside, each


def _square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


@pytest.mark.parametrize("count", [0, 1, 63, 64, 500])
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_stand_in_the_order_of_the_items(count: int, jobs: int) -> None:
    assert [square for square, _ in each(_square, range(count), jobs)] == [number * number for number in range(count)]


def test_many_items_are_worked_on_by_other_processes() -> None:
    assert os.getpid() not in {pid for _, pid in each(_square, range(200), 2)}


@pytest.mark.parametrize(("jobs", "workers"), [(1, 0), (2, 1), (3, 2)])
def test_one_job_is_left_to_whoever_works_beside(jobs: int, workers: int) -> None:
    """With one job all is done here, and only when it is asked for."""
    results = list(beside(lambda number: (number, os.getpid()), range(8), jobs))
    assert [number for number, _ in results] == list(range(8))
    pids = {pid for _, pid in results}
    assert len(pids - {os.getpid()}) <= workers
    assert (os.getpid() in pids) == (workers == 0)


def test_no_process_is_forked_while_other_threads_live() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert {pid for _, pid in each(_square, range(200), 2)} == {os.getpid()}
    finally:
        ended.set()
        thread.join()


def _fail(number: int) -> int:
    raise KeyError(number)


def test_an_exception_in_a_worker_reaches_the_caller() -> None:
    with pytest.raises(KeyError):
        list(each(_fail, range(200), 2))


def test_workers_inherit_what_cannot_be_sent() -> None:
    """A function inside a function, and items that hold a lock: neither can be pickled."""
    lock = threading.Lock()
    items = [(number, lock) for number in range(200)]
    assert list(each(lambda item: item[0] + len(items), items, 2)) == list(range(200, 400))


@pytest.mark.parametrize("jobs", [1, 2])
def test_garbage_is_collected_as_before_when_the_work_is_done(jobs: int) -> None:
    before = gc.get_threshold()
    list(each(_square, range(200), jobs))
    with pytest.raises(KeyError):
        list(each(_fail, range(200), jobs))
    assert gc.get_threshold() == before
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_few_large_pieces_of_work_are_shared_out_where_that_is_asked_for() -> None:
    pids = {pid for _, pid in each(_square, range(3), 2, worth=2, chunk=1)}
    assert os.getpid() not in pids
