"""`withdraw`: a record that no longer stands, or that should never have been public. Data and a wish in, a plan out.

A withdrawn record keeps what customers read once, under a notice. With `redact` its prose goes: what stays are the id,
dates, entry ids, and what was affected in words of the closed lists, so that no address and no feed entry vanishes.
"""

from typing import Any, Final

from postmortem.authoring import revisions
from postmortem.authoring.shape import Data, edits, is_public, order, place
from postmortem.authoring.times import stamp, written
from postmortem.authoring.wish import Plan, WishError, Withdraw
from postmortem.corpus.ledger import Promise
from postmortem.model.edit import plain

REDACTED: Final = "Redacted."
_TOLD: Final = "Withdrawn and redacted."
_GONE: Final = (
    "summary",
    "isolated",
    "cause",
    "detection",
    "response",
    "continuity",
    "guidance",
    "signals",
    "lessons",
    "evidence",
    "tracking",
    "related",
)
"""Parts of a record that are prose and what it rests on."""
_KEPT: Final[dict[str, tuple[str, ...]]] = {
    "impact": ("state", "level", "services", "models", "regions", "environments", "windows", "expected", "confidence"),
    "windows": ("start", "end", "level", "services", "models", "regions", "confidence"),
    "timeline": ("id", "at", "kind", "status", "components", "reopens", "published", "public", "origin"),
    "actions": ("id", "kind", "state", "due_first", "due", "done", "published"),
    "revisions": ("number", "at", "kind", "adds"),
    "postmortem": ("state", "due", "published"),
}
_TIMES: Final = ("at", "is", "confidence")


def plan(data: Data, wish: Withdraw, promised: Promise | None) -> Plan:
    """The edits of a withdrawal. Raises WishError for what was never public, or is withdrawn already."""
    if not is_public(data, wish.now.date()):
        raise WishError("this record was never public: nothing needs to be withdrawn; delete the file")
    again = data.get("record") == "withdrawn"
    if again and not wish.redact:
        raise WishError("this record is withdrawn already; --redact takes its prose away, too")
    if again and _is_redacted(data):
        raise WishError("this record is redacted already; only the reason is left, and can be changed in the file")
    after: Data = redacted(data) if wish.redact else plain(data)
    at = stamp(wish.now, revisions.dates(data))
    place(after, "record", "withdrawn", order())
    after.pop("embargo", None)
    place(after, "withdrawn", _notice(data, wish, written(at)), order())
    said = _TOLD if wish.redact else "Withdrawn."
    name = revisions.append(after, promised, kind="retraction", at=at, summary=said)
    return Plan(edits(data, after), f"{name} ({'redacted' if wish.redact else 'withdrawn'})", tuple(_notes(data, wish)))


def redacted(data: Data) -> Data:
    """The record without a word of prose; `internal` was never public and stays."""
    after: Data = {key: value for key, value in plain(data).items() if key not in _GONE}
    after["title"] = REDACTED
    clocks = after.get("clocks")
    if isinstance(clocks, dict):
        after["clocks"] = {key: _time(value) for key, value in clocks.items()}
    impact = after.get("impact")
    if isinstance(impact, dict):
        after["impact"] = {name: _class(held) for name, held in impact.items()}
    for key, prose in (("timeline", "text"), ("actions", "text"), ("revisions", "summary")):
        if isinstance(after.get(key), list):
            after[key] = [_only(each, key) | _said(each, prose) for each in after[key]]
    _drop_reasons(after)
    return after


def _is_redacted(data: Data) -> bool:
    """Whether all the prose that is left is what commands write."""
    before: Data = plain(data)
    for each in before.get("revisions", ()):
        if each.get("summary") in (_TOLD, revisions.FIRST):
            each["summary"] = REDACTED
    return redacted(before) == before


def _class(held: Any) -> Data:  # noqa: ANN401  # whatever the file holds
    kept = _only(held, "impact")
    if kept.get("state") != "affected":
        return {"state": kept.get("state", "unknown")}
    summed: Data = {}
    for key, value in kept.items():
        if key == "windows":
            summed[key] = [{name: _time(each) for name, each in _only(window, "windows").items()} for window in value]
        else:
            summed[key] = value
    place(summed, "summary", REDACTED, order("impact_class"))
    return summed


def _only(held: Any, kind: str) -> Data:  # noqa: ANN401  # whatever the file holds
    return {key: _time(held[key]) for key in held if key in _KEPT[kind]}


def _said(held: Data, key: str) -> Data:
    return {key: REDACTED} if key in held else {}


def _time(value: Any) -> Any:  # noqa: ANN401  # whatever the file holds
    """A time without what it rests on."""
    claimed = isinstance(value, dict) and "at" in value
    return {key: value[key] for key in value if key in _TIMES} if claimed else value


def _drop_reasons(data: Data) -> None:
    """Reasons are prose that two states demand."""
    for each in data.get("actions", ()):
        if each.get("state") == "dropped":
            each["reason"] = REDACTED
    held = data.get("postmortem")
    if isinstance(held, dict):
        data["postmortem"] = _only(held, "postmortem") | _said(held, "reason")


def _notice(data: Data, wish: Withdraw, at: str) -> Data:
    held = data.get("withdrawn")
    first = held.get("at", at) if isinstance(held, dict) else at
    replaced = wish.replaced_by or (held.get("replaced_by") if isinstance(held, dict) else None)
    return {"at": first, "reason": wish.reason} | ({"replaced_by": replaced} if replaced else {})


def _notes(data: Data, wish: Withdraw) -> list[str]:
    if not wish.redact:
        return []
    left = "comments and internal: were" if "internal" in data else "comments were"
    return [
        f"{left} never public and stay in the file: read through them",
        "git still holds the old text, as may caches, feed readers and archives: see to those, too",
    ]
