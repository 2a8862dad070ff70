"""A difference as `git diff` writes it, painted for a terminal. Text in, text out."""

from typing import Final

from postmortem.report.style import paint, safe

_ROLES: Final = {"+": "good", "-": "error", "@": "frame"}


def painted(text: str, *, colour: bool) -> str:
    """Each line in the colour of what it does; without colours it is what `patch` and `git apply` take, untouched."""
    if not colour:
        return text
    return "".join(f"{_line(safe(each))}\n" for each in text.split("\n")[:-1])


def _line(line: str) -> str:
    if line.startswith(("+++", "---")):
        return paint(line, "strong", colour=True)
    role = _ROLES.get(line[:1])
    return paint(line, role, colour=True) if role else line
