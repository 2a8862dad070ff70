"""Requirements about documents for machines: their schemas, and that several files tell the same. Surveys in, faults
out.
"""

import csv
import re
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from postmortem.verify.requirement import Fault
from postmortem.verify.survey import INDEX, Survey

LINES: Final = "api/v1/incidents.jsonl"
TABLE: Final = "api/v1/incidents.csv"
CALENDAR: Final = "calendar.ics"
METRICS: Final = "metrics.prom"
_FREE: Final = ("schemas/", "search/", "assets/", "history/")
"""Folders whose JSON nobody is promised: the schemas, a theme's files, what the page of the history reads."""
_EVENT: Final = ("UID", "DTSTAMP", "DTSTART", "SUMMARY")
_OCTETS: Final = 75
_SAMPLE: Final = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*(\{.*\})? \S+( \S+)?")
_SVG: Final = "{http://www.w3.org/2000/svg}"


def schemas(seen: Survey) -> Iterator[Fault]:
    """What is published as a schema is one."""
    yield from (Fault(path, why) for path, why in seen.faulty.items())


def readable(seen: Survey) -> Iterator[Fault]:
    """Documents are JSON, and YAML that JSON could say."""
    yield from (Fault(path, each.broken) for path, each in seen.documents.items() if each.broken)


def named(seen: Survey) -> Iterator[Fault]:
    """Each says by which published schema it can be checked."""
    for path, each in seen.documents.items():
        if each.broken or path.startswith(_FREE) or each.schema in seen.schemas or each.schema in seen.faulty:
            continue
        yield Fault(path, f"its schema {each.schema} is not published" if each.schema else "it names no schema")


def valid(seen: Survey) -> Iterator[Fault]:
    """Documents keep to their schemas."""
    for path, each in seen.documents.items():
        if each.breach and not path.endswith(".yaml"):
            yield Fault(path, f"{each.schema} refuses it {each.breach}")


def valid_yaml(seen: Survey) -> Iterator[Fault]:
    """The same of records."""
    for path, each in seen.documents.items():
        if each.breach and path.endswith(".yaml"):
            yield Fault(path, f"{each.schema} refuses it {each.breach}")


def alike(seen: Survey) -> Iterator[Fault]:
    """The three files of all incidents tell of the same, in the same order."""
    ids = [each.get("id") for each in seen.rows]
    told = seen.json(INDEX)
    if isinstance(told, dict) and told.get("count") != len(ids):
        yield Fault(INDEX, f"its count is {told.get('count')}, and it has {len(ids)} incidents")
    if LINES in seen.site.paths:
        rows = []
        for line in seen.site.read(LINES).splitlines():
            try:
                rows.append(msgspec.json.decode(line))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                return  # `readable` says so
        if rows != seen.rows:
            yield Fault(LINES, f"its lines are not the incidents of {INDEX}")
    if TABLE in seen.site.paths:
        table = list(csv.DictReader(seen.site.read(TABLE).decode("utf-8", "replace").split("\r\n")))
        if [each.get("id") for each in table] != ids:
            yield Fault(TABLE, f"its incidents, or their order, are not those of {INDEX}")


def calendar(seen: Survey) -> Iterator[Fault]:
    """The calendar keeps to RFC 5545."""
    content = seen.site.read(CALENDAR)
    lines = content.split(b"\r\n")
    if (
        b"\n" in content.replace(b"\r\n", b"")
        or lines[:1] != [b"BEGIN:VCALENDAR"]
        or lines[-2:] != [b"END:VCALENDAR", b""]
    ):
        yield Fault(CALENDAR, "it does not begin with BEGIN:VCALENDAR, end with END:VCALENDAR, or break lines by CR LF")
    yield from (
        Fault(CALENDAR, f"line {number} is longer than {_OCTETS} octets")
        for number, each in enumerate(lines, 1)
        if len(each) > _OCTETS
    )
    text = content.replace(b"\r\n ", b"").decode("utf-8", "replace")
    uids: set[str] = set()
    for number, event in enumerate(text.split("BEGIN:VEVENT\r\n")[1:], 1):
        held = dict(re.findall(r"^([A-Z-]+)(?:;[^:\r]*)?:(.*?)\r$", event, flags=re.MULTILINE))
        yield from (Fault(CALENDAR, f"event {number} has no {name}") for name in _EVENT if not held.get(name))
        if held.get("UID") in uids:
            yield Fault(CALENDAR, f"two events have the UID {held['UID']}")
        uids.add(held.get("UID", ""))


def metrics(seen: Survey) -> Iterator[Fault]:
    """The figures keep to OpenMetrics 1.0."""
    lines = seen.site.read(METRICS).decode("utf-8", "replace").split("\n")
    if lines[-2:] != ["# EOF", ""]:
        yield Fault(METRICS, "it does not end with # EOF")
    for number, each in enumerate(lines[:-1], 1):
        if not (each.startswith("# ") or _SAMPLE.fullmatch(each)):
            yield Fault(METRICS, f"line {number} is neither a sample nor a word about one")


def badges(seen: Survey) -> Iterator[Fault]:
    """Pictures are well-formed, and say in words what they show."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for path in sorted(each for each in seen.site.paths if each.startswith("badge/") and each.endswith(".svg")):
        try:
            root = etree.fromstring(seen.site.read(path), parser)
        except etree.XMLSyntaxError:
            yield Fault(path, "is no well-formed SVG")
            continue
        if not root.findtext(f"{_SVG}title"):
            yield Fault(path, "has no title")
