"""Generated merges: any record, any events, in any order and any number of runs. Nothing is doubled, nothing that a
person wrote is touched, and what comes of it is right by every rule.

One source of chance makes records as people and imports leave them (entries typed beforehand, clocks, a status, notes)
and incidents as status pages tell them (reopened, repeated, from two sources, times to the minute or to the second).
"""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from postmortem.enrich.pairing import key_of
from postmortem.enrich.plan import plan
from postmortem.lint.run import examine
from postmortem.model import record as records
from postmortem.model.edit import apply_to_data
from postmortem.model.event import Component, Event, gather
from postmortem.model.moment import read_moment
from postmortem.yamldoc.dump import dump
from postmortem.yamldoc.edit import rewrite
from postmortem.yamldoc.loader import read
from tests.enrich.told import NOW, data, event, terms
from tests.model import made
from tests.model.made import utc

EVERYDAY, SOAK = 40, 300
STATUSES = ("investigating", "identified", "monitoring", "resolved")
SETTINGS = made.settings(
    services=[{"id": "web-app", "name": "Chat"}, {"id": "api", "name": "API"}],
    sources=[{"id": "page"}, {"id": "mirror"}],
)
START = utc("2026-06-23T14:47:00Z")
TRACKING = [{"source": "page", "incident": "i1"}, {"source": "mirror", "incident": "i1"}]

Data = dict[str, Any]


def incident(chance: Random) -> list[Event]:
    """What the page said, a minute or more apart; some of it said again by the mirror, to the minute."""
    at, told = START, list[Event]()
    for number in range(chance.randint(1, 7)):
        at += timedelta(minutes=chance.randint(2, 90), seconds=chance.choice([0, 0, 7, 59]))
        status: Any = chance.choice([*STATUSES, "resolved", "postmortem", "unknown"])
        shown = tuple(Component(name=name, new="major_outage") for name in chance.sample(["Chat", "API", "?"], 1))
        more = {"text": f"Word {number}.", "status_word": "odd", "components": shown if chance.random() < 0.5 else ()}
        told.append(event(f"k{number}", f"{at:%Y-%m-%dT%H:%M:%SZ}", status, **more))
    head = {"opened": told[0].at, "closed": closed(told), "url": "https://status.example.com/i1"}
    told = [_with(each, head) for each in told]
    also = [each for each in told if each.status in STATUSES and chance.random() < 0.3]
    return told + [_mirrored(each) for each in also]


def _with(each: Event, head: Data) -> Event:
    return event(each.update, f"{each.at:%Y-%m-%dT%H:%M:%SZ}", each.status, **{**_rest(each), **head})


def _mirrored(each: Event) -> Event:
    return event(f"m{each.update}", f"{each.at:%Y-%m-%dT%H:%MZ}", each.status, source="mirror")


def _rest(each: Event) -> Data:
    return {"text": each.text, "status_word": each.status_word, "components": each.components}


def held(chance: Random, told: list[Event]) -> Data:
    """A record: some of what the page said was typed by a person, to the minute and in other words."""
    typed = [each for each in told if each.source == "page" and each.status in STATUSES and chance.random() < 0.3]
    entries = [
        made.update(f"u{number}", f"{each.at:%Y-%m-%dT%H:%MZ}", status=each.status)
        for number, each in enumerate(typed, 3)
    ]
    noted = f"{START + timedelta(minutes=chance.randint(0, 200)):%Y-%m-%dT%H:%MZ}"
    entries.append({"id": "n1", "at": noted, "kind": "decision", "text": "Rolled back."})
    entries.sort(key=lambda each: str(each["at"]))
    _mark(entries)
    more: Data = {"timeline": entries, "tracking": TRACKING, "record": chance.choice(["draft", "published"])}
    said = [each["status"] for each in entries if "status" in each]
    if said and chance.random() < 0.3:
        more["status"] = said[-1]
    if chance.random() < 0.3:
        more["clocks"] = {"started": f"{START:%Y-%m-%dT%H:%MZ}"}
    return data(**more)


def _mark(entries: list[Data]) -> None:
    before = 0
    for each in entries:
        if "status" in each:
            now = STATUSES.index(each["status"])
            if now < before:
                each["reopens"] = True
            before = now


