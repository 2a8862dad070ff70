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
from postmortem.lint.rules import CORPUS_RULES, RECORD_RULES
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


_FILE_GUIDES: Final = (
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


@cache
def guides() -> dict[str, Guide]:
    """All pages by code, in the order of codes."""
    found = {each.code: each for each in _FILE_GUIDES}
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
    found |= {rule.code: read(rule) for rule in RECORD_RULES} | {rule.code: read(rule) for rule in CORPUS_RULES}
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
