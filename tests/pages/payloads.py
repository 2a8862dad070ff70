"""What somebody might write into a record to make a reader's browser do it: each way out of where text stands, with
each thing that would run there.

`PAYLOADS` holds more than two hundred; whatever runs sets `ran` or opens a dialog. Short, so that several fit one line.
"""

from collections.abc import Callable
from itertools import product
from typing import Any

OUT = ("", '">', "'>", "</p>", "</title>", "</script>", "</textarea>", "-->", "]]>", "`", '\\">', "</style>")
"""Ways out of an attribute, an element, a comment, a piece of code."""
ACTIVE = (
    "<script>ran=1</script>",
    "<img src=x onerror=ran=1>",
    "<svg onload=ran=1>",
    "<svg/onload=alert(1)//",
    "<body onpageshow=ran=1>",
    "<details open ontoggle=ran=1>",
    "<input autofocus onfocus=ran=1>",
    "<iframe srcdoc='<script>parent.ran=1</script>'>",
    "<object data=javascript:ran=1>",
    "<a href=javascript:ran=1 autofocus>x</a>",
    "<style>*{background:url(//e.example)}</style>",
    "<meta http-equiv=refresh content=0;url=//e.example>",
    "<base href=//e.example/>",
    "<link rel=stylesheet href=//e.example>",
    "<math><mtext><style><img src=x onerror=ran=1>",
    "<form action=//e.example><button autofocus>",
    "<video><source onerror=ran=1>",
    "<template><script>ran=1</script></template>",
)
WITHOUT_TAGS = (
    '" onmouseover="ran=1', "' onfocus='ran=1' autofocus='", "` onload=`ran=1", "javascript:ran=1",
    "[x](javascript:ran=1)", "[x](JaVaScRiPt&colon;ran=1)", '![x](x" onerror="ran=1)', "[x]: javascript:ran=1",
    "<javascript:ran=1>", '<https://e.example/"onclick=ran=1>', "&lt;script&gt;ran=1&lt;/script&gt;",
    "&#60;img src=x onerror=ran=1&#62;", "\\u003cscript\\u003eran=1\\u003c/script\\u003e", "{{ 7*7 }}",
    "{% import os %}", "${ran=1}", "<%= ran=1 %>", "#{ran=1}", "--8<-- 'secret'", "<!--", "<![CDATA[", "<?php ran=1 ?>",
    "zqpmbodyqz", "zqpmleafqz", "%3Cscript%3Eran=1%3C/script%3E", "+ADw-script+AD4-ran=1",
    "<\u017fcript>ran=1</\u017fcript>", "\u202e<b>", "\uff1cscript\uff1eran=1\uff1c/script\uff1e",
)  # fmt: skip
PAYLOADS = (*(out + active for out, active in product(OUT, ACTIVE)), *WITHOUT_TAGS)

URLS = (
    "https://e.example/'onmouseover='ran=1",
    "https://e.example/?q=javascript:ran=1//'",
    "https://e.example/#';ran=1;'",
    "https://e.example/[x](javascript:ran=1)",
    "https://e.example/&quot;onfocus=ran=1&#39;",
)
"""Addresses that the schema lets in."""


def texts(length: int) -> list[str]:
    """The payloads, as many to a text as fit this many characters."""
    found = [""]
    for each in PAYLOADS:
        longer = f"{found[-1]} before {each} after".strip()
        if len(longer) <= length:
            found[-1] = longer
        else:
            found.append(f"before {each} after")
    return found


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - plain data
    """Where a string stands in plain data."""
    if isinstance(value, str):
        return [at]
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, each in pairs for place in places(each, (*at, key))]


def put(value: Any, place: tuple[Any, ...], new: str) -> Any:  # noqa: ANN401 - plain data
    """The data with another string there."""
    if not place:
        return new
    key, *rest = place
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[key] = put(value[key], tuple(rest), new)
    return changed


def allowed(data: Any, probe: str, valid: Callable[[Any], bool]) -> list[tuple[Any, ...]]:  # noqa: ANN401 - plain data
    """Every place where the schema lets this string stand: the schema, not a list of ours, says what is free."""
    return [place for place in places(data) if valid(put(data, place, probe))]


def at(value: Any, place: tuple[Any, ...]) -> Any:  # noqa: ANN401 - plain data
    """What stands there."""
    for key in place:
        value = value[key]
    return value
