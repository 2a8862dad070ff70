"""Generated records of ordinary size (about 4 kB, 125 lines), the same for the same number; as YAML and as plain
Markdown.

Numbers in, text out. Everything in them is invented; the catalogue is `SETTINGS`. The Markdown tells the same facts
as an author
would write them by hand, for comparing with a theme that renders ordinary pages.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

SERVICES = ("web-app", "mobile-app", "coding-agent", "api", "console")
MODELS = ("opus-4.8", "sonnet-4.6", "haiku-4.5")
SEVERITIES = ("minor", "minor", "minor", "major", "none", "critical")
CAUSES = ("serving_capacity", "deployment_regression", "configuration_change", "routing", "storage", "dependency")
BEGINNING = datetime(2019, 1, 1, 3, 17, tzinfo=UTC)

SETTINGS = """\
schema_version: "1.0"
publisher: {name: Example AI, role: provider, contact: "mailto:reliability@example.com"}
site: {url: "https://status.example.com/", live: true}
feeds: {authority: "status.example.com,2026"}
services:
  - {id: web-app, name: Chat on the web, group: Apps}
  - {id: mobile-app, name: Mobile apps, group: Apps}
  - {id: coding-agent, name: Coding agent, group: Apps}
  - {id: api, name: API, group: Platform}
  - {id: console, name: Console, group: Platform}
models:
  - {id: opus-4.8, name: Opus 4.8, family: opus}
  - {id: sonnet-4.6, name: Sonnet 4.6, family: sonnet}
  - {id: haiku-4.5, name: Haiku 4.5, family: haiku}
coverage:
  - {from: 2019-01-01, complete: true}
