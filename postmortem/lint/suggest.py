"""What somebody probably meant. A word and the words there are in, the nearest one or a clause of a hint out."""

from collections.abc import Iterable, Mapping

_FEW = 8


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like this one, None where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for those who mistyped

    by_folded = {each.casefold(): each for each in sorted(known, reverse=True)}
    close = get_close_matches(word.casefold()[:100], sorted(by_folded), n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def meant(word: str, known: Iterable[str], aliases: Mapping[str, str] | None = None) -> str:
    """`did you mean "web-app"?`, else the list of what is known; empty where nothing is."""
    names = sorted(set(known))
    target = (aliases or {}).get(word.casefold()) or nearest(word, names)
    if target is not None:
        return f'did you mean "{target}"?'
    if not names:
        return ""
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"known are {', '.join(names[:_FEW])}{more}"
