"""Rules about how much was hit: levels, severity and what is said about them. A record and the settings in, problems
out.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from postmortem.lint.pattern import Pattern
from postmortem.lint.rule import Passage
from postmortem.lint.walk import parts_of, walked
from postmortem.model.claims import Impact, Window
from postmortem.model.derived import first_known, impacts, status, worst_level
from postmortem.model.finding import Pointer, Problem
from postmortem.model.record import Record
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import CLOSED_STATUSES, DATA_RISKS, SEVERITIES

_OUTAGE: Final = Pattern(
    r"\b(?P<no>(?:no|not an|without an?|never an) )?(?:(?:full|major|total) )?outage\b", re.IGNORECASE
)


def outage_word(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A title or summary says "outage" only where something was out.

    Where every level is `degraded`, it worked, worse; "outage" tells the opposite. Either the word is too strong or the
    levels are too weak, and readers cannot know which.

    Bad:
    ```yaml
    title: Outage of chat after a routing change
    impact: {application_failure: {level: degraded}}
    ```

    Good:
    ```yaml
    title: Slow chat after a routing change
    impact: {application_failure: {level: degraded}}
    ```
    """
    if "outage" not in walked(record).whole:
        return
    levels = {worst_level(impact) for _, impact in impacts(record)} - {None}
    if levels == {"degraded"}:
        for pointer, text in walked(record).prose:
            match = _OUTAGE.search(text)
            if (
                pointer[-1] in ("title", "summary")
                and pointer[0] in _HEADLINES
                and match is not None
                and not match["no"]
            ):
                message = "this says outage, but every level is degraded"
                hint = "say what was slow or failed, or raise the level"
                yield Passage(pointer=pointer, message=message, hint=hint, words=match.group())


_HEADLINES: Final = frozenset({"title", "summary", "impact"})


