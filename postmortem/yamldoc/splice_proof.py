"""A document and splices in; out come the data that the text then holds, if every comment is still there. It knows
neither what was wanted nor what is written, and writes nothing.

Read again are only the parts of the text that a splice touches: whole entries of the root, or items of a list that
belongs to one. That is enough, because YAML is read from the left and by indentation. Each part begins at its key in
the first column, or at its dash in the column of its list: there every value before it has ended, and whatever comes
is read as it would be behind anything else that ended. So a part that was not touched still says what it said, as long
as those before it are whole lines, begin with the same sign and hold nothing that goes on; the parts that were touched
are read strictly, one behind the other, and what goes on in them shows. Where any of this is in doubt there is no
answer, and the whole text has to be read.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from yaml.nodes import Node, SequenceNode

from postmortem.yamldoc import comments, splice_plan
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.limits import MAX_NODES
from postmortem.yamldoc.loader import read
from postmortem.yamldoc.splice_block import Splice
from postmortem.yamldoc.splice_place import line_start, values

_MOST_NODES_A_CHARACTER = 2


class _Part(NamedTuple):
    """What is read again: where it stood, and what stands there now. `item` is its place in the list of an entry, None
    for the line of the list's key and for a whole entry.
    """

    entry: int
    item: int | None
    start: int
    end: int
    text: str


def data_after(document: Document, splices: Sequence[Splice]) -> dict[str, Any] | None:
    """The data after the splices, keys in the order of the text; None where that is in doubt, or a comment is gone."""
    parts = _parts(document, splices)
    if not parts:
        return None
    text = "".join(each.text for each in parts)
    if "\n---" in text or "\n..." in text:
        return None  # what may stand behind the end of a document is not in the parts
    try:
        after, findings = read(text.encode(), document.path)
    except UnicodeEncodeError:
        return None
    if after is None or findings or not _has_comments(document, parts, after):
        return None
    return _joined(document, parts, after)


def _parts(document: Document, splices: Sequence[Splice]) -> list[_Part]:
    """The parts that are touched, in the order of the text; none where they cannot be told apart from the rest."""
    text, keys = document.text, [key.start_mark for key, _ in document.root.value]
    longest = len(text) + sum(len(each.text) for each in splices)
    is_small = longest * _MOST_NODES_A_CHARACTER < MAX_NODES  # or the parts say nothing of the limit for the whole
    if not is_small or not document.clean or document.root.flow_style or any(key.column for key in keys):
        return []
    bounds, parts = [*(key.index for key in keys), len(text)], list[_Part]()
    touched = _sorted_in(splices, bounds, 0)
    for entry in sorted(touched):
        parts += _of_entry(document, entry, (bounds[entry], bounds[entry + 1]), touched[entry])
    are_whole = all(each.text.endswith("\n") or each.end == len(text) for each in parts)
    return parts if are_whole else []


def _sorted_in(splices: Sequence[Splice], bounds: Sequence[int], indent: int) -> dict[int, list[Splice]]:
    """The splices by the stretch between two bounds that they change; none where one changes how a stretch begins, or
    more than one of them. What is added at a bound belongs to what stands above it.
    """
    found: dict[int, list[Splice]] = {}
    for each in splices:
        at = (bisect_left if each.start == each.end else bisect_right)(bounds, each.start) - 1
        if not 0 <= at < len(bounds) - 1 or each.start <= bounds[at] + indent or each.end > bounds[at + 1]:
            return {}
        found.setdefault(at, []).append(each)
    return found


def _of_entry(document: Document, entry: int, span: tuple[int, int], splices: Sequence[Splice]) -> list[_Part]:
    """The items of the entry that are touched, behind the line of its key; the whole entry where it is no such list."""
    node = document.root.value[entry][1]
    lines = _lines_of_items(node, document.text)
    bounds = [*lines, span[1]]
    touched = _sorted_in(splices, bounds, node.start_mark.column) if lines else {}
    if not touched:
        return [_part(document, entry, None, span, splices)]
    head = _part(document, entry, None, (span[0], lines[0]), ())
    return [head, *(_part(document, entry, at, (bounds[at], bounds[at + 1]), touched[at]) for at in sorted(touched))]


def _part(document: Document, entry: int, item: int | None, span: tuple[int, int], splices: Sequence[Splice]) -> _Part:
    start, end = span
    here = [Splice(each.start - start, each.end - start, each.text) for each in splices]
    return _Part(entry, item, start, end, splice_plan.cut(document.text[start:end], here))


def _lines_of_items(node: Node, text: str) -> list[int]:
    """Where the line of each item of a block list begins; none where one does not stand behind a dash of its own."""
    if not isinstance(node, SequenceNode) or node.flow_style:
        return []
    sign, found = " " * node.start_mark.column + "- ", []
    for item in node.value:
        index = item.start_mark.index
        found.append(line_start(text, index))
        if text[found[-1] : index].rstrip(" ") + " " != sign:
            return []
    return found


def _has_comments(document: Document, parts: Sequence[_Part], after: Document) -> bool:
    old = [each.text for part in parts for each in comments.find(document, part.start, part.end)]
    return old == [each.text for each in comments.find(after)]


def _joined(document: Document, parts: Sequence[_Part], after: Document) -> dict[str, Any] | None:
    """What the parts say, among what the rest of the text goes on saying; None where it does not go on so."""
    starts = [0, *accumulate(len(each.text) for each in parts[:-1])]
    if not _signs(after).issuperset(starts):
        return None
    found: dict[int, list[_Pair]] = {each.entry: [] for each in parts}
    for key, node in after.root.value:
        part = parts[bisect_right(starts, key.start_mark.index) - 1]
        places = [parts[bisect_right(starts, each.start_mark.index) - 1].item for each in values(node)]
        found[part.entry].append(_Pair(key.value, after.data[key.value], part, places))
    every: list[tuple[str, Any]] = []
    for at, (key, old) in enumerate(document.data.items()):
        items = {each.item for each in parts if each.entry == at and each.item is not None}
        if items and not _goes_on(found[at], items, old):
            return None
        now = [(each.key, each.value) for each in found.get(at, ())]
        if items:
            now[0] = key, _merged(old, found[at][0], items)
        every += now or [(key, old)]
    return dict(every) if len({key for key, _ in every}) == len(every) else None


def _signs(document: Document) -> set[int]:
    """Where keys of the root begin, and lines with an item of their lists: what a part has to begin with."""
    keys = {key.start_mark.index for key, _ in document.root.value}
    lists = [node for _, node in document.root.value if isinstance(node, SequenceNode)]
    return keys | {line_start(document.text, item.start_mark.index) for node in lists for item in node.value}


class _Pair(NamedTuple):
    """A key and its value as read again, the part in which the key stands, and the items of which the parts are in
    which its values stand.
    """

    key: str
    value: Any
    part: _Part
    places: list[int | None]


def _goes_on(pairs: Sequence[_Pair], items: Collection[int], old: Any) -> bool:  # noqa: ANN401  # whatever it was
    """Whether it is still a list, and no key has come between its items."""
    is_list = isinstance(pairs[0].value, list) and set(pairs[0].places) == set(items)
    return is_list and all(each.part.item == len(old) - 1 for each in pairs[1:])


def _merged(old: list[Any], now: _Pair, items: Collection[int]) -> list[Any]:
    """The old items, and in the places of those that were read again what stands there now."""
    again: dict[int | None, list[Any]] = {item: [] for item in items}
    for place, value in zip(now.places, now.value, strict=True):
        again[place].append(value)
    return [each for at, item in enumerate(old) for each in again.get(at, [item])]
