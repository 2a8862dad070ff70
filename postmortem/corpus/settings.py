"""Where the settings lie and what they say. A folder or a file in, `Settings` out; what is wrong with them is the
operator's to mend.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from postmortem.corpus.decode import placed
from postmortem.errors import SettingsError
from postmortem.model import settings as model
from postmortem.model.finding import Finding
from postmortem.model.settings import Denied, Settings
from postmortem.schema.check import check
from postmortem.yamldoc.loader import read

FILE_NAME = "postmortem.yml"


def find(start: Path) -> Path:
    """The nearest `postmortem.yml`, from the folder upwards. Raises SettingsError naming where it looked."""
    here = start.resolve()
    for folder in (here, *here.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    message = f"{start}: no {FILE_NAME} here or in any folder above; name one with --settings, or write one"
    raise SettingsError(message)


def load(path: Path) -> Settings:
    """Read and check the settings. Raises SettingsError: one line for each thing to mend."""
    try:
        source = path.read_bytes()
    except OSError as error:
        message = f"{path}: the settings cannot be read ({error.strerror}); name others with --settings"
        raise SettingsError(message) from error
    document, findings = read(source, path.name)
    if document is not None and not findings:
        findings = placed(check(document.data, "settings"), document, path.name)
    if document is None or findings:
        raise SettingsError("\n".join(_line(each, path) for each in findings))
    settings = _with_names(model.read(document.data), path)
    for problem in _contradictions(settings):
        message = f"{path}: {problem}"
        raise SettingsError(message)
    return settings


def identity(path: Path, settings: Settings) -> bytes:
    """Everything that loading these settings read, for the keys of caches: the file, and the names it points at."""
    return path.read_bytes() + repr(settings.deny).encode()


def _with_names(settings: Settings, path: Path) -> Settings:
    """The settings with the names of the deny list's file, which lies outside git. Raises SettingsError without it: a
    list that is not there protects nobody.
    """
    deny = settings.deny
    if deny.path is None:
        return settings
    place = path.parent / deny.path
    try:
        lines = [line.strip() for line in place.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        message = (
            f"{path}: deny.path names {deny.path}, which cannot be read ({reason}); put the file there, or take it out"
        )
        raise SettingsError(message) from error
    names = tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
    return msgspec.structs.replace(settings, deny=Denied(path=deny.path, hashes=deny.hashes, names=names))


def _line(finding: Finding, path: Path) -> str:
    hint = f"; {finding.hint}" if finding.hint else ""
    return f"{path}:{finding.span.line}:{finding.span.column}: {finding.message}{hint}"


def _contradictions(settings: Settings) -> Iterator[str]:
    ids = {
        "providers": [each.id for each in settings.providers],
        "services": [each.id for each in settings.services],
        "models": [each.id for each in settings.models],
        "regions": [each.id for each in settings.regions],
        "environments": [each.id for each in settings.environments],
        "sources": [each.id for each in settings.sources],
    }
    for name, members in ids.items():
        for id_, times in Counter(members).items():
            if times > 1:
                yield f"{name}: the id {id_!r} stands {times} times; an id names one thing, so rename the others"
    named = [(each.id, each.provider) for each in settings.services]
    named += [(each.id, each.provider) for each in settings.models]
    for id_, provider in named:
        if ids["providers"] and provider is not None and provider not in ids["providers"]:
            allowed = ", ".join(sorted(ids["providers"]))
            yield f"{id_}: the provider {provider!r} is not listed under providers ({allowed})"
