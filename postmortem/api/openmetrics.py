"""`/metrics.prom`: counts for whoever already watches everything with Prometheus, as OpenMetrics text
(<https://prometheus.io/docs/specs/om/open_metrics_spec/>, 1.0). History, settings and the as-of date in, an artifact
out.

Everything is a gauge: a record that is withdrawn lowers a count, which a counter may not. A label's value that counts
nothing is there with 0, so that a series does not come and go; a time that is not known is absent.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Final, get_args

from postmortem.model.artifact import Artifact
from postmortem.model.history import History
from postmortem.model.settings import Settings, is_watched
from postmortem.model.summary import Summary
from postmortem.model.vocabulary import IMPACT_CLASSES, SEVERITIES, ImpactState, IncidentStatus

Labels = tuple[tuple[str, str], ...]

_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def artifact(history: History, settings: Settings, as_of: date) -> Artifact:
    """The file; it ends with `# EOF`."""
    lines = [*_families(history, settings, as_of), "# EOF", ""]
    return Artifact("metrics.prom", "\n".join(lines).encode())


def _families(history: History, settings: Settings, as_of: date) -> Iterator[str]:
    standing = [row for row in history.rows if not row.withdrawn]
    rows = [row for row in standing if row.kind == "incident"]
    yield from _gauge("incidents", "Incidents on record by severity and status.", _by_severity(rows))
    yield from _gauge("incidents_by_impact", "Incidents on record by impact class and its state.", _by_class(rows))
    yield from _gauge("open_incidents", "Incidents that nobody has closed, by severity.", _open(rows))
    yield from _gauge("service_open_incidents", "The same by service.", _by_service(rows, settings))
    yield from _gauge("maintenances", "Maintenances on record.", [((), len(standing) - len(rows))])
    withdrawn = sum(row.withdrawn for row in history.rows)
    yield from _gauge("withdrawn_records", "Records that no longer stand.", [((), withdrawn)])
    last = max((row.first_known for row in rows), default=None)
    text = "When the newest incident was first known."
    yield from _gauge(
        "last_incident_timestamp_seconds", text, [] if last is None else [((), _seconds(last))], "seconds"
    )
    changed = max((row.changed for row in history.rows), default=None)
    text = "When anything about any incident was published last."
    changes = [] if changed is None else [((), _seconds(changed))]
    yield from _gauge("last_change_timestamp_seconds", text, changes, "seconds")
    day = datetime.combine(as_of, time(), UTC)
    text = "The day for which all this holds (its beginning)."
    yield from _gauge("as_of_timestamp_seconds", text, [((), _seconds(day))], "seconds")
    watched = int(is_watched(settings, as_of))
    text = "Whether anybody says that they watch: where it is 0, a lack of open incidents means nothing."
    yield from _gauge("watched", text, [((), watched)])


def _gauge(name: str, text: str, samples: Iterable[tuple[Labels, int]], unit: str = "") -> Iterator[str]:
    """One family: its type, unit and help, then its samples."""
    yield f"# TYPE postmortem_{name} gauge"
    if unit:
        yield f"# UNIT postmortem_{name} {unit}"
    yield f"# HELP postmortem_{name} {text.translate(_ESCAPES)}"
    for labels, value in samples:
        written = ",".join(f'{key}="{each.translate(_ESCAPES)}"' for key, each in labels)
        yield f"postmortem_{name}{'{' + written + '}' if written else ''} {value}"


def _by_severity(rows: Iterable[Summary]) -> list[tuple[Labels, int]]:
    counts = Counter((row.severity, row.status) for row in rows)
    return [
        ((("severity", severity), ("status", status)), counts[severity, status])
        for severity in SEVERITIES
        for status in get_args(IncidentStatus)
    ]


def _by_class(rows: Iterable[Summary]) -> list[tuple[Labels, int]]:
    counts = Counter((name, each.state) for row in rows for name, each in row.impact.items())
    return [
        ((("impact", name), ("state", state)), counts[name, state])
        for name in IMPACT_CLASSES
        for state in get_args(ImpactState)
    ]


def _open(rows: Iterable[Summary]) -> list[tuple[Labels, int]]:
    counts = Counter(row.severity for row in rows if row.is_open)
    return [((("severity", severity),), counts[severity]) for severity in SEVERITIES]


def _by_service(rows: Iterable[Summary], settings: Settings) -> list[tuple[Labels, int]]:
    counts = Counter(service for row in rows if row.is_open for service in set(row.services))
    return [((("service", each.id),), counts[each.id]) for each in settings.services]


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
