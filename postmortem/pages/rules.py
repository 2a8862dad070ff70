"""The pages of the rules: what `postmortem explain` prints, for a browser. Guides in, `Page`s out."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from postmortem.lint.guide import Example, Guide, guides
from postmortem.lint.verdict import dated
from postmortem.model.finding import Weight
from postmortem.model.page import Heading, Page, SearchEntry
from postmortem.pages.environment import render

_FOLDER: Final = "guide/rules/"
_FAMILIES: Final = {
    "0": "Reading, format, ignoring",
    "1": "Identity and life",
    "2": "Clocks and timeline",
    "3": "Impact",
    "4": "Cause, actions and evidence",
    "5": "Wording",
    "6": "Privacy",
    "7": "Links between records, and what was promised",
}
_WEIGHS: Final[dict[Weight, str]] = {
    "error": "It keeps a record from being published.",
    "warning": "It should be mended; lint --strict fails on it.",
    "advice": "It never fails a run.",
}

_STRANGE: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\xa0\u2000-\u202f\ufffe-\U0010ffff]")


class _Family(NamedTuple):
    """Codes that begin alike."""

    anchor: str
    title: str
    guides: list[Guide]


def pages() -> Iterator[Page]:
    """The list of all rules, then one page for each code."""
    yield _index()
    yield from (_rule(each) for each in guides().values())


def _index() -> Page:
    families = [
        _Family(f"pm{digit}xx", _FAMILIES.get(digit, f"PM{digit}"), list(members))
        for digit, members in groupby(guides().values(), key=lambda each: each.code[2])
    ]
    text = "What postmortem lint says about a record, and why."
    return Page(
        path=_FOLDER,
        kind="rules",
        title="Rules",
        description=text,
        body=render("rules/index.html", families=families),
        contents=tuple(Heading(2, each.anchor, each.title) for each in families),
        search=SearchEntry("Rules", text),
    )


def _rule(guide: Guide) -> Page:
    demand = f"{guide.title.replace('`', '')}."
    sides = (("bad", "failure", "Bad", _seen(guide.bad)), ("good", "success", "Good", _seen(guide.good)))
    return Page(
        path=f"{_FOLDER}{guide.code.lower()}/",
        kind="rule",
        title=f"{guide.code} {guide.slug}",
        description=demand,
        body=render("rules/rule.html", guide=guide, weighs=_weighs(guide), sides=sides),
        search=SearchEntry(f"{guide.code} {guide.slug}", demand),
    )


def _weighs(guide: Guide) -> str:
    if guide.weight == "warning" and guide.code in dated():
        return "It should be mended, but time alone brings it about, so it never fails a run."
    return _WEIGHS[guide.weight]


def _seen(examples: tuple[Example, ...]) -> tuple[Example, ...]:
    """Examples about characters that cannot be seen, with those characters in numbers."""
    return tuple(Example(text=_STRANGE.sub(_number, each.text), file=each.file) for each in examples)


def _number(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
