"""A document and splices in; out come the splices with those that keep a comment behind them in its column.

Only a column is kept: one that the line above or below shares, or that stands off by more than the usual two spaces.
Anywhere else, and where the room is gone, the comment keeps its distance.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from postmortem.yamldoc import comments
from postmortem.yamldoc.comments import Comment
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.splice_block import Splice

_USUAL: Final = 2
"""Spaces in front of a comment that stands in no column."""


def kept(document: Document, splices: Sequence[Splice]) -> list[Splice]:
    """The splices, and one more for the spaces in front of each comment that would else leave its column."""
    text = document.text
    by_line: dict[int, list[Splice]] = defaultdict(list)
    for each in splices:
        by_line[text.rfind("\n", 0, each.start) + 1].append(each)
    if not any(_holds_sign(text, line) for line in by_line):
        return list(splices)
    behind = {text.rfind("\n", 0, each.start) + 1: each for each in comments.find(document)}
    more = (_moved(text, behind, start, held) for start, held in by_line.items() if start in behind)
    return [*splices, *(each for each in more if each is not None)]


def _holds_sign(text: str, line: int) -> bool:
    end = text.find("\n", line)
    return text.find("#", line, len(text) if end < 0 else end) >= 0


def _moved(text: str, behind: dict[int, Comment], line: int, splices: list[Splice]) -> Splice | None:
    comment = behind[line].start
    blanks = comment - len(text[line:comment].rstrip(" ")) - line
    inside = all("\n" not in each.text and each.end <= comment - blanks for each in splices)
    if not inside or not _in_column(text, behind, line, blanks):
        return None
    longer = sum(len(each.text) - (each.end - each.start) for each in splices)
    left = blanks - longer
    return Splice(comment - blanks, comment, " " * left) if longer and left >= _USUAL else None


def _in_column(text: str, behind: dict[int, Comment], line: int, blanks: int) -> bool:
    column = behind[line].start - line
    around = (text.rfind("\n", 0, max(line - 1, 0)) + 1, text.find("\n", line) + 1)
    return blanks > _USUAL or any(
        near != line and near in behind and behind[near].start - near == column for near in around
    )
