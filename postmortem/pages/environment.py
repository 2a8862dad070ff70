"""The one Jinja environment: templates of the package, compiled once, autoescape on, an unknown name is an error. A
template's name and values in, finished HTML out.

Text of records reaches templates as values only, so `{{` or `{%` in it comes out as written (threats.md, row 8).
"""

from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from postmortem.pages import links, markdown, messages, times

_ENVIRONMENT: Final = Environment(
    loader=PackageLoader("postmortem.pages", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    cache_size=-1,
)
_ENVIRONMENT.globals.update(words=messages.TABLES, legend=links.LEGEND, pill=links.PILL, outside=links.outside)
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
    html = _ENVIRONMENT.get_template(template).render(values)
    return html if html.replace("\n", "").isprintable() else markdown.clean(html)


def stylesheet() -> bytes:
    """The stylesheet that every page needs: `assets/postmortem.css`."""
    return resources.files("postmortem.pages").joinpath("assets", "postmortem.css").read_bytes()
