"""Requirements about the tree that clients of the Statuspage API v2 read (<https://metastatuspage.com/api>): the
documents agree with one another. Surveys in, faults out.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, NamedTuple

from postmortem.verify.requirement import Fault
from postmortem.verify.site import ABOUT
from postmortem.verify.survey import Survey

SUMMARY: Final = "api/v2/summary.json"
DOCUMENTS: Final[dict[str, tuple[str, ...]]] = {
    "summary": ("page", "components", "incidents", "scheduled_maintenances", "status"),
    "status": ("page", "status"),
    "components": ("page", "components"),
    "incidents": ("page", "incidents"),
    "incidents/unresolved": ("page", "incidents"),
    "scheduled-maintenances": ("page", "scheduled_maintenances"),
    "scheduled-maintenances/upcoming": ("page", "scheduled_maintenances"),
    "scheduled-maintenances/active": ("page", "scheduled_maintenances"),
}
"""Every document with the keys that the vendor's clients demand."""
OVER: Final = frozenset({"resolved", "postmortem", "completed"})
NEWEST: Final = 50
_KEYS: Final = (
    "id",
    "name",
    "status",
    "created_at",
    "updated_at",
    "impact",
    "shortlink",
    "incident_updates",
    "components",
)


class Tree(NamedTuple):
    """One tree: the site's, or a provider's."""

    folder: str
    documents: dict[str, dict[str, Any]]

    def list(self, document: str, key: str) -> list[dict[str, Any]]:
        """A list of a document; empty where it is none. What has no id is no item of it: schemas say so."""
        held = self.documents.get(document, {}).get(key)
        return [each for each in held if _is_item(each)] if isinstance(held, list) else []

    def path(self, document: str) -> str:
        """Where the document lies."""
        return f"{self.folder}api/v2/{document}.json"


def there(seen: Survey) -> bool:
    """Whether there is a tree."""
    return any(path.endswith(SUMMARY) for path in seen.site.paths)


def trees(seen: Survey) -> Iterator[Tree]:
    """Every tree of the site."""
    for path in sorted(each for each in seen.site.paths if each.endswith(SUMMARY)):
        folder = path.removesuffix(SUMMARY)
        read = {name: seen.json(f"{folder}api/v2/{name}.json") for name in DOCUMENTS}
        yield Tree(folder, {name: each for name, each in read.items() if isinstance(each, dict)})


def whole(seen: Survey) -> Iterator[Fault]:
    """Every document is there with every key."""
    for tree in trees(seen):
        for name, keys in DOCUMENTS.items():
            held = tree.documents.get(name)
            if held is None:
                yield Fault(tree.path(name), "it is not there, or no JSON object")
                continue
            yield from (Fault(tree.path(name), f"it has no {key}") for key in keys if key not in held)
            for each in (*tree.list(name, "incidents"), *tree.list(name, "scheduled_maintenances")):
                yield from (
                    Fault(tree.path(name), f"{each.get('id')} has no {key}") for key in _KEYS if key not in each
                )


def agreeing(seen: Survey) -> Iterator[Fault]:
    """The summary says what the other documents say."""
    for tree in trees(seen):
        summary = tree.documents.get("summary", {})
        for key, other, theirs in (
            ("status", "status", "status"),
            ("components", "components", "components"),
            ("incidents", "incidents/unresolved", "incidents"),
        ):
            if other in tree.documents and summary.get(key) != tree.documents[other].get(theirs):
                yield Fault(tree.path("summary"), f"its {key} are not those of {other}.json")
        planned = [each.get("id") for each in tree.list("summary", "scheduled_maintenances")]
        parts = ("scheduled-maintenances/active", "scheduled-maintenances/upcoming")
        if planned != [each.get("id") for name in parts for each in tree.list(name, "scheduled_maintenances")]:
            yield Fault(tree.path("summary"), "its maintenances are not those that are active, then upcoming")


