"""Adding to what a record says of its own changes. Plain data in, changed in place; knows no text.

A record that was public before it counted its revisions gets its first one too, dated by its first public update: so
that nothing it announced turns into something that was never live.
"""

from collections.abc import Iterable
from datetime import datetime

from postmortem.authoring.shape import Data, became_public, instant, items, order, place, updates
from postmortem.authoring.times import stamp, written
from postmortem.authoring.wish import WishError
from postmortem.corpus.ledger import Promise
from postmortem.model.moment import Moment
from postmortem.model.vocabulary import RevisionKind

FIRST = "First published."


def append(  # noqa: PLR0913 - the four keys of a revision, where it goes and what was promised before
    data: Data,
    promised: Promise | None,
    *,
    kind: RevisionKind,
    at: Moment,
    summary: str,
    adds: Iterable[str] = (),
) -> str:
    """Add the next revision; gives its entry id. Raises WishError where one that was promised is gone."""
    held = items(data, "revisions")
    if not held and kind != "initial":
        held.append(_revision(1, "initial", _first(data, at.instant), FIRST))
    _missing(len(held), promised)
    facets = list(adds)
    revision = _revision(len(held) + 1, kind, at, summary) | ({"adds": facets} if facets else {})
    place(data, "revisions", [*held, revision], order())
    return f"r{revision['number']}"


def dates(data: Data) -> list[datetime]:
    """When revisions were published: another one comes after them."""
    found = (instant(each.get("at")) for each in items(data, "revisions"))
    return [each for each in found if each is not None]


def _revision(number: int, kind: RevisionKind, at: Moment, summary: str) -> Data:
    return {"number": number, "at": written(at), "kind": kind, "summary": summary}


def _first(data: Data, otherwise: datetime) -> Moment:
    public = [became_public(at, each) for at, each in updates(data)]
    first = min(public, default=otherwise)
    return stamp(first, [first])


def _missing(count: int, promised: Promise | None) -> None:
    known = promised.entries if promised is not None else {}
    gone = sorted(int(each[1:]) for each in known if each[0] == "r" and int(each[1:]) > count)
    if gone and count:
        raise WishError(
            f"revision {gone[0]} was published once (ledger.jsonl), but is not in the file any more; "
            "bring it back from git, then run the command again"
        )
