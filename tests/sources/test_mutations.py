"""Whatever an answer holds, an adapter answers with events or with `NotUnderstoodError`, and soon."""

from time import process_time

import msgspec
import pytest

from postmortem.model.event import gather
from postmortem.sources.adapter import Answer, NotUnderstoodError
from postmortem.sources.table import SOURCES
from tests.sources.mutate import mutated
from tests.sources.payload import HERE

PAYLOADS = sorted(each for each in HERE.rglob("*") if each.is_file())
EVERYDAY, SOAK, PARTS = 2_000, 100_000, 20
LIMIT = 1.0
"""Seconds of CPU that one payload may take one adapter, to recognise and to parse."""


def examined(payload: bytes, kinds: list[str]) -> list[tuple[str, float]]:
    """Every adapter's time for the payload; whatever it raises but `NotUnderstoodError` gets out."""
    took = []
    for kind in kinds:
        start = process_time()
        SOURCES[kind].recognises(payload)
        answer, why = parsed(payload, kind)
        took.append((kind, process_time() - start))
        gather(answer.events)
        assert (why + "".join(answer.skipped)).isprintable()
        msgspec.json.encode(answer)  # refuses lone surrogates, as every output does
    return took


def parsed(payload: bytes, kind: str) -> tuple[Answer, str]:
    """The answer, or why there is none."""
    try:
        return SOURCES[kind].parse(payload, "mutated", "https://status.example/"), ""
    except NotUnderstoodError as error:
        return Answer(), str(error)


def number(seed: int) -> tuple[bytes, list[str]]:
    """One mutation, and who reads it: its own adapter, and for every tenth all of them."""
    path = PAYLOADS[seed % len(PAYLOADS)]
    own = path.relative_to(HERE).parts[0]
    return mutated(path.read_bytes(), seed), sorted(SOURCES) if seed % 10 == 0 or own not in SOURCES else [own]


def test_every_kind_has_payloads_to_mutate() -> None:
    assert {each.relative_to(HERE).parts[0] for each in PAYLOADS} >= set(SOURCES)


def test_the_same_number_makes_the_same_mutation() -> None:
    assert [number(seed) for seed in range(50)] == [number(seed) for seed in range(50)]


@pytest.mark.parametrize("part", range(4))
def test_a_sample_of_mutations_raises_nothing_else(part: int) -> None:
    for seed in range(part, EVERYDAY, 4):
        examined(*number(seed))


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hundred_thousand_mutations_raise_nothing_else_and_none_takes_long(part: int) -> None:
    seeds = range(EVERYDAY + part, EVERYDAY + SOAK, PARTS)
    slow = [(seed, kind, took) for seed in seeds for kind, took in examined(*number(seed)) if took > LIMIT]
    assert slow == []
