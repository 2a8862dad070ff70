"""The first line of a record that tells an editor where the schema is. Text in, text out, proven; knows no file system.

The line is yaml-language-server's: `# yaml-language-server: $schema=…`, a path from the record or an address.
"""

from typing import Final

from postmortem.yamldoc.comments import find
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read

_WORD: Final = "yaml-language-server:"


def added(document: Document, schema: str) -> str:
    """The text with the line in front; as it is where it has one already, or where the proof fails."""
    old = [each.text for each in find(document)]
    if any(each.lstrip("# ").startswith(_WORD) for each in old):
        return document.text
    line = f"# {_WORD} $schema={schema}"
    line_break = "\r\n" if "\r\n" in document.text else "\n"
    text = f"{line}{line_break}{document.text}"
    after, findings = read(text.encode(), document.path)
    kept = after is not None and not findings and after.data == document.data
    return text if after is not None and kept and [each.text for each in find(after)] == [line, *old] else document.text
