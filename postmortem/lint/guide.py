"""The page of every code, whoever gives it: what is demanded, why, a bad and a good example. Tables and docstrings in,
values out; prints nothing.

A rule's docstring is read like this: the first paragraph is the demand, the next ones say why, then `Bad:` and `Good:`
with fenced YAML. A fence shows the part of a record that matters, to be laid over a small valid one; one with a file
name after `yaml` shows another record, or part of the settings.
"""

import inspect
import re
from functools import cache
from typing import Final

import msgspec

from postmortem.lint.rule import Check, Rule
from postmortem.lint.rules import CORPUS_RULES, LEDGER_RULES, RECORD_RULES
from postmortem.model.finding import Weight
from postmortem.schema.codes import CODES as SCHEMA_CODES
from postmortem.yamldoc.codes import CODES as READER_CODES

_FENCE: Final = re.compile(r"```yaml *([^\n]*)\n(.*?)```", re.DOTALL)


class Example(msgspec.Struct, frozen=True):
    """YAML that earns a code or does not; `file` is empty for the record in question."""

    text: str
    file: str = ""


class Guide(msgspec.Struct, frozen=True, kw_only=True):
    """One page. `why` is paragraphs; a code without examples is one that no text alone can earn."""

    code: str
    slug: str
    weight: Weight
    title: str
    why: tuple[str, ...]
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()


_OTHER_GUIDES: Final = (
    Guide(
        code="PM011",
        slug="not-a-file",
        weight="error",
        title="Only plain files and folders lie among the records",
        why=(
            (
                "A symbolic link may lead anywhere on the machine that builds the site, and what it leads to was never "
                "reviewed as a record. Links and devices are refused, not followed."
            ),
        ),
    ),
    Guide(
        code="PM012",
        slug="unreadable",
        weight="error",
        title="Every file and folder among the records can be read",
        why=("A record that cannot be read would be missing from the site without anybody noticing.",),
    ),
)

_SILENT: Final = Example(text="status: resolved  # postmortem: ignore[PM209] the provider never wrote a last update\n")
_SAID: Final = Example(
    text=('timeline:\n  - {id: u1, at: "2026-06-23T14:47Z", kind: update, status: monitoring, text: A fix is out.}\n')
)
IGNORING: Final = (
    Guide(
        code="PM080",
        slug="ignore-without-reason",
        weight="error",
        title="A comment that ignores a finding says why",
        why=(
            (
                "A finding that is ignored is a decision, and the next reader of the file wants to know its reason. "
                "Without one nothing is ignored."
            ),
        ),
        bad=(Example(text="status: resolved  # postmortem: ignore[PM209]\n"), _SAID),
        good=(_SILENT, _SAID),
    ),
    Guide(
        code="PM081",
        slug="unused-ignore",
        weight="warning",
        title="A comment ignores only what would be told",
        why=(
            (
                "What was mended needs no comment any more, and one that stays behind would hide the same mistake when "
                "it comes back. It is advice only where the passing of time or another record may have made it useless."
            ),
        ),
        bad=(Example(text="severity: major  # postmortem: ignore[vague-title] the title is quoted\n"),),
        good=(Example(text="severity: major\n"),),
    ),
    Guide(
        code="PM082",
        slug="cannot-be-ignored",
        weight="error",
        title="What the reader and the schema refuse cannot be ignored",
        why=(
            (
                "Codes that begin with PM0 say that a file is no record: nothing could be published of it, whatever "
                "is ignored. They also watch over the ignoring itself."
            ),
        ),
        bad=(Example(text="severity: major  # postmortem: ignore[PM023] our own word\n"),),
        good=(Example(text="severity: major\n"),),
    ),
    Guide(
        code="PM083",
        slug="misread-ignore",
        weight="error",
        title="A comment that begins with postmortem: can be understood",
        why=(
            (
                "It is written `# postmortem: ignore[PM203] reason`, with codes or names, several of them separated by "
                "commas, at the end of the line in question or alone on the line above it. "
                "`# postmortem: ignore-file[PM203] reason` stands above the first key and speaks for the whole record. "
                "A misspelt one would be left out in silence."
            ),
        ),
        bad=(Example(text="severity: major  # postmortem: ignore PM209\n"),),
        good=(_SILENT, _SAID),
    ),
)
"""About comments in records: `ignores.py` gives these codes."""


@cache
def guides() -> dict[str, Guide]:
    """All pages by code, in the order of codes."""
    found = {each.code: each for each in (*_OTHER_GUIDES, *IGNORING)}
    for code, page in (READER_CODES | SCHEMA_CODES).items():
        found[code] = Guide(
            code=code,
            slug=page.slug,
            weight="error",
            title=page.title.rstrip("."),
            why=(page.why,),
            bad=_shown(page.bad),
            good=_shown(page.good),
        )
    found |= {rule.code: read(rule) for rule in RECORD_RULES}
    found |= {rule.code: read(rule) for rule in CORPUS_RULES}
    found |= {rule.code: read(rule) for rule in LEDGER_RULES}
    return dict(sorted(found.items()))


def read(rule: Rule[Check]) -> Guide:
    """A rule's docstring as its page."""
    text = inspect.cleandoc(rule.check.__doc__ or "")
    said, _, examples = text.partition("\nBad:\n")
    bad, _, good = examples.partition("\nGood:\n")
    title, *why = (" ".join(paragraph.split()) for paragraph in said.strip().split("\n\n"))
    return Guide(
        code=rule.code,
        slug=rule.slug,
        weight=rule.weight,
        title=title.rstrip("."),
        why=tuple(why),
        bad=_fenced(bad),
        good=_fenced(good),
    )


def slug(code: str) -> str:
    """The name people remember; empty for a code nobody has."""
    found = guides().get(code)
    return found.slug if found is not None else ""


def _fenced(text: str) -> tuple[Example, ...]:
    return tuple(Example(text=body, file=file.strip()) for file, body in _FENCE.findall(text))


def _shown(text: str) -> tuple[Example, ...]:
    return (Example(text=text),) if text else ()