def unresolved(seen: Survey) -> Iterator[Fault]:
    """What is over is not listed as unresolved, and what is not over is."""
    for tree in trees(seen):
        open_ = {each.get("id") for each in tree.list("incidents/unresolved", "incidents")}
        for each in tree.list("incidents/unresolved", "incidents"):
            if str(each.get("status")) in OVER:
                yield Fault(tree.path("incidents/unresolved"), f"{each.get('id')} is {each.get('status')}")
        for each in tree.list("incidents", "incidents"):
            if str(each.get("status")) not in OVER and each.get("id") not in open_:
                yield Fault(
                    tree.path("incidents/unresolved"), f"{each.get('id')} is {each.get('status')}, and not listed"
                )


def updates(seen: Survey) -> Iterator[Fault]:
    """Ids of updates are unique across incidents, and each update names its incident."""
    for tree in trees(seen):
        every = [("incidents", each) for each in tree.list("incidents", "incidents")]
        name = "scheduled-maintenances"
        every += [(name, each) for each in tree.list(name, "scheduled_maintenances")]
        counts: Counter[str] = Counter()
        for document, each in every:
            for update in filter(_is_item, _many(each.get("incident_updates"))):
                counts[update.get("id")] += 1
                if update.get("incident_id") != each.get("id"):
                    yield Fault(tree.path(document), f"update {update.get('id')} names another incident")
        twice = [id_ for id_, count in counts.items() if count > 1]
        yield from (Fault(tree.path("incidents"), f"two updates have the id {id_}") for id_ in twice)


def well(seen: Survey) -> Iterator[Fault]:
    """Nobody is told that all is well who cannot know it, or while something is open."""
    about = seen.json(ABOUT)
    archive = isinstance(about, dict) and about.get("live") is False
    unwatched = isinstance(about, dict) and about.get("coverage") == []
    for tree in trees(seen):
        status = tree.documents.get("status", {}).get("status")
        indicator = status.get("indicator") if isinstance(status, dict) else None
        unwell = [
            each.get("id") for each in tree.list("components", "components") if each.get("status") != "operational"
        ]
        if indicator == "none" and archive:
            yield Fault(tree.path("status"), "the indicator is none, though nobody watches: the site is an archive")
        elif indicator == "none" and unwatched:
            yield Fault(tree.path("status"), "the indicator is none, though no coverage says that anybody watches")
        elif indicator == "none" and unwell:
            yield Fault(tree.path("status"), f"the indicator is none, though {unwell[0]} is not operational")


def groups(seen: Survey) -> Iterator[Fault]:
    """Groups and their members name one another."""
    for tree in trees(seen):
        held = tree.list("components", "components")
        members = {each["id"]: list(map(str, _many(each.get("components")))) for each in held if each.get("group")}
        for each in held:
            group = each.get("group_id")
            if group is not None and each.get("id") not in members.get(str(group), ()):
                yield Fault(tree.path("components"), f"{each.get('id')} is not a member of its group {group}")
        ids = {each.get("id") for each in held}
        lost = [(group, id_) for group, names in members.items() for id_ in names if id_ not in ids]
        yield from (Fault(tree.path("components"), f"{id_} of group {group} is not listed") for group, id_ in lost)


def newest(seen: Survey) -> Iterator[Fault]:
    """As many incidents as the vendor lists, the newest first."""
    for tree in trees(seen):
        for name, key in (("incidents", "incidents"), ("scheduled-maintenances", "scheduled_maintenances")):
            held = tree.list(name, key)
            if len(held) > NEWEST:
                yield Fault(tree.path(name), f"it has {len(held)} of them; clients expect at most {NEWEST}")
            if any(str(a.get("started_at")) < str(b.get("started_at")) for a, b in pairwise(held)):
                yield Fault(tree.path(name), "it is not newest first, by when each started")


def _many(held: object) -> list[Any]:
    return held if isinstance(held, list) else []


def _is_item(held: object) -> bool:
    return isinstance(held, dict) and isinstance(held.get("id"), str)