def nothing_but_out(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A full outage is of some severity.

    `severity: none` says that nobody had to mind; `full_outage` that practically nobody could use it. Lists filter by
    severity, so the outage would be missing from them.

    Bad:
    ```yaml
    severity: none
    impact: {application_failure: {level: full_outage}}
    ```

    Good:
    ```yaml
    severity: minor
    impact: {application_failure: {level: full_outage}}
    ```
    """
    if record.severity == "none" and record.kind == "incident":
        for name, impact in impacts(record):
            if worst_level(impact) == "full_outage":
                message = f"the severity is none, but {name} was a full outage"
                yield Problem(pointer=("severity",), message=message, hint="raise the severity, or correct the level")


def without_measures(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A provider says in numbers how an affected class was hit.

    "Elevated errors" may be one request in a thousand or every second one. Who runs the service has the number: a share
    of requests, a latency, how many people. This is advice, given once the incident is over.

    Bad:
    ```yaml
    impact: {application_failure: {measures: []}}
    ```

    Good:
    ```yaml
    impact: {application_failure: {measures: [{metric: error_rate, unit: percent, peak: 38}]}}
    ```
    """
    if (
        settings.publisher.role != "provider"
        or record.kind == "maintenance"
        or record.record == "withdrawn"
        or status(record) not in CLOSED_STATUSES
    ):
        return
    for name, impact in impacts(record):
        measured = impact.measures or any(window.measures for window in impact.windows) or impact.data
        if impact.state == "affected" and not measured and not (impact.audience and impact.audience.share):
            yield Problem(
                pointer=("impact", name),
                message=f"{name} was affected, but no number says how much",
                hint="add measures: error_rate, latency_p95, share_of_users …",
                at_key=True,
            )


def ruled_out_by_whom(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """What is ruled out about data says how that was established.

    "No data was lost" is the sentence that people rely on most. `established_by` tells whether somebody compared
    checksums, or nobody complained.

    Bad:
    ```yaml
    impact:
      data_access:
        state: affected
        summary: Old chats could not be opened.
        services: [web-app]
        confidence: confirmed
        data: [{kinds: [conversations], unavailable: confirmed, lost: ruled_out}]
    ```

    Good:
    ```yaml
    impact:
      data_access:
        state: affected
        summary: Old chats could not be opened.
        services: [web-app]
        confidence: confirmed
        data:
          - {kinds: [conversations], unavailable: confirmed, lost: ruled_out, established_by: Row counts}
    ```
    """
    for name, impact in impacts(record):
        for index, data in enumerate(impact.data):
            risk = next((risk for risk in DATA_RISKS if getattr(data, risk) == "ruled_out"), None)
            if risk is not None and not data.established_by:
                yield Problem(
                    pointer=("impact", name, "data", index, risk),
                    message=f"{risk} is ruled out, but nothing says how that was established",
                    hint="add established_by: what was compared or counted; else say unknown",
                )


def added_facet(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """What a revision adds is true of the record.

    `adds` puts the incident into the feed of a class, a severity, a service, a model or a provider. Where the record
    says otherwise, its subscribers are told of an incident that does not concern them. A severity is not judged: it
    may have been lowered since, and what was added was true on its day.

    Bad:
    ```yaml
    revisions:
      - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}
      - {number: 2, at: "2026-06-24T09:00Z", kind: material, summary: More., adds: [impact/authentication]}
    ```

    Good:
    ```yaml
    revisions:
      - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}
      - {number: 2, at: "2026-06-24T09:00Z", kind: material, summary: More., adds: [impact/application_failure]}
    ```
    """
    added = [
        (("revisions", index, "adds", number), facet)
        for index, revision in enumerate(record.revisions)
        for number, facet in enumerate(revision.adds)
    ]
    true = _facets(record) if added else frozenset()
    for pointer, facet in added:
        if facet not in true:
            message = f"this revision adds {facet}, but that is not true of the record"
            yield Problem(pointer=pointer, message=message, hint="correct the record, or take the facet out")


def _facets(record: Record) -> frozenset[str]:
    """Every facet in which the incident is or may have been found."""
    providers = (record.provider,) if isinstance(record.provider, str) else record.provider
    found = {f"impact/{name}" for name, impact in impacts(record) if impact.state == "affected"}
    found |= {f"severity/{each}" for each in SEVERITIES}
    found |= {f"service/{each}" for each in record.services} | {f"provider/{each}" for each in providers}
    return frozenset(found | {f"model/{each}" for _, each in named_models(record)})


def named_models(record: Record) -> Iterator[tuple[Pointer, str]]:
    """The models that classes and windows name."""
    named: list[tuple[Pointer, Impact | Window]] = [*parts_of(record, Impact), *parts_of(record, Window)]
    for pointer, value in named:
        if isinstance(value.models, tuple):
            yield from (((*pointer, "models", index), each) for index, each in enumerate(value.models))


def not_in_service(record: Record, settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A service or model was in service when the incident began.

    The settings say since when it exists and when it was retired. An incident outside those days names the wrong one,
    most often the successor or the predecessor.

    Bad:
    ```yaml postmortem.yml
    services: [{id: web-app, name: Chat on the web, retired: 2025-12-31}]
    ```
    ```yaml
    severity: major
    ```

    Good:
    ```yaml postmortem.yml
    services: [{id: web-app, name: Chat on the web, since: 2024-01-01}]
    ```
    ```yaml
    severity: major
    ```
    """
    lives = _lives(settings)
    if not lives:
        return
    day = first_known(record).moment.instant.date()
    services: list[tuple[Pointer, str]] = [(("services", index), each) for index, each in enumerate(record.services)]
    for kind, named in (("service", services), ("model", list(named_models(record)))):
        for pointer, name in named:
            since, retired = lives.get((kind, name), (None, None))
            if (since is not None and day < since) or (retired is not None and day > retired):
                said = f"exists since {since}" if since is not None and day < since else f"was retired on {retired}"
                message = f'the {kind} "{name}" {said}, and the incident began on {day}'
                hint = "name the one that was in service then, or correct the settings"
                yield Problem(pointer=pointer, message=message, hint=hint)


def _lives(settings: Settings) -> dict[tuple[str, str], tuple[date | None, date | None]]:
    return {
        (kind, each.id): (each.since, each.retired)
        for kind, held in (("service", settings.services), ("model", settings.models))
        for each in held
        if each.since is not None or each.retired is not None
    }
