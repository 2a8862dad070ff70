"""Tables of contents without a theme: how the theme renders one is learnt from a shell, then repeated for any page.

White space between two lines depends on how deep both stand, so a shell's table holds every step from one depth to
another, and each step
becomes a template of its own. Knows neither MkDocs nor the rest of the page.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from postmortem.model.page import Heading
from postmortem.site import tokens

DEPTHS = 3
"""How deep a table may be nested and still be stamped; a deeper one is left to the theme."""


class Line(msgspec.Struct, frozen=True):
    """A heading and how deep it is nested, from 1."""

    heading: Heading
    depth: int


class Table(msgspec.Struct, frozen=True):
    """What the theme prints between one anchor and the next, by (depth, next depth; 0 is the end): text and forms of
    the title in turn.
    """

    steps: dict[tuple[int, int], tuple[str, ...]]


def nested(contents: Iterable[Heading]) -> tuple[Line, ...]:
    """How deep each heading stands below those before it; a level left out counts for nothing."""
    open_levels: list[int] = []
    lines = []
    for heading in contents:
        while open_levels and open_levels[-1] >= heading.level:
            open_levels.pop()
        open_levels.append(heading.level)
        lines.append(Line(heading, len(open_levels)))
    return tuple(lines)


def specimen() -> tuple[Heading, ...]:
    """Headings, all tokens, that go through every step from one depth to another and end at the top."""
    depths: list[int] = []
    for deepest in range(1, DEPTHS + 1):
        for then in range(1, deepest + 1):
            depths += [*range(1, deepest + 1), then]
    depths.append(1)
    return tuple(
        Heading(depth + 1, tokens.anchor(number), tokens.text(f"t{number}")) for number, depth in enumerate(depths, 1)
    )


def learn(page: str) -> tuple[str, Table | None, str]:
    """Take the table of contents out of a page that holds the specimen: what stands before, the table, what stands
    after.

    No table on the page: all of it stands before. Raises ValueError if the page prints it in a way that cannot be
    repeated.
    """
    lines = nested(specimen())
    anchors = [line.heading.anchor for line in lines]
    if anchors[1] not in page:
        return page, None, ""
    pieces = _between(page, anchors)
    ends = [*lines[1:], None]
    steps: dict[tuple[int, int], str] = {}
    for line, following, piece in zip(lines, ends, pieces[1:], strict=True):
        step = (line.depth, following.depth if following is not None else 0)
        if steps.setdefault(step, _generic(piece, line.heading.text)) != _generic(piece, line.heading.text):
            raise ValueError(f"the table of contents changes from line to line at depth {step}")
    return pieces[0], *_close(steps)


def _between(page: str, anchors: list[str]) -> list[str]:
    """The page cut at the anchors of its one table of contents; a link to the first heading may stand earlier."""
    if any(page.count(anchor) != 1 for anchor in anchors[1:]):
        raise ValueError("the table of contents is printed more than once")
    start = page.rfind(anchors[0], 0, page.index(anchors[1]))
    if start < 0:
        raise ValueError("the table of contents lacks its first line")
    pieces = [page[:start]]
    rest = page[start + len(anchors[0]) :]
    for anchor in anchors[1:]:
        piece, found, rest = rest.partition(anchor)
        if not found:
            raise ValueError("the table of contents is out of order")
        pieces.append(piece)
    return [*pieces, rest]


_MARK = "\x00"


def _generic(piece: str, title: str) -> str:
    """The piece with every form of the title replaced by the form's name between marks."""
    looks = tokens.forms(tokens.html(title))
    pattern = "|".join(re.escape(look) for look in sorted(looks, key=len, reverse=True))
    return re.sub(pattern, lambda found: f"{_MARK}{looks[found[0]]}{_MARK}", piece)


def _close(steps: dict[tuple[int, int], str]) -> tuple[Table, str]:
    """Divide the last step, which runs on to the end of the page, and derive the ends of deeper lines from it.

    A step to the top ends with what opens a line there, and what follows the table follows what closes a line.
    """
    last = steps.pop((1, 0))
    alike = _alike(steps[1, 1], last)
    opening, after = steps[1, 1][alike:], last[alike:]
    if _MARK in after or not opening:
        raise ValueError("the end of the table of contents cannot be told from what follows")
    for depth in range(1, DEPTHS + 1):
        if not steps[depth, 1].endswith(opening):
            raise ValueError("lines of the table of contents begin in different ways")
        steps[depth, 0] = steps[depth, 1].removesuffix(opening)
    return Table({step: tuple(piece.split(_MARK)) for step, piece in steps.items()}), after


def _alike(one: str, other: str) -> int:
    """How far both are the same, without cutting a form's name in half: it stands between two marks."""
    differing = (index for index, (left, right) in enumerate(zip(one, other, strict=False)) if left != right)
    same = one[: next(differing, min(len(one), len(other)))]
    return len(same) if same.count(_MARK) % 2 == 0 else same.rindex(_MARK)


def render(table: Table, lines: tuple[Line, ...]) -> str:
    """The table as the theme would have rendered it. Raises KeyError for a nesting deeper than DEPTHS."""
    out: list[str] = []
    following = [*[line.depth for line in lines[1:]], 0]
    for line, then in zip(lines, following, strict=True):
        out += line.heading.anchor, _filled(table.steps[line.depth, then], line.heading.text)
    return "".join(out)


@lru_cache(maxsize=4096)  # headings are the same on most pages
def _filled(parts: tuple[str, ...], title: str) -> str:
    """One step: texts, and names of forms of the title, in turn."""
    given = tokens.html(title)
    return "".join([tokens.FORMS[part](given) if place % 2 else part for place, part in enumerate(parts)])
