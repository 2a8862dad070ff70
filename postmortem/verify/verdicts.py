"""Verdicts for people and for programs. Verdicts in, text out; knows no terminal. docs/verify.md is the reference of
the document for programs, version 1.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from postmortem.report.style import paint, safe
from postmortem.verify.requirement import Result, Verdict

_WORDS: Final[dict[Result, tuple[str, str]]] = {
    "pass": ("pass", "good"),
    "fail": ("FAIL", "error"),
    "not_applicable": ("n/a", "faint"),
}
_SHOWN: Final = 5


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What was judged: a site, perhaps against an older copy, on a day."""

    site: str
    against: str | None
    as_of: date
    files: int
    verdicts: Sequence[Verdict]

    @property
    def is_sound(self) -> bool:
        """Whether nothing failed."""
        return all(each.result != "fail" for each in self.verdicts)


def text(judged: Judged, *, colour: bool) -> str:
    """One line for each requirement, its first faults below, a sum at the end."""
    lines = []
    for each in judged.verdicts:
        word, role = _WORDS[each.result]
        reason = f": {each.reason}" if each.reason else ""
        lines.append(safe(f"{each.code} ") + paint(f"{word:4}", role, colour=colour) + safe(f" {each.text}{reason}"))
        lines += [safe(f"          {fault.path}: {fault.found}") for fault in each.faults[:_SHOWN]]
        if each.count > _SHOWN:
            lines.append(f"          … and {each.count - _SHOWN:,} more")
    counts = Counter(each.result for each in judged.verdicts)
    told = f"{counts['pass']} pass, {counts['fail']} fail, {counts['not_applicable']} not applicable"
    against = f" against {judged.against}" if judged.against else ""
    lines.append(safe(f"{judged.site}{against}: {judged.files:,} files, {told}"))
    return "".join(f"{line}\n" for line in lines)


def document(judged: Judged) -> str:
    """The same for programs."""
    counts = Counter(each.result for each in judged.verdicts)
    told = {
        "version": 1,
        "site": judged.site,
        "against": judged.against,
        "as_of": judged.as_of.isoformat(),
        "sound": judged.is_sound,
        "requirements": judged.verdicts,
        "summary": {"files": judged.files} | {str(name): counts[name] for name in _WORDS},
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n"
