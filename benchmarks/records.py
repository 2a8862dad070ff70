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
        """The same facts as an ordinary page of a theme."""
        impact = "\n".join(
            f"| {name} | {state} | {level} | {self.at(0)} | {self.at(self.lasted)} |"
            for name, state, level in (
                ("Model degradation", "affected", "partial outage"),
                ("Application failure", "affected", "partial outage"),
                ("Authentication", "not affected", ""),
                ("Data access", "unknown", ""),
            )
        )
        timeline = "\n".join(
            f"### {self.at(9 + step * self.lasted // 3)}\n\n{text}\n" for step, text in enumerate(_TEXTS)
        )
        return f"""\
---
title: {self.title}
description: Errors on {self.service} for {self.lasted} minutes
---
# {self.title}

**{self.severity}**, resolved. A change to the pool behind {self.service} left it short of capacity. Requests to
{self.model} failed or took several times as long as usual for {self.lasted} minutes.

## What failed?

| class | state | level | from | until |
|---|---|---|---|---|
{impact}

## Who was affected?

Users of **{self.service}** on the plans free, pro and team; requests to **{self.model}**.

## Was data at risk?

Not known.

## What caused it?

Change {self.number} moved a traffic class to a pool that had been drained for maintenance the day before.
The pool answered health checks, so the router saw it as available.

- *trigger*, {self.cause}: a traffic class was moved to a drained pool
- *root*, serving capacity: the drained pool could hold 8 % of the traffic

## What stayed up?

- {SERVICES[(self.number + 3) % len(SERVICES)]}: it is served from another pool with its own capacity.

## What was done?

The change was rolled back. Caches that held errors were purged region by region.

## What can I do?

- Retry with exponential back-off; tool calls were not executed twice.
- Keep plans and decisions of a session outside of the conversation.

## What changed in this record?

1. {self.at(9)}: first published.

## Timeline

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
