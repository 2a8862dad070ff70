"""The one Jinja environment: templates of the package, compiled once, autoescape on, an unknown name is an error. A
template's name and values in, finished HTML out.

Text of records reaches templates as values only, so `{{` or `{%` in it comes out as written (threats.md, row 8). Three
of Jinja's habits are left out because they were half the time of a page: to try an item where there is no attribute
(here `.` is an attribute and `[]` an item), to wrap finished Markup in Markup, and to escape the same word anew.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from operator import getitem
from pathlib import Path
from types import SimpleNamespace
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from postmortem.pages import links, markdown, messages, times
from postmortem.pages.compiled import Kept

_INCLUDE: Final = re.compile(r'{% include "([^"]+)" %}\n?')
_CONTROLS: Final = bytes({*range(32), 127} - {10})
_CONTROL: Final = bytes.maketrans(_CONTROLS, b"?" * len(_CONTROLS))


class _Generator(CodeGenerator):
    """Writes `escape(value)` as Jinja does, less what that would do to a value that is Markup already; and `a.b` as
    Python writes it.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  Jinja's name
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if _is_escaped(frame):
            self.write("(v if type(v := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if _is_escaped(frame):
            self.write(")) is Markup else environment.escaped(v) if type(v) is str else escape(v))")
        else:
            super()._output_child_post(node, frame, finalize)


def _is_escaped(frame: Frame) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


class _Loader(PackageLoader):
    """Puts an included part where it is asked for, so that a page is one template: values pass through once."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool] | None]:
        source, path, fresh = super().get_source(environment, template)
        whole = _INCLUDE.sub(lambda part: self.get_source(environment, part[1])[0].removesuffix("\n"), source)
        return whole, path, fresh


class _Environment(Environment):
    code_generator_class = _Generator
    getitem = staticmethod(getitem)  # type: ignore[assignment]  # Jinja's own tries more, see above
    escaped = staticmethod(lru_cache(maxsize=1024)(escape))


_HERE: Final = Path(__file__).resolve()
_ENVIRONMENT: Final = _Environment(
    loader=_Loader("postmortem.pages", "templates"),
    bytecode_cache=Kept(_HERE.parent / "templates", _HERE.read_bytes()),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    cache_size=-1,
)
_ENVIRONMENT.globals.update(
    words=SimpleNamespace(**messages.TABLES), legend=links.LEGEND, pill=links.PILL, outside=links.outside
)
_ENVIRONMENT.filters.update(
    prose=markdown.prose,
    inline=markdown.inline,
    when=times.when,
    said_at=times.said,
    on=times.on,
    at=times.at,
    day=times.day,
)


def render(template: str, **values: object) -> str:
    """Fill a template. Characters that no page may hold are gone from what comes back, whatever the values held."""
    html = _template(template).render(values)
    return html if _is_printable(html) else markdown.clean(html)


@cache
def _template(name: str) -> Template:
    template = _ENVIRONMENT.get_template(name)
    template.globals = dict(template.globals)  # Jinja's chain of maps costs more than a small template
    return template


def _is_printable(html: str) -> bool:
    if html.isascii():
        given = html.encode()
        return given.translate(_CONTROL) == given  # bytes in which nothing changes are given back, not compared
    return html.replace("\n", "").isprintable()
