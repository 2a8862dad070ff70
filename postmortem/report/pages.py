"""The page of a code for a terminal, and the list of all codes. Guides in, text out."""

import textwrap
from collections.abc import Iterator, Sequence

from postmortem.lint.guide import Example, Guide
from postmortem.report.style import paint

_WIDTH = 88


def table(guides: Sequence[Guide], *, colour: bool) -> str:
    """One line for each code: code, name, weight, what it demands."""
    wide = max((len(each.slug) for each in guides), default=0)
    return "".join(
        f"{paint(each.code, 'strong', colour=colour)}  {each.slug:<{wide}}  "
        f"{paint(f'{each.weight:<7}', each.weight, colour=colour)}  {each.title}\n"
        for each in guides
    )


def page(guide: Guide, *, colour: bool) -> str:
    """The whole page."""
    name = paint(f"{guide.code} {guide.slug}", "strong", colour=colour)
    lines = [
        f"{name} · {paint(guide.weight, guide.weight, colour=colour)}",
        "",
        *(paint(line, "strong", colour=colour) for line in textwrap.wrap(f"{guide.title}.", _WIDTH)),
    ]
    for paragraph in guide.why:
        lines += ["", *textwrap.wrap(paragraph, _WIDTH)]
    for word, role, examples in (("Bad", "error", guide.bad), ("Good", "good", guide.good)):
        if examples:
            lines += ["", paint(word, role, colour=colour), *_examples(examples, colour=colour)]
    return "\n".join(lines) + "\n"


def _examples(examples: Sequence[Example], *, colour: bool) -> Iterator[str]:
    for each in examples:
        yield ""
        if each.file:
            yield f"    {paint(f'# {each.file}', 'faint', colour=colour)}"
        yield from (f"    {line}" for line in each.text.rstrip("\n").split("\n"))
