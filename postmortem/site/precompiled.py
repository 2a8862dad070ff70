"""The theme's compiled templates, kept between runs as Python keeps compiled modules: to compile them anew was a
quarter of a second of every build.

MkDocs' environment in; the same with a cache out, unless a plugin's extension, filter or test has had its say in how
templates become code: then each build compiles them, as MkDocs does. Knows no page.
"""

from pathlib import Path
from typing import Any, Final, Protocol

from mkdocs import __version__

from postmortem.pages.compiled import Kept
from postmortem.site.theme import Templates

_HERE: Final = Path(__file__).resolve().parent
_STOCK: Final = frozenset({"jinja2", "markupsafe", "mkdocs", "builtins", "_operator"})
"""The packages whose versions are part of the cache's mark, or change with Python's."""


class Environment(Templates, Protocol):
    """What we ask of Jinja's environment: what decides how it compiles, by name, and where it keeps the code."""

    extensions: Any
    filters: Any
    tests: Any
    finalize: Any
    bytecode_cache: Any


def keep(environment: Environment, folder: Path = _HERE) -> None:
    """Let the environment find below `folder` what an earlier process compiled. The text of a template is compared
    whenever its code is found; a cache that is there already stays.
    """
    if environment.bytecode_cache is None and _is_stock(environment):
        given = "\n".join((__version__, *sorted(environment.extensions)))
        environment.bytecode_cache = Kept(folder, given.encode())


def _is_stock(environment: Environment) -> bool:
    kinds = map(type, (environment, *environment.extensions.values()))
    made = (*kinds, *environment.filters.values(), *environment.tests.values())
    origins = {str(getattr(each, "__module__", "")).partition(".")[0] for each in made}
    return environment.finalize is None and origins <= _STOCK
