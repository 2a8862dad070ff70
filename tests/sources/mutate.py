"""Answers as no vendor meant them: an honest payload and a number in, a broken one out, the same for the same number.

Bytes are cut, flipped, repeated and mixed up; values in JSON get other types, keys are dropped, doubled and renamed;
everything is nested deep or blown up.
"""

import json
import random
from collections.abc import Callable
from typing import Any, Final

Dice = random.Random
Json = Any

BLOWN_UP: Final = 100_000
"""How long the longest strings and lists are: a payload stays below the size that fetching allows."""

ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    False,
    0,
    -1,
    10**300,
    1e308,
    float("nan"),
    float("inf"),
    "",
    " ",
    "\ud800",
    "\x00\x1b[31m",
    "<a <!-- <script>",
    "&#xd800;&#0;&amp",
    "9999-12-31T23:59:60-23:59",
    "0001-01-01T00:00:00Z",
    "https://[::1",
    "javascript:alert(1)",
    "//",
    [],
    {},
    [[]],
    [None],
    {"": None},
    {"id": []},
)
HUGE: Final[tuple[Callable[[], Any], ...]] = (
    lambda: "<a " * (BLOWN_UP // 3),
    lambda: '<a href="' * (BLOWN_UP // 9),
    lambda: "&" * BLOWN_UP,
    lambda: " \n" * (BLOWN_UP // 2),
    lambda: "- a (" * (BLOWN_UP // 5),
    lambda: "Aug 1, 00:00 UTC " * (BLOWN_UP // 17),
    lambda: "9" * BLOWN_UP,
    lambda: [None] * (BLOWN_UP // 5),
    lambda: _nested(500),
)
FRAGMENTS: Final = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\\ud800",
    b"<!--",
    b"]]>",
    b"<![CDATA[",
    b"&undefined;",
    b"&#0;",
    b"{",
    b"[",
    b'"',
    b"<a>",
    b"</entry>",
    b"\r",
    b"NaN",
    b"1e999",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
)


def mutated(payload: bytes, seed: int) -> bytes:
    """The payload after one to four changes that the seed alone decides on."""
    dice = Dice(seed)
    for _ in range(dice.randint(1, 4)):
        payload = dice.choice((*_BYTES, *_VALUES, *_VALUES))(payload, dice)
    return payload


def _truncated(payload: bytes, dice: Dice) -> bytes:
    return payload[: dice.randint(0, len(payload))]


def _flipped(payload: bytes, dice: Dice) -> bytes:
    changed = bytearray(payload)
    for _ in range(dice.randint(1, 8) if changed else 0):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _inserted(payload: bytes, dice: Dice) -> bytes:
    at = dice.randint(0, len(payload))
    return payload[:at] + dice.choice(FRAGMENTS) * dice.choice((1, 1, 2, 50)) + payload[at:]


def _repeated(payload: bytes, dice: Dice) -> bytes:
    start = dice.randint(0, len(payload))
    piece = payload[start : start + dice.randint(0, 400)]
    return payload[:start] + piece * dice.randint(2, 20) + payload[start:]


def _moved(payload: bytes, dice: Dice) -> bytes:
    first, second = sorted(dice.randint(0, len(payload)) for _ in range(2))
    return payload[second:] + payload[first:second] + payload[:first]


def _wrapped(payload: bytes, dice: Dice) -> bytes:
    depth = dice.choice((1, 2, 50, 2_000, 60_000))
    opening, closing = dice.choice(((b"[", b"]"), (b'{"incidents":', b"}"), (b"<feed>", b"</feed>"), (b"<p>", b"")))
    return opening * depth + payload + closing * depth


def _recoded(payload: bytes, dice: Dice) -> bytes:
    return payload.decode("utf-8", "replace").encode(
        dice.choice(("utf-16", "utf-16-be", "utf-32", "latin-1")), "replace"
    )


_BYTES: Final = (_truncated, _flipped, _inserted, _repeated, _moved, _wrapped, _recoded)


def _retyped(parent: Json, key: Json, dice: Dice) -> None:
    parent[key] = dice.choice(ODD)


def _blown_up(parent: Json, key: Json, dice: Dice) -> None:
    parent[key] = dice.choice(HUGE)() if dice.random() < 0.2 else dice.choice(ODD)  # huge ones take their time


def _dropped(parent: Json, key: Json, _dice: Dice) -> None:
    del parent[key]


def _doubled(parent: Json, key: Json, dice: Dice) -> None:
    if isinstance(parent, list):
        parent.extend([parent[key]] * dice.randint(1, 5))
    else:
        parent[dice.choice([*parent, "other"])] = parent[key]


def _boxed(parent: Json, key: Json, dice: Dice) -> None:
    parent[key] = dice.choice((lambda it: [it], lambda it: {"id": it}, lambda it: [[it, it]], str))(parent[key])


def _within(change: Callable[[Json, Json, Dice], None]) -> Callable[[bytes, Dice], bytes]:
    """The change at a few places in the JSON of a payload, of which each line may be a document for itself; what is no
    JSON gets a fragment in its bytes instead.
    """

    def changed(payload: bytes, dice: Dice) -> bytes:
        try:
            root = [json.loads(payload)]
        except (ValueError, RecursionError):
            return _inserted(payload, dice)
        for _ in range(dice.randint(1, 3)):
            places = list(_places(root))
            change(*dice.choice(places), dice)
            if not root:
                root.append(None)
        try:
            return json.dumps(root[0], ensure_ascii=dice.random() < 0.9).encode("utf-8", "surrogatepass")
        except (ValueError, RecursionError):
            return _inserted(payload, dice)

    return changed


_VALUES: Final = tuple(_within(each) for each in (_retyped, _blown_up, _dropped, _doubled, _boxed))


def _places(root: list[Any], limit: int = 3_000) -> list[tuple[Any, Any]]:
    """Places in a value, without recursion, up to a limit: (what holds it, its key there)."""
    found: list[tuple[Any, Any]] = []
    waiting: list[Any] = [root]
    while waiting and len(found) < limit:
        parent = waiting.pop()
        keys = list(parent) if isinstance(parent, dict) else range(len(parent))
        found += [(parent, key) for key in keys]
        waiting += [parent[key] for key in keys if isinstance(parent[key], dict | list)]
    return found


def _nested(depth: int) -> Json:
    value: Any = "deep"
    for number in range(depth):
        value = [value] if number % 2 else {"content": value, "type": "paragraph"}
    return value