"""

_TEXTS = (
    "We are looking into errors on some requests; retries succeed more often than not.",
    "The fault was found in the pool that serves the affected traffic; capacity is being moved.",
    "Capacity was moved and error rates are falling; we are watching before we call it over.",
    "Error rates have been normal for half an hour in every region.",
)


class Generated:
    """One invented incident: `id`, and its two forms."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.start = BEGINNING + timedelta(hours=7 * number, minutes=number * 13 % 60)
        self.service = SERVICES[number % len(SERVICES)]
        self.model = MODELS[number % len(MODELS)]
        self.severity = SEVERITIES[number % len(SEVERITIES)]
        self.cause = CAUSES[number % len(CAUSES)]
        self.id = f"{self.start:%Y-%m-%d}-{self.service}-errors-{number}"
        self.title = f"Errors on {self.service} with {self.model} after change {number}"
        self.lasted = 20 + number * 37 % 200

    def at(self, minutes: int) -> str:
        """A time so many minutes after the start."""
        return f"{self.start + timedelta(minutes=minutes):%Y-%m-%dT%H:%MZ}"

    def yaml(self) -> str:
        """The record."""
        return f"""\
# yaml-language-server: $schema=../../schemas/incident-1.0.schema.json
schema_version: "1.0"
id: {self.id}
title: {self.title}
record: published
severity: {self.severity}
summary: >-
  A change to the pool behind {self.service} left it short of capacity. Requests to {self.model} failed or took
  several times as long as usual for {self.lasted} minutes. Other services and models were not touched.
services: [{self.service}, {SERVICES[(self.number + 1) % len(SERVICES)]}]

clocks:
  started: {self.at(0)}
  detected: {self.at(4)}
  mitigated: {{at: "{self.at(self.lasted - 9)}", is: about}}

impact:
  model_degradation:
    state: affected
    level: degraded
    summary: Accepted requests to {self.model} took up to four times as long as usual.
    services: [{self.service}]
    models: [{self.model}]
    symptoms: [high_latency, error_responses]
    windows:
      - {{start: "{self.at(0)}", end: "{self.at(self.lasted // 2)}", level: partial_outage}}
      - {{start: "{self.at(self.lasted // 2)}", end: "{self.at(self.lasted)}"}}
    measures:
      - {{metric: latency_p95, unit: s, baseline: 6.1, peak: {20 + self.number % 9}.5}}
      - {{metric: error_rate, unit: percent, baseline: 0.2, mean: {self.number % 30 + 2}, peak: {
            self.number % 30 + 20
        }}}
    confidence: confirmed
  application_failure:
    state: affected
    level: partial_outage
    summary: The pages of {self.service} showed an error for some requests at the peak.
    services: [{self.service}]
    audience: {{plans: [free, pro, team]}}
    symptoms: [error_responses]
    windows:
      - {{start: "{self.at(2)}", end: "{self.at(self.lasted)}"}}
    confidence: confirmed
  authentication:
    state: not_affected
    summary: Sign-in and API keys worked throughout; sessions were not invalidated.
    confidence: confirmed
  data_access:
    state: unknown

isolated:
  - service: {SERVICES[(self.number + 3) % len(SERVICES)]}
    why: It is served from another pool with its own capacity.
    confidence: confirmed

cause:
  state: known
  explanation: |
    Change {self.number} moved a traffic class to a pool that had been drained for maintenance the day before.
    The pool answered health checks, so the router saw it as available.
  factors:
    - category: {self.cause}
      role: trigger
      summary: A traffic class was moved to a drained pool
      confidence: confirmed
    - category: serving_capacity
      role: root
      summary: The drained pool could hold 8 % of the traffic
      confidence: confirmed

detection:
  by: monitoring
  note: An alert on the error rate fired four minutes after the start.

response: |
  The change was rolled back. Caches that held errors were purged region by region.

continuity:
  past_work_readable: {{answer: yes}}
  interrupted_work_resumable: {{answer: partly, note: Requests that failed could be sent again.}}
  failed_calls_billed: {{answer: no}}

guidance:
  during:
    - Retry with exponential back-off; tool calls were not executed twice.
  next_time:
    - Keep plans and decisions of a session outside of the conversation.

timeline:
  - id: u1
    at: {self.at(9)}
    kind: update
    status: investigating
    components: [{{service: {self.service}, state: partial_outage}}]
    text: {_TEXTS[0]}
  - id: u2
    at: {self.at(9 + self.lasted // 4)}
    kind: update
    status: identified
    text: {_TEXTS[1]}
  - id: u3
    at: {self.at(9 + self.lasted // 2)}
    kind: update
    status: monitoring
    components: [{{service: {self.service}, state: degraded_performance}}]
    text: {_TEXTS[2]}
  - id: u4
    at: {self.at(9 + self.lasted)}
    kind: update
    status: resolved
    components: [{{service: {self.service}, state: operational}}]
    text: {_TEXTS[3]}

actions:
  - id: a1
    kind: prevent
    text: Refuse to route traffic to a pool that is drained
    state: done
    due: {self.start + timedelta(days=20):%Y-%m-%d}
    done: "{self.at(60 * 24 * 9)}"
    verification: Replayed change {self.number} in staging; it is refused.

revisions:
  - {{number: 1, at: "{self.at(9)}", kind: initial, summary: First published.}}

internal:
  incident_channel: inc-{self.number}
"""

    def markdown(self) -> str:
        """The same facts as an ordinary page of a theme: what our page says in words, and nothing of its drawing, its
        links and its marks.
        """
        first, other, healthy = (SERVICES[(self.number + step) % len(SERVICES)] for step in (0, 1, 3))
        half, peak = self.lasted // 2, 20 + self.number % 9
        rate = self.number % 30
        updates = (9, 9 + self.lasted // 4, 9 + half, 9 + self.lasted)
        said = (
            ("Investigating", f"Partial outage: {first}"),
            ("Identified", ""),
            ("Monitoring", f"Degraded performance: {first}"),
            ("Resolved", f"Operational: {first}"),
        )
        timeline = "\n".join(
            f"### {self.at(minutes)}: {status}\n\n{text}\n\n{components}\n"
            for minutes, (status, components), text in zip(updates, said, _TEXTS, strict=True)
        )
        return f"""\
---
title: {self.title}
description: Errors on {self.service} for {self.lasted} minutes
---
# {self.title}

A change to the pool behind {self.service} left it short of capacity. Requests to {self.model} failed or took
several times as long as usual for {self.lasted} minutes. Other services and models were not touched.

| Severity | State | Impact time | Open time | First known |
|---|---|---|---|---|
| {self.severity} | Resolved, {self.at(9 + self.lasted)} | {self.lasted} min | {self.lasted} min | {self.at(0)} |

Services: {first}, {other}. Models: {self.model}.

| Class | State | Where | When | How sure |
|---|---|---|---|---|
| Model degradation | Affected, partial outage | {first}, models: {self.model} | {self.lasted} min: {self.at(0)} to \
{self.at(half)} partial outage, {self.at(half)} to {self.at(self.lasted)} | confirmed |
| Application failure | Affected, partial outage | {first} | {self.lasted - 2} min: {self.at(2)} to \
{self.at(self.lasted)} | confirmed |
| Authentication | Not affected | - | - | confirmed |
| Data access | Not known | - | - | - |

*confirmed*: stated by the operator of the service, or measured by the publisher. *reported*: said by others.
*inferred*: concluded by the author of this record.

## What failed?

### Model degradation

Accepted requests to {self.model} took up to four times as long as usual.

What people saw: slow answers, error responses.

- Latency, 95th percentile: 6.1 s before, {peak}.5 s at the peak
- Error rate: 0.2 % before, {rate + 2} % on average, {rate + 20} % at the peak

### Application failure

The pages of {first} showed an error for some requests at the peak.

What people saw: error responses.

Not known: whether stored work was affected.

## Who was affected?

- Services: {first}, {other}
- Models: {self.model}
- Plans: free, pro, team
- How many people: not known

## Was data at risk?

Not known.

## What caused it?

Change {self.number} moved a traffic class to a pool that had been drained for maintenance the day before.
The pool answered health checks, so the router saw it as available.

- **Trigger**: {self.cause}. A traffic class was moved to a drained pool (*confirmed*)
- **Root cause**: serving capacity. The drained pool could hold 8 % of the traffic (*confirmed*)

## What kept working?

- **{healthy}**: it is served from another pool with its own capacity. (*confirmed*)
- **Authentication**: sign-in and API keys worked throughout; sessions were not invalidated. (*confirmed*)

## How was it noticed and handled?

The change was rolled back. Caches that held errors were purged region by region.

How it was noticed: monitoring noticed it. An alert on the error rate fired four minutes after the start.

| Clock | Time | Lag |
|---|---|---|
| Started | {self.at(0)} | - |
| Detected | {self.at(4)} | 4 min after the start |
| First public update | {self.at(9)} | 9 min after the start |
| Mitigated | about {self.at(self.lasted - 9)} | about {self.lasted - 9} min after the start |
| Resolved | {self.at(9 + self.lasted)} | {9 + self.lasted} min after the start |

## What can you do?

### While it lasts

- Retry with exponential back-off; tool calls were not executed twice.

### Next time

- Keep plans and decisions of a session outside of the conversation.

### What was still possible

- Could past work be read? Yes.
- Could interrupted work be resumed? Partly. Requests that failed could be sent again.
- Were failed calls billed? No.

## What has changed since?

### So that it does not happen again

- **Done**, prevent: Refuse to route traffic to a pool that is drained. Done on {self.at(60 * 24 * 9)}; promised for
  {self.start + timedelta(days=20):%Y-%m-%d}. How that was checked: Replayed change {self.number} in staging; it is
  refused.

### This record

1. {self.at(9)}: First published.

## What happened when?

{timeline}
"""


def generate(count: int) -> Iterator[Generated]:
    """The first `count` records; each is the same in every run."""
    return (Generated(number) for number in range(count))


def write(folder: Path, count: int) -> None:
    """A whole project: settings, and the records by year."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "postmortem.yml").write_text(SETTINGS, encoding="utf-8")
    for record in generate(count):
        place = folder / "incidents" / f"{record.start.year}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{record.id}.yaml").write_text(record.yaml(), encoding="utf-8")
