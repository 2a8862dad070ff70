"""Where an editor finds the schema of a record. Folders in, a path or an address for the modeline out."""

from pathlib import Path
from typing import Final

from postmortem.corpus.files import name
from postmortem.model.settings import Settings, address
from postmortem.schema import registry

_SCHEMA: Final = f"schemas/{registry.FILES['incident']}"


def schema(base: Path, folder: Path, settings: Settings) -> str:
    """The way from a record in `folder` to the project's copy of the schema, else where the project's own site
    publishes it.
    """
    for root in (base, *base.parents):
        if (root / _SCHEMA).is_file():
            return name(root / _SCHEMA, folder)
        if (root / ".git").exists():
            break
    return address(settings, _SCHEMA)