def merged(before: Data, told: list[Event], texts: str = "copy") -> Data:
    return apply_to_data(before, plan(records.read(before), gather(told), terms(texts)).edits)


def said(after: Data) -> Counter[tuple[str, str, str]]:
    """The entries without their ids and evidence: what runs in another order must have in common."""
    rows = [each for each in after["timeline"] if each["kind"] == "update"]
    return Counter((str(each.get("status")), str(minute(each["at"])), str(each.get("reopens"))) for each in rows)


def minute(at: str) -> datetime:
    return read_moment(at).instant.replace(second=0)


def check(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - chance, no secret
    told = incident(chance)
    before = held(chance, told)
    texts = chance.choice(["copy", "omit"])
    after = merged(before, told, texts)
    shuffled = chance.sample(told + told[: chance.randint(0, 3)], k=len(told))
    assert merged(before, [*told, *shuffled][::-1], texts) == after
    assert merged(after, told, texts) == after
    origins = Counter(
        (each["origin"]["source"], each["origin"]["key"]) for each in after["timeline"] if "origin" in each
    )
    assert set(origins.values()) <= {1}
    assert set(origins) <= {(each.source, key_of(each)) for each in told}
    in_steps(before, told, after, texts, chance)
    persons_words_stay(before, after)
    written_and_right(before, after, told, texts)


def in_steps(before: Data, told: list[Event], after: Data, texts: str, chance: Random) -> None:
    """As the page was read while it burned, one word more at each reading: the same entries, each once."""
    if any(each["kind"] == "update" for each in before["timeline"]) or "status" in before:
        return  # what a person typed of the future cannot have been there
    step, seen = before, list[Event]()
    for each in sorted(told, key=lambda each: each.at):
        seen.append(each)
        if chance.random() < 0.6:
            step = merged(step, _as_of(seen), texts)
    step = merged(step, told, texts)
    assert said(step) == said(after)
    if not closed_twice(told):
        assert step.get("clocks") == after.get("clocks")


def _as_of(seen: list[Event]) -> list[Event]:
    """What the page said of itself then: it is closed once its last word is."""
    over = closed([each for each in seen if each.source == "page"])
    return [
        _with(each, {"opened": each.opened, "closed": over, "url": each.url}) if each.source == "page" else each
        for each in seen
    ]


def closed_twice(told: list[Event]) -> bool:
    """A page that closes what it had closed moves its time; the record keeps the first that it read."""
    course = [each.status for each in told if each.source == "page" and each.status in STATUSES]
    return any(before == now == "resolved" for before, now in pairwise(course))


def closed(told: list[Event]) -> datetime | None:
    """When the page says that it was closed, after these words."""
    last = [each for each in told if each.status in STATUSES][-1:]
    return last[0].at if last and last[0].status == "resolved" else None


def persons_words_stay(before: Data, after: Data) -> None:
    kept = {each["id"]: each for each in after["timeline"]}
    for each in before["timeline"]:
        now = {key: value for key, value in kept[each["id"]].items() if key not in ("origin", "reopens")}
        assert now == {key: value for key, value in each.items() if key != "reopens"}
    assert [key for key in before if before[key] != after.get(key)] == [
        key for key in before if key in ("timeline", "clocks", "status") and before[key] != after[key]
    ]
    assert after.get("clocks", {}).get("started") == before.get("clocks", {}).get("started")


def written_and_right(before: Data, after: Data, told: list[Event], texts: str) -> None:
    """The text says what was meant, and no rule finds an error that was not there."""
    old = dump(before).encode()
    edits = plan(records.read(before), gather(told), terms(texts)).edits
    new = rewrite(old, "record.yaml", edits)
    found = [each for each in examine(new, "record.yaml", SETTINGS, NOW.date()).findings if each.weight == "error"]
    assert [(each.code, each.message) for each in found] == []
    document, _ = read(new, "record.yaml")
    assert document is not None
    assert document.data == after


@pytest.mark.parametrize("seed", range(EVERYDAY))
def test_merging_is_idempotent_and_the_same_in_any_order(seed: int) -> None:
    check(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(EVERYDAY, EVERYDAY + SOAK))
def test_many_merges_are_idempotent_and_the_same_in_any_order(seed: int) -> None:
    check(seed)
