"""Findings as SARIF 2.1.0 (OASIS), which code scanning services read. An outcome in, one JSON document out.

Columns count code points, as ours do. Paths are relative to the folder in which the command ran, and that folder is not
named: the same records give the same bytes on any machine. A fingerprint is made of the path, the code and the names on
the way to the value, so that it stays when lines move, and nothing of the value is in it: it may be a secret.
"""

import hashlib
from collections import Counter
from typing import Final
from urllib.parse import quote

import msgspec

from postmortem import __version__
from postmortem.lint.guide import Example, Guide, guides
from postmortem.model.finding import Finding, Weight
from postmortem.report.outcome import Outcome

_BASE: Final = "%SRCROOT%"
_LEVELS: Final[dict[Weight, str]] = {"error": "error", "warning": "warning", "advice": "note"}
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(outcome: Outcome, _colour: bool = False) -> str:  # noqa: FBT001, FBT002 - the shape of a reporter
    """The document, ending with a line break."""
    rules = list(guides().values())
    run = {
        "tool": {"driver": {"name": "postmortem", "version": __version__, "rules": [_rule(each) for each in rules]}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder in which postmortem ran."}}},
        "results": _results(outcome, {each.code: index for index, each in enumerate(rules)}),
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _results(outcome: Outcome, indices: dict[str, int]) -> list[dict[str, object]]:
    seen: Counter[str] = Counter()
    results = []
    for each in outcome.findings:
        place = "\0".join((each.path, each.code, *(step for step in each.pointer if isinstance(step, str))))
        seen[place] += 1
        results.append(_result(each, indices, hashlib.sha256(f"{place}\0{seen[place]}".encode()).hexdigest()))
    return results


def _result(finding: Finding, indices: dict[str, int], fingerprint: str) -> dict[str, object]:
    span = finding.span
    index = {"ruleIndex": indices[finding.code]} if finding.code in indices else {}
    return {
        "ruleId": finding.code,
        **index,
        "level": _LEVELS[finding.weight],
        "message": {"text": finding.message + (f"\nHelp: {finding.hint}" if finding.hint else "")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.path), "uriBaseId": _BASE},
                    "region": {
                        "startLine": span.line,
                        "startColumn": span.column,
                        "endLine": span.end_line,
                        "endColumn": span.end_column,
                    },
                }
            }
        ],
        "partialFingerprints": {"postmortem/v1": fingerprint},
    }


def _rule(guide: Guide) -> dict[str, object]:
    why = "\n\n".join(guide.why)
    return {
        "id": guide.code,
        "name": guide.slug,
        "shortDescription": {"text": f"{guide.title}."},
        "fullDescription": {"text": why},
        "defaultConfiguration": {"level": _LEVELS[guide.weight]},
        "help": {"text": f"{guide.title}.\n\n{why}", "markdown": _markdown(guide, why)},
    }


def _markdown(guide: Guide, why: str) -> str:
    parts = [f"**{guide.title}.**", why]
    for word, examples in (("Bad:", guide.bad), ("Good:", guide.good)):
        if examples:
            parts += [word, *(_fenced(each) for each in examples)]
    return "\n\n".join(parts) + "\n"


def _fenced(example: Example) -> str:
    name = f"# {example.file}\n" if example.file else ""
    return f"```yaml\n{name}{example.text.rstrip()}\n```"
