"""The file of a new record. What was made of an incident in, commented YAML out; knows no disk.

The comments are for the person who takes the draft up: where the schema lies, what was left out and why, and what only
a person can answer. None of them ever reaches the public.
"""

import re
from typing import Final

from postmortem.enrich.mirror import Made
from postmortem.yamldoc.dump import dump

_INTRO: Final = "Imported from the status page; what it does not say is unknown. Comments stay in this file."
_REFUSED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def text(made: Made, schema: str) -> str:
    """The file, whole; `schema` is where its editor finds the schema."""
    notes = "".join(f"# Note: {_REFUSED.sub(' ', each)}\n" for each in made.notes)
    body = dump(made.data)
    for key, question in made.todo.items():
        line = next(each for each in body.splitlines() if each.startswith(f"{key}: "))
        body = body.replace(f"{line}\n", f"{line}  # TODO {question}\n", 1)
    return f"# yaml-language-server: $schema={schema}\n# {_INTRO}\n{notes}{body}"
