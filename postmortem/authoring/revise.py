"""`revise`: what changed since it was published, told to readers. A record's data and a wish in, a plan out.

`initial` publishes a draft, `postmortem` sets its state and date, `material` is a correction, `editorial` is silent.
The facets that the record has come into by hand since its last promise are found in the ledger.
"""

from postmortem.authoring import revisions
from postmortem.authoring.shape import (
    Data,
    became_public,
    edits,
    entered,
    found,
    is_public,
    items,
    order,
    place,
    updates,
)
from postmortem.authoring.times import stamp, written
from postmortem.authoring.wish import Plan, Revise, WishError
from postmortem.corpus.ledger import Promise
from postmortem.model.edit import plain
from postmortem.model.moment import Moment


def plan(data: Data, wish: Revise, promised: Promise | None) -> Plan:
    """The edits of one revision. Raises WishError where the record is not in the state for it."""
    public = is_public(data, wish.now.date())
    _refuse(data, wish, public=public)
    after: Data = plain(data)
    at = stamp(wish.now, revisions.dates(data))
    adds = set(wish.adds)
    if wish.kind == "initial":
        at = _publish(after, at)
    else:
        adds |= set(entered(frozenset(promised.facets), after)) if promised is not None else set()
        if unknown := sorted(adds - found(after)):
            raise WishError(f"the record is not in {', '.join(unknown)}; it is in {', '.join(sorted(found(after)))}")
    if wish.kind == "postmortem":
        _finish(after, at)
    name = revisions.append(after, promised, kind=wish.kind, at=at, summary=wish.summary, adds=sorted(adds))
    notes = (f"{name} says that the record now concerns {', '.join(sorted(adds))}",) if adds else ()
    return Plan(edits(data, after), f"{name} ({wish.kind})", notes)


def _refuse(data: Data, wish: Revise, *, public: bool) -> None:
    if wish.kind == "retraction":
        raise WishError("a record is taken back with `postmortem withdraw ID --reason …`")
    if data.get("record") == "withdrawn":
        raise WishError("this record was withdrawn; it is not revised any more")
    if wish.kind == "initial" and items(data, "revisions"):
        raise WishError("revision 1 is there already: this record was published; say editorial, material or postmortem")
    if wish.kind != "initial" and not public:
        raise WishError("this record is not public yet: edit it freely, and publish it with --kind initial")


def _publish(data: Data, at: Moment) -> Moment:
    """A draft is public from here on; where a first update is public at once, both have its instant."""
    if data.get("record") == "draft":
        data["record"] = "published"
        return at
    if data.get("record") == "embargoed":
        raise WishError("an embargoed record opens by itself; set record: published by hand to open it before its day")
    first = min((became_public(when, each) for when, each in updates(data)), default=at.instant)
    return stamp(first, [first])


def _finish(data: Data, at: Moment) -> None:
    held = data.get("postmortem")
    told: Data = held if isinstance(held, dict) else {}
    keys = order("postmortem")
    told.pop("reason", None)
    place(told, "state", "published", keys)
    if "published" not in told:
        place(told, "published", written(at), keys)
    place(data, "postmortem", told, order())
