"""What "this class is affected now" and "it is restored" do to a class and its windows. Plain data in, changed in
place; knows nothing of updates and text.

Windows tell the story, so none of them ever comes to say something else about the past: where the class they inherit
from changes, they are given what they inherited until now. Models are the exception where a class named none: the first
ones to be named say what was hit all along.
"""

from typing import Any, Final

from postmortem.authoring.shape import Data, items, order, place
from postmortem.authoring.wish import Affected, WishError
from postmortem.model.vocabulary import IMPACT_CLASSES, LEVELS_WORST_LAST, Confidence, ImpactClass

LOOKED_INTO: Final = "Being looked into."
_HEALTHY: Final = ("summary", "confidence", "evidence")
"""What a class that was not affected says of its health; it is no longer so."""


def affect(data: Data, wish: Affected, at: str, confidence: Confidence) -> None:
    """The class is affected at this level from `at` on."""
    held = _class(data, wish.name)
    services = list(wish.services or held.get("services") or data.get("services") or ())
    _extend(data, "services", services, order())
    if held.get("state") != "affected":
        _begin(held, wish, services, at, confidence)
        return
    windows = _windows(held)
    _raise(held, windows, wish)
    _join(held, windows, "services", services)
    _join(held, windows, "models", list(wish.models))
    _turn(held, windows, wish, at, services)


def restore(data: Data, name: ImpactClass, at: str) -> int:
    """Close what is open of the class; how many windows that were. It stays `affected`: it was."""
    held = _class(data, name)
    if held.get("state") != "affected":
        return 0
    still = [each for each in _windows(held) if "end" not in each]
    for window in still:
        place(window, "end", at, order("window"))
    return len(still)


def open_classes(data: Data) -> list[ImpactClass]:
    """The classes with a window that goes on; impact that is only expected has not begun."""
    impact = data.get("impact")
    held = {name: impact.get(name) for name in IMPACT_CLASSES} if isinstance(impact, dict) else {}
    return [
        name
        for name, each in held.items()
        if isinstance(each, dict)
        and each.get("state") == "affected"
        and not each.get("expected")
        and any("end" not in window for window in items(each, "windows"))
    ]


def untold_classes(data: Data) -> list[ImpactClass]:
    """The affected classes of which nobody has said yet what users saw."""
    impact = data.get("impact")
    held = impact if isinstance(impact, dict) else {}
    return [
        name for name in IMPACT_CLASSES if isinstance(held.get(name), dict) and held[name].get("summary") == LOOKED_INTO
    ]


def _class(data: Data, name: ImpactClass) -> Data:
    impact = data.setdefault("impact", {})
    held = impact.setdefault(name, {}) if isinstance(impact, dict) else None
    if not isinstance(held, dict):
        raise WishError(f"impact/{name} is no mapping in this record; mend it first (postmortem lint)")
    return held


def _begin(held: Data, wish: Affected, services: list[str], at: str, confidence: Confidence) -> None:
    keys = order("impact_class")
    if held.get("state") == "not_affected":
        for key in _HEALTHY:
            held.pop(key, None)
    place(held, "state", "affected", keys)
    place(held, "level", wish.level, keys)
    place(held, "summary", held.get("summary") or LOOKED_INTO, keys)
    place(held, "services", services, keys)
    if wish.models:
        place(held, "models", list(wish.models), keys)
    place(held, "windows", [{"start": at}], keys)
    place(held, "confidence", held.get("confidence") or confidence, keys)


def _windows(held: Data) -> list[Data]:
    """The windows; of a class that names none, the one that its `affected` means: since nobody knows when."""
    if not held.get("windows"):
        place(held, "windows", [{"start": "unknown"}], order("impact_class"))
    return items(held, "windows")


def _raise(held: Data, windows: list[Data], wish: Affected) -> None:
    """A class has the worst level it came to; earlier windows keep theirs."""
    old = held.get("level")
    if old in LEVELS_WORST_LAST and LEVELS_WORST_LAST.index(wish.level) > LEVELS_WORST_LAST.index(old):
        for window in windows:
            if "level" not in window:
                place(window, "level", old, order("window"))
        held["level"] = wish.level


def _join(held: Data, windows: list[Data], key: str, named: list[str]) -> None:
    """Add services or models to the class; earlier windows keep theirs."""
    old = held.get(key)
    if not isinstance(old, list):
        if named:
            place(held, key, named, order("impact_class"))
        return
    if any(each not in old for each in named):
        for window in windows:
            if old and key not in window:
                place(window, key, list(old), order("window"))
    _extend(held, key, named, order("impact_class"))


def _turn(held: Data, windows: list[Data], wish: Affected, at: str, services: list[str]) -> None:
    """End the windows whose level changes, and begin those that go on with another level or with more."""
    key, named = ("models", list(wish.models)) if wish.models else ("services", services)
    covered: set[str] = set()
    begun: list[Data] = []
    for window in [each for each in windows if "end" not in each]:
        inside = list(window.get(key) or held.get(key) or ())
        touched = [each for each in inside if each in named] if inside else named
        covered.update(touched)
        if _level(window, held) == wish.level or (named and not touched):
            continue
        place(window, "end", at, order("window"))
        rest = [each for each in inside if each not in named]
        begun.append(_next(window, at, wish.level, key, touched))
        if rest:
            begun.append(_next(window, at, _level(window, held), key, rest))
    fresh = [each for each in named if each not in covered]
    if fresh:
        begun.append({"start": at, "level": wish.level, key: fresh})
    held["windows"].extend(_plain(each, held) for each in begun)


def _level(window: Data, held: Data) -> Any:  # noqa: ANN401  # whatever the file holds
    return window.get("level", held.get("level"))


def _next(window: Data, at: str, level: object, key: str, named: list[str]) -> Data:
    kept = {name: window[name] for name in ("services", "models", "regions") if name in window}
    return {"start": at, "level": level} | kept | ({key: named} if named else {})


def _plain(window: Data, held: Data) -> Data:
    """A window without what it would inherit anyway."""
    return {key: value for key, value in window.items() if value is not None and value != held.get(key)}


def _extend(held: Data, key: str, named: list[str], keys: tuple[str, ...]) -> None:
    old = held.get(key)
    missing = [each for each in named if each not in old] if isinstance(old, list) else named
    if missing:
        place(held, key, [*(old if isinstance(old, list) else ()), *missing], keys)
