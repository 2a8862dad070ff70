"""Telephone numbers in prose. Text in, spans out; knows no record.

International numbers as ITU-T E.123 writes them, North American and trunk numbers as people do, and any run of digits
after a word such as "call". What looks like a date, an amount or an order number is left alone.
"""

import re
from collections.abc import Iterator
from typing import Final

from postmortem.lint.pattern import Pattern

_GAP: Final = r"(?: ?[-./()] ?| )?"
_NUMBERS: Final = (
    Pattern(
        rf"(?<![\w+.:,-])(?:\+|%2B|00)[1-9][0-9]{{0,2}}(?:{_GAP}\(0\))?(?:{_GAP}[0-9]){{6,12}}\)?(?![\w]|[.,:-][0-9])",
        re.ASCII,
    ),
    Pattern(
        r"(?<![\w.-])(?:1[-. ])?\([0-9]{2,5}\)[ -]?[0-9]{3,5}(?:[ -][0-9]{2,6}){0,3}(?![\w-]|[.,:][0-9])", re.ASCII
    ),
    Pattern(r"(?<![\w.:#-])(?:1[-. ])?[2-9][0-9]{2}([-. ])[0-9]{3}\1[0-9]{4}(?![\w-]|[.,:][0-9])", re.ASCII),
    Pattern(r"(?<![\w.:,+#-])0[1-9][0-9]{0,4}[ ./-][0-9]{2,8}(?:[ .-][0-9]{2,6}){0,4}(?![\w-]|[.,:][0-9])", re.ASCII),
)
_CALLED: Final = Pattern(
    r"\b(?:call(?:ed|ing)?|phon(?:e|ed|ing)|tel(?:ephone)?|mobile|cell(?:phone)?|fax|dial(?:led|ed)?|text(?:ed)?|sms"
    r"|whatsapp|hotline|msisdn|phone_number|reach(?:ed|able)?|ring|rang|handy|telefon|mobil|tél|téléphone|teléfono|celular|móvil)\b\.?[^\n0-9+(]{0,24}"
    r"(?P<number>\(?\+?[0-9][0-9 ()./-]{5,18}[0-9])(?![\w]|[.,:][0-9])",
    re.IGNORECASE,
)
_DATE: Final = Pattern(
    r"(?:19|20)[0-9]{2}-[0-9]{2}|(?:0?[1-9]|[12][0-9]|3[01])[./-](?:0?[1-9]|[12][0-9]|3[01])[./-](?:[0-9]{2}){1,2}(?![0-9])",
    re.ASCII,
)
_THING: Final = Pattern(
    r"\b(?:batch|case|invoice|job|lot|order|part|record|reference|ref|request|sequence|serial|ticket|transaction)"
    r"(?: (?:no\.?|number|id))?[ :#]{1,3}$",
    re.IGNORECASE | re.ASCII,
)
_HINT: Final = Pattern(r"[+(0-9][0-9 ()./+-]{5,40}[0-9]", re.ASCII)
_ISO_DATE: Final = Pattern(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$", re.ASCII)
_DIGITS: Final = range(9, 16)
_CALLED_DIGITS: Final = range(7, 16)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Every telephone number, as start and end."""
    if suspected(text):
        for pattern in _NUMBERS:
            for match in pattern.finditer(text):
                if _plausible(match.group(), _DIGITS) and not _numbered(
                    text[max(0, match.start() - 24) : match.start()]
                ):
                    yield match.span()
        for match in _CALLED.finditer(text):
            if _plausible(match["number"], _CALLED_DIGITS):
                yield match.span("number")


def suspected(text: str) -> bool:
    """Whether a text may hold one."""
    return any(not _ISO_DATE.match(match.group()) for match in _HINT.finditer(text))


def _plausible(number: str, allowed: range) -> bool:
    return sum(each.isdigit() for each in number) in allowed and not _DATE.match(number)


def _numbered(before: str) -> bool:
    """Whether what follows is the number of a thing."""
    return _THING.search(before) is not None
