"""Episodes against the slow way: compare every incident with every other until nothing changes."""

from datetime import timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.metrics.episodes import merged
from postmortem.model.incident import Incident
from postmortem.model.moment import rfc3339
from tests.metrics.corpus import counted, timed
from tests.model import made

BEGIN = made.utc("2026-06-10T00:00Z")
Case = tuple[int, int, frozenset[str]]
CASES = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 300), st.frozensets(st.sampled_from("abc"), min_size=1)), max_size=12
)


def at(count: int) -> str:
    return rfc3339(BEGIN + timedelta(minutes=count))


def slowly(cases: list[Case]) -> set[frozenset[int]]:
    groups = [{index} for index in range(len(cases))]
    for (i, one), (j, other) in combinations(enumerate(cases), 2):
        near = one[0] <= other[0] + other[1] + 60 and other[0] <= one[0] + one[1] + 60
        if near and one[2] & other[2]:
            first, second = (next(group for group in groups if index in group) for index in (i, j))
            if first is not second:
                groups.remove(second)
                first |= second
    return {frozenset(group) for group in groups}


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_as_if_every_pair_were_compared(cases: list[Case]) -> None:
    told = [
        timed(f"2026-06-10-{index}", at(start), at(start + length), services=sorted(services))
        for index, (start, length, services) in enumerate(cases)
    ]
    found = {frozenset(int(row.id.rpartition("-")[2]) for row in each.rows) for each in merged(counted(*told))}
    assert found == slowly(cases)


def related(relation: str, other: str) -> Incident:
    told = [{"relation": relation, "id": other}]
    return timed("2026-06-20-late", "2026-06-20T10:00Z", "2026-06-20T11:00Z", related=told)


def test_what_a_person_relates_is_one_however_far_apart_and_a_recurrence_is_not() -> None:
    early = timed("2026-06-10-early", "2026-06-10T10:00Z", "2026-06-10T11:00Z", former_ids=["2026-06-10-was"])
    for relation, count in (("continues", 1), ("same_event", 1), ("recurrence_of", 2), ("caused_by_upstream", 2)):
        assert len(merged(counted(early, related(relation, "2026-06-10-early")))) == count
    assert len(merged(counted(early, related("continues", "2026-06-10-was")))) == 1
