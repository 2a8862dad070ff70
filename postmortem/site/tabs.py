"""The navigation of a project that has no mkdocs.yml: the one that we ship, for the pages that there are.

A nav as MkDocs reads it and the names of the pages in, such a nav out. A page that the shipped nav names and nobody
wrote is left out; a page that it does not name stands with those of its folder, or before the last tab.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

Item = str | Mapping[str, "str | Sequence[Item]"]
Nav = list[Item]


def fit(nav: Sequence[Item], pages: Collection[str]) -> Nav:
    """The nav for these pages: sources as MkDocs knows them (`guide/index.md`)."""
    fitted = [each for item in nav for each in _there(item, pages)]
    others = sorted(set(pages) - set(_named(fitted)), key=_order)
    homes = {_folder(name) for item in fitted if isinstance(item, Mapping) for name in _named([item])} - {""}
    grown = [_grown(item, [each for each in others if _folder(each) in homes]) for item in fitted]
    return [*grown[:-1], *_apart([each for each in others if _folder(each) not in homes]), *grown[-1:]]


def _there(item: Item, pages: Collection[str]) -> Iterator[Item]:
    """The item without what is missing; nothing if nothing is left."""
    if isinstance(item, str):
        yield from [item] if item in pages else []
        return
    for title, inside in item.items():
        if isinstance(inside, str):
            yield from [{title: inside}] if inside in pages else []
        elif kept := [each for one in inside for each in _there(one, pages)]:
            yield {title: kept}


def _named(nav: Sequence[Item]) -> Iterator[str]:
    for item in nav:
        for inside in [item] if isinstance(item, str) else item.values():
            yield from [inside] if isinstance(inside, str) else _named(inside)


def _grown(item: Item, others: Sequence[str]) -> Item:
    """A section with the pages of its folder that it does not name: they come first, being what was written here."""
    if isinstance(item, str):
        return item
    ((title, inside),) = item.items()
    if isinstance(inside, str):
        return item
    folders = {_folder(name) for name in _named(inside)}
    return {title: [*(each for each in others if _folder(each) in folders), *inside]}


def _apart(others: Sequence[str]) -> Iterator[Item]:
    """Pages of no section: a tab each, and one for every folder."""
    for folder, names in groupby(others, key=_folder):
        if folder:
            yield {folder.replace("-", " ").replace("_", " ").capitalize(): list(names)}
        else:
            yield from names


def _folder(name: str) -> str:
    """The first folder on its way; empty at the top."""
    return name.partition("/")[0] if "/" in name else ""


def _order(name: str) -> tuple[str, bool, str]:
    """By folder; in a folder its own page comes first."""
    return _folder(name), name.rpartition("/")[2] != "index.md", name
