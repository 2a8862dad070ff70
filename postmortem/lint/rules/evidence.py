"""Rules about what claims rest on. A record in, problems out."""

from collections.abc import Iterator
from datetime import date

from postmortem.lint.suggest import meant
from postmortem.lint.walk import walked
from postmortem.model.finding import Pointer, Problem
from postmortem.model.record import Record
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import Confidence


def unknown_evidence(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A claim points at evidence that the record holds.

    Readers follow the id to see where a claim can be checked. An id that leads nowhere looks like proof and is none.

    Bad:
    ```yaml
    impact:
      application_failure: {evidence: [forum]}
    ```

    Good:
    ```yaml
    impact:
      application_failure: {evidence: [forum]}
    evidence:
      - {id: forum, title: Customers on the developer forum, kind: press}
    ```
    """
    known = {each.id for each in record.evidence}
    for pointer, id_ in _cited(record):
        if id_ not in known:
            yield Problem(
                pointer=pointer,
                message=f'no evidence of this record has the id "{id_}"',
                hint=meant(id_, known) or "add it under evidence at the end of the record",
            )


def _cited(record: Record) -> Iterator[tuple[Pointer, str]]:
    for pointer, value in walked(record).claims:
        for index, id_ in enumerate(value.evidence):
            yield (*pointer, "evidence", index), id_


def reported_without_evidence(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """What is `reported` says where.

    `reported` means that others said it. A reader can weigh that only by seeing who: name the evidence on the claim, on
    what it stands in (its class, the cause), or confirm it yourself.

    Bad:
    ```yaml
    impact:
      application_failure: {confidence: reported}
    ```

    Good:
    ```yaml
    impact:
      application_failure: {confidence: reported, evidence: [forum]}
    evidence:
      - {id: forum, title: Customers on the developer forum, kind: press}
    ```
    """
    for pointer in _unsupported(record, "reported"):
        message = "this is reported by others, but nothing says by whom"
        yield Problem(pointer=(*pointer, "confidence"), message=message, hint="add evidence: with the id of a source")


def inferred_without_evidence(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """What is `inferred` says from what.

    The author concluded it. Evidence lets a reader draw the same conclusion, or another one. This is advice: what
    follows from the record itself needs no document.

    Bad:
    ```yaml
    impact:
      application_failure: {confidence: inferred}
    ```

    Good:
    ```yaml
    impact:
      application_failure: {confidence: inferred, evidence: [graph]}
    evidence:
      - {id: graph, title: Error rate of the API over the day, kind: measurement}
    ```
    """
    for pointer in _unsupported(record, "inferred"):
        message = "this is concluded by the author, but nothing says from what"
        yield Problem(pointer=(*pointer, "confidence"), message=message, hint="add evidence: with the id of a source")


def _unsupported(record: Record, confidence: Confidence) -> Iterator[Pointer]:
    """Claims of this confidence for which neither they nor what they stand in names any evidence."""
    supported: set[Pointer] = set()
    for pointer, value in walked(record).claims:
        if value.evidence:
            supported.add(pointer)
        elif getattr(value, "confidence", None) == confidence:
            above = (pointer[:length] for length in range(1, len(pointer)))
            if not any(each in supported for each in above):
                yield pointer


def unused_evidence(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Every piece of evidence supports a claim.

    A document that no claim points at leaves the reader to guess what it proves. Name its id where it belongs, or leave
    it out.

    Bad:
    ```yaml
    evidence:
      - {id: forum, title: Customers on the developer forum, kind: press}
    ```

    Good:
    ```yaml
    impact:
      application_failure: {evidence: [forum]}
    evidence:
      - {id: forum, title: Customers on the developer forum, kind: press}
    ```
    """
    cited = {id_ for _, id_ in _cited(record)}
    for index, each in enumerate(record.evidence):
        if each.id not in cited:
            yield Problem(
                pointer=("evidence", index, "id"),
                message=f'no claim rests on the evidence "{each.id}"',
                hint=f"add evidence: [{each.id}] to the claim it supports, or remove it",
            )


def unarchived_press(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """A press article is also given as archived.

    Articles move, change and disappear behind walls within months; a claim that rests on one cannot be checked then.
    `archived` holds the address of a copy that stays.

    Bad:
    ```yaml
    impact: {application_failure: {evidence: [article]}}
    evidence:
      - {id: article, title: Chat fails for thousands, kind: press, url: "https://news.example/chat"}
    ```

    Good:
    ```yaml
    impact: {application_failure: {evidence: [article]}}
    evidence:
      - {id: article, title: Chat fails for thousands, kind: press, url: "https://news.example/chat",
         archived: "https://archive.example/2026/news.example/chat"}
    ```
    """
    for index, each in enumerate(record.evidence):
        if each.kind == "press" and each.url is not None and each.archived is None:
            yield Problem(
                pointer=("evidence", index, "url"),
                message=f'the article "{each.id}" is not archived',
                hint="save a copy in a public archive and add its address as archived:",
            )


def crowd_clock(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """No time rests on crowd signals alone.

    What a crowd reports is felt impact: it rises with a headline and begins when people wake up. It is shown apart and
    never moves a clock or a window. Name another source for the time, or leave the time out and keep the signal.

    Bad:
    ```yaml
    clocks: {started: {at: "2026-06-23T14:20Z", is: about, evidence: [crowd]}}
    evidence:
      - {id: crowd, title: Reports per minute, kind: crowd}
    ```

    Good:
    ```yaml
    clocks: {started: {at: "2026-06-23T14:20Z", is: about, evidence: [graph]}}
    evidence:
      - {id: graph, title: Error rate of the API over the day, kind: measurement}
    ```
    """
    crowd = {each.id for each in record.evidence if each.kind == "crowd"}
    if not crowd:
        return
    for pointer, moment in walked(record).moments:
        if moment.evidence and crowd.issuperset(moment.evidence) and pointer[0] in ("clocks", "impact"):
            message = "this time rests on crowd signals alone"
            hint = "name another source, or leave the time out and describe the reports under signals"
            yield Problem(pointer=(*pointer, "evidence"), message=message, hint=hint)
