"""Whatever the bytes are: events, lines about what was left out, or one error, and never another."""

import json
import random
from collections.abc import Iterator

import msgspec
import pytest

from postmortem.model.event import gather
from postmortem.sources.adapter import Adapter, Answer, NotUnderstoodError
from postmortem.sources.table import SOURCES
from tests.sources.payload import HERE, REAL, payload

URL = "https://status.example.com/"
OURS = ("statuspage-feed", "googlecloud", "slack", "aws", "betterstack", "feed")
PAYLOADS = sorted(path.relative_to(HERE).as_posix() for kind in OURS for path in (HERE / kind).iterdir())
# fmt: off
WEIRD: list[object] = [
    None, True, 0, -1, 1e308, 10**30, "", "\ud800", "\x00\x1f\u2028", "<p>", "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00+14:00", [], [[]], {}, {"id": {}},
]
BYTES = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"null", b"[]", b"{}", b"[null]", b'"x"', b"1", b"<", b"<html/>",
    b"<rss/>", b"[" * 50_000, b'{"a":' * 50_000, b"<a>" * 5_000,
]
# fmt: on


def understood(adapter: Adapter, content: bytes) -> Answer | None:
    """The answer, shown to be whole: it can be gathered and written down; None where it is not understood."""
    adapter.recognises(content)
    try:
        answer = adapter.parse(content, "s", URL)
    except NotUnderstoodError:
        return None
    msgspec.json.encode(answer)
    gather(answer.events)
    assert all(each.incident and each.update and each.at.utcoffset() is not None for each in answer.events)
    return answer


def bent(value: object, dice: random.Random) -> object:
    """The value with one thing somewhere in it replaced."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(sorted(value))
        return {**value, key: bent(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.9:
        at = dice.randrange(len(value))
        return [*value[:at], bent(value[at], dice), *value[at + 1 :]]
    return dice.choice(WEIRD)


def mutations(content: bytes, count: int) -> Iterator[bytes]:
    dice = random.Random(len(content))  # noqa: S311 - the same mutations on every run
    for _ in range(count):
        if content.startswith((b"{", b"[")) and dice.random() < 0.6:
            yield json.dumps(bent(json.loads(content), dice)).encode()
            continue
        at, length = dice.randrange(len(content)), dice.randrange(1, 40)
        middle = dice.choice([b"", dice.randbytes(length), content[at : at + length] * 3, b"<small>", b"&#0;", b"]]>"])
        yield content[:at] + middle + content[at + length :]


@pytest.mark.parametrize("kind", OURS)
@pytest.mark.parametrize("content", BYTES, ids=lambda content: repr(content[:8]))
def test_bytes_of_any_kind(kind: str, content: bytes) -> None:
    understood(SOURCES[kind], content)


@pytest.mark.parametrize("name", PAYLOADS)
def test_mutated_payloads(name: str) -> None:
    for content in mutations(payload(name), 150):
        for kind in {name.partition("/")[0], "feed"}:
            understood(SOURCES[kind], content)


@pytest.mark.parametrize("name", PAYLOADS)
def test_reading_twice_says_the_same(name: str) -> None:
    adapter = SOURCES[name.partition("/")[0]]
    assert adapter.recognises(payload(name))
    first, second = (understood(adapter, payload(name)) for _ in range(2))
    assert first == second
    assert first is not None
    keys = [(each.incident, each.update) for each in first.events]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("capture", "kind", "incidents", "events"),
    [
        ("googlecloud/incidents-2025-06-13.json", "googlecloud", 110, 533),
        ("googlecloud/incidents-2026-08-20.json", "googlecloud", 5, 42),
        ("slack/current-ok.json", "slack", 0, 0),
        ("slack/current-open.json", "slack", 1, 8),
        ("slack/history-sample.json", "slack", 1, 31),
        ("aws/data-2021-12-07.json", "aws", 461, 1542),
        ("statuspage-github/history.atom", "statuspage-feed", 25, 178),
        ("other-feeds/instatus-history.atom", "statuspage-feed", 2, 6),
        ("other-feeds/statuspage-history.rss", "statuspage-feed", 1, 3),
        ("other-feeds/betterstack-index.json", "betterstack", 1, 1),
        ("other-feeds/azure-empty.rss", "feed", 0, 0),
    ],
)
def test_every_incident_of_a_real_capture_is_accounted_for(
    capture: str, kind: str, incidents: int, events: int
) -> None:
    path = REAL / capture
    if not path.is_file():
        pytest.skip(f"no capture at {path}; set POSTMORTEM_REAL_DATA to the folder that holds it")
    answer = understood(SOURCES[kind], path.read_bytes())
    assert answer is not None
    assert len({each.incident for each in answer.events}) == incidents
    assert (len(answer.events), answer.skipped) == (events, ())
