"""Adding services to the catalogue. The settings' file and what is missing in, the file with a proven splice out."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from postmortem.corpus import write
from postmortem.errors import SettingsError
from postmortem.model.edit import Append
from postmortem.model.settings import Service, Settings
from postmortem.schema.check import check
from postmortem.yamldoc.edit import rewrite
from postmortem.yamldoc.loader import read


def widened(location: Path, settings: Settings, services: Sequence[Service], *, dry_run: bool) -> Settings:
    """The settings with these services, which stand at the end of the catalogue; every comment of the file stays.

    Raises SettingsError, ProofError, OutputRefusedError.
    """
    if not services:
        return settings
    old = location.read_bytes()
    new = rewrite(old, location.name, [Append(("services",), msgspec.to_builtins(each)) for each in services])
    document, _ = read(new, location.name)
    problems = check(document.data, "settings") if document is not None else ()
    if problems:
        raise SettingsError(f"{location}: not widened: {problems[0].message}; add the services by hand")
    if not dry_run:
        write.write(location.resolve(), new, old)
    return msgspec.structs.replace(settings, services=(*settings.services, *services))
