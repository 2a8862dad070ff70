"""One change to a valid record each: exactly the expected code, at exactly the expected place, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from postmortem.model.finding import Pointer
from postmortem.schema.check import check

Changed = Callable[..., dict[str, Any]]
GONE = ...  # stands for: take the key away
NUL = "\x00"

IMPACT = ("impact", "model_degradation")
SIGN_IN = ("impact", "authentication")
DATA = ("impact", "data_access")
WINDOW = (*IMPACT, "windows", 0)
U1, N1 = ("timeline", 0), ("timeline", 1)
FACTOR, ACTION = ("cause", "factors", 0), ("actions", 1)

Row = tuple[Pointer, object, str, Pointer]
ROWS: dict[str, list[Row]] = {
    "unknown keys": [
        (("sumary",), "x", "PM020", ("sumary",)),
        (("x-owner",), "x", "PM020", ("x-owner",)),
        (("clocks", "postmortem"), "2026-06-23T14:21Z", "PM020", ("clocks", "postmortem")),
        (("impact", "billing"), {"state": "unknown"}, "PM020", ("impact", "billing")),
        ((*WINDOW, "symptoms"), [], "PM020", (*WINDOW, "symptoms")),
        ((*U1, "author"), "x", "PM020", (*U1, "author")),
        ((*WINDOW, "start"), {"at": "2026-06-23T14:21Z", "by": "x"}, "PM020", (*WINDOW, "start", "by")),
        (("lessons", "unlucky"), [], "PM020", ("lessons", "unlucky")),
        (("detection", "evidence"), [], "PM020", ("detection", "evidence")),
    ],
    "missing keys": [
        (("schema_version",), GONE, "PM021", ()),
        (("title",), GONE, "PM021", ()),
        (("services",), GONE, "PM021", ()),
        (("timeline",), GONE, "PM021", ()),
        (("record",), GONE, "PM021", ()),
        (SIGN_IN, GONE, "PM021", ("impact",)),
        ((*SIGN_IN, "state"), GONE, "PM021", SIGN_IN),
        ((*WINDOW, "start"), GONE, "PM021", WINDOW),
        ((*U1, "kind"), GONE, "PM021", U1),
        ((*FACTOR, "role"), GONE, "PM021", FACTOR),
        (("isolated", 0, "service"), GONE, "PM021", ("isolated", 0)),
        ((*IMPACT, "measures", 0), {"metric": "error_rate", "unit": "percent"}, "PM021", (*IMPACT, "measures", 0)),
        ((*DATA, "data", 0), {"kinds": ["files"]}, "PM021", (*DATA, "data", 0)),
        (("clocks", "mitigated"), {"is": "about"}, "PM021", ("clocks", "mitigated")),
    ],
    "wrong types": [
        (("schema_version",), 1.0, "PM022", ("schema_version",)),
        (("title",), None, "PM022", ("title",)),
        (("title",), 404, "PM022", ("title",)),
        (("services",), "api", "PM022", ("services",)),
        (("services", 0), 7, "PM022", ("services", 0)),
        (("clocks",), [], "PM022", ("clocks",)),
        (("clocks", "started"), 20260623, "PM022", ("clocks", "started")),
        ((*U1,), "u1", "PM022", U1),
        ((*U1, "public"), "yes", "PM022", (*U1, "public")),
        ((*IMPACT, "models"), {"opus": True}, "PM022", (*IMPACT, "models")),
        (("signals", 0, "count"), "many", "PM022", ("signals", 0, "count")),
        (("signals", 0, "count"), 6700.0, "PM022", ("signals", 0, "count")),
        (("continuity", "work_exportable", "answer"), False, "PM022", ("continuity", "work_exportable", "answer")),
        (("internal",), "secret", "PM022", ("internal",)),
    ],
    "words that are not in the list": [
        (("severity",), "high", "PM023", ("severity",)),
        (("record",), "publised", "PM023", ("record",)),
        (("kind",), "maintenence", "PM023", ("kind",)),
        (("status",), "closed", "PM023", ("status",)),
        (("schema_version",), "2.0", "PM023", ("schema_version",)),
        ((*SIGN_IN, "state"), "not affected", "PM023", (*SIGN_IN, "state")),
        ((*IMPACT, "level"), "down", "PM023", (*IMPACT, "level")),
        ((*IMPACT, "symptoms", 0), "slow", "PM023", (*IMPACT, "symptoms", 0)),
        ((*U1, "kind"), "Update", "PM023", (*U1, "kind")),
        ((*U1, "components", 0, "state"), "full_outage", "PM023", (*U1, "components", 0, "state")),
        (("clocks", "mitigated", "is"), "exact", "PM023", ("clocks", "mitigated", "is")),
        ((*ACTION, "state"), "finished", "PM023", (*ACTION, "state")),
        (("postmortem", "state"), "due", "PM023", ("postmortem", "state")),
        (("related", 0, "relation"), "follows", "PM023", ("related", 0, "relation")),
        ((*FACTOR, "category"), "bug", "PM023", (*FACTOR, "category")),
    ],
    "malformed": [
        (("id",), "2026-06-23-Chat", "PM024", ("id",)),
        (("id",), "2026-06-23-", "PM024", ("id",)),
        (("id",), "2026-06-23-a--b", "PM024", ("id",)),
        (("id",), "../2026-06-23-a", "PM024", ("id",)),
        (("id",), "2026-02-30-chat", "PM024", ("id",)),
        (("id",), "2026-06-23-chat\n", "PM024", ("id",)),
        (("clocks", "started"), "2026-06-23T14:21", "PM024", ("clocks", "started")),
        (("clocks", "started"), "2026-06-23T24:00Z", "PM024", ("clocks", "started")),
        (("clocks", "started"), "2026-06-23T14:21:60Z", "PM024", ("clocks", "started")),
        (("clocks", "started"), "2026-02-29T14:21Z", "PM024", ("clocks", "started")),
        (("clocks", "started"), "2026-06-23T14:21Z\n", "PM024", ("clocks", "started")),
        (("clocks", "started"), "unknown", "PM024", ("clocks", "started")),
        (("clocks", "mitigated", "at"), "2026-06-31T15:58Z", "PM024", ("clocks", "mitigated", "at")),
        ((*WINDOW, "end"), "ongoing", "PM024", (*WINDOW, "end")),
        (("postmortem", "due"), "2026-04-31", "PM024", ("postmortem", "due")),
        (("postmortem", "due"), "30 June 2026", "PM024", ("postmortem", "due")),
        (("title",), "two\nlines", "PM024", ("title",)),
        (("title",), " ", "PM024", ("title",)),
        (("summary",), f"NUL {NUL}", "PM024", ("summary",)),
        (("services", 0), "con", "PM024", ("services", 0)),
        (("services", 0), "Web App", "PM024", ("services", 0)),
        (("evidence", 0, "url"), "javascript:alert(1)", "PM024", ("evidence", 0, "url")),
        (("evidence", 0, "url"), "https://user:password@example.com/", "PM024", ("evidence", 0, "url")),
        (("evidence", 0, "sha256"), "abc", "PM024", ("evidence", 0, "sha256")),
        ((*U1, "id"), "u01", "PM024", (*U1, "id")),
        (("revisions", 1, "adds", 0), "impact/all", "PM024", ("revisions", 1, "adds", 0)),
        ((*IMPACT, "models"), "several", "PM024", (*IMPACT, "models")),
        (("provider",), "Example AI", "PM024", ("provider",)),
    ],
    "sizes": [
        (("title",), "", "PM025", ("title",)),
        (("title",), "x" * 161, "PM025", ("title",)),
        (("summary",), "x" * 2001, "PM025", ("summary",)),
        (("id",), "2026-06-23-" + "x" * 81, "PM025", ("id",)),
        (("timeline",), [], "PM025", ("timeline",)),
        (("services",), ["api", "web-app", "api"], "PM025", ("services", 2)),
        ((*DATA, "data", 0, "kinds"), [], "PM025", (*DATA, "data", 0, "kinds")),
        ((*IMPACT, "audience"), {}, "PM025", (*IMPACT, "audience")),
        ((*IMPACT, "models"), ["opus-4.8", "opus-4.8"], "PM025", (*IMPACT, "models", 1)),
    ],
    "what does not go together": [
        (("record",), "embargoed", "PM026", ()),
        (("record",), "withdrawn", "PM026", ()),
        (("embargo",), {"until": "2026-07-01"}, "PM026", ("embargo",)),
        (("withdrawn",), {"at": "2026-07-01T00:00Z", "reason": "x"}, "PM026", ("withdrawn",)),
        (("scheduled",), {"start": "2026-07-01T00:00Z", "end": "2026-07-01T01:00Z"}, "PM026", ("scheduled",)),
        (("status",), "completed", "PM026", ("status",)),
        ((*U1, "status"), "verifying", "PM026", (*U1, "status")),
        ((*IMPACT, "expected"), True, "PM026", (*IMPACT, "expected")),
        ((*IMPACT, "level"), GONE, "PM026", IMPACT),
        ((*IMPACT, "summary"), GONE, "PM026", IMPACT),
        ((*IMPACT, "confidence"), GONE, "PM026", IMPACT),
        ((*DATA, "services"), GONE, "PM026", DATA),
        ((*SIGN_IN, "level"), "degraded", "PM026", (*SIGN_IN, "level")),
        ((*SIGN_IN, "windows"), [], "PM026", (*SIGN_IN, "windows")),
        ((*IMPACT, "data"), [], "PM026", (*IMPACT, "data")),
        ((*U1, "id"), "n9", "PM026", (*U1, "id")),
        ((*N1, "id"), "u9", "PM026", (*N1, "id")),
        ((*N1, "status"), "resolved", "PM026", (*N1, "status")),
        ((*U1, "public"), False, "PM026", (*U1, "public")),
        ((*N1, "text"), GONE, "PM026", N1),
        (("timeline", 2, "text"), GONE, "PM026", ("timeline", 2)),
        (("timeline", 3, "status"), GONE, "PM026", ("timeline", 3)),
        (("related", 0, "id"), "2026-06-16-chat-errors", "PM026", ("related", 0, "url")),
        (("related", 0, "url"), GONE, "PM026", ("related", 0)),
        (("postmortem", "state"), "promised", "PM026", ("postmortem", "published")),
        (("postmortem", "reason"), "x", "PM026", ("postmortem", "reason")),
        (("actions", 0, "done"), GONE, "PM026", ("actions", 0)),
        ((*ACTION, "state"), "dropped", "PM026", ACTION),
        ((*ACTION, "state"), "done", "PM026", ACTION),
        ((*FACTOR, "provider"), "example-ai", "PM026", (*FACTOR, "provider")),
        (("signals", 0, "count"), GONE, "PM026", ("signals", 0)),
        ((*IMPACT, "measures", 0, "metric"), "other", "PM026", (*IMPACT, "measures", 0)),
    ],
    "numbers out of range": [
        (("revisions", 0, "number"), 0, "PM027", ("revisions", 0, "number")),
        (("signals", 0, "count"), -1, "PM027", ("signals", 0, "count")),
        ((*IMPACT, "measures", 0, "peak"), -0.5, "PM027", (*IMPACT, "measures", 0, "peak")),
        ((*IMPACT, "audience"), {"share": 101}, "PM027", (*IMPACT, "audience", "share")),
        ((*IMPACT, "audience"), {"share": float("nan")}, "PM027", (*IMPACT, "audience", "share")),
    ],
}
TABLE = [row for rows in ROWS.values() for row in rows]


@pytest.mark.parametrize(("path", "value", "code", "place"), TABLE)
def test_a_change_earns_its_code_at_its_place(
    changed: Changed, path: Pointer, value: object, code: str, place: Pointer
) -> None:
    problems = check(changed(path, value), "incident")
    assert [(each.code, each.pointer) for each in problems] == [(code, place)]
    assert all(each.message and each.hint and "\n" not in each.message + each.hint for each in problems)
