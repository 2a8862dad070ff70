"""Names and addresses of what a page points at: services, models, incidents, evidence. Ids in, safe HTML out.

Pages pass the way up to the site's root (`../../`), feed bodies its absolute address; everything else is the same. What
has no page is plain text, and an address from outside that is not http, https or mailto is no link.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from postmortem.model.claims import Evidence
from postmortem.model.settings import Settings, address
from postmortem.model.vocabulary import Confidence
from postmortem.pages import messages

_NOTHING: Final = Markup()
_SCHEMES = ("http://", "https://", "mailto:")


class Links(NamedTuple):
    """The catalogue's names by id, below `root`, which is empty or ends with a slash."""

    root: str
    services: dict[str, str]
    models: dict[str, str]
    providers: dict[str, str]
    places: dict[str, str]

    def service(self, service: str) -> Markup:
        """A link to the service's page."""
        name = self.services.get(service)
        return escape(service) if name is None else _link(f"{self.root}services/{service}/", name)

    def model(self, model: str) -> Markup:
        """A link to the model's page."""
        name = self.models.get(model)
        return escape(model) if name is None else _link(f"{self.root}models/{model}/", name)

    def named(self, something: str) -> Markup:
        """A link to whatever has that id: guidance names services and models alike."""
        return self.service(something) if something in self.services else self.model(something)

    def place(self, place: str) -> str:
        """What people call a region or an environment."""
        return self.places.get(place, place)

    def cause(self, category: str) -> Markup:
        """A link to the page of a category of cause; every site has one for each."""
        return _link(f"{self.root}causes/{category}/", messages.CAUSE_CATEGORY[category])

    def impact(self, name: str) -> Markup:
        """A link to the page of an impact class."""
        return _link(f"{self.root}impact/{name}/", messages.IMPACT_CLASS[name])

    def run_by(self, ids: tuple[str, ...]) -> Markup:
        """The same as `provider`, each a link to its page."""
        known = [
            _link(f"{self.root}providers/{each}/", self.providers[each]) if each in self.providers else escape(each)
            for each in ids
        ]
        return Markup(joined(known)) if known else escape(self.provider(ids))  # noqa: S704  each of them is Markup

    def provider(self, ids: tuple[str, ...], last: str = "and") -> str:
        """`Anthropic`, `Anthropic and Example AI`, or `the provider` where settings list none."""
        return joined((self.providers.get(each, each) for each in ids), last) or "the provider"


@lru_cache(maxsize=4096)
def _link(address: str, text: str) -> Markup:
    return Markup(f'<a href="{escape(address)}">{escape(text)}</a>')  # noqa: S704  both escaped


_held: list[tuple[Settings, dict[str, Links]]] = []
"""The last settings and the names below each root: all pages and entries of a site ask for the same in a row."""


def of(settings: Settings, root: str) -> Links:
    """Collect the names, once for all who ask for the same."""
    if not _held or _held[0][0] is not settings:
        _held[:] = [(settings, {})]
    known = _held[0][1]
    if root not in known:
        known[root] = _collected(settings, root)
    return known[root]


def _collected(settings: Settings, root: str) -> Links:
    return Links(
        root=root,
        services={each.id: each.name for each in settings.services},
        models={each.id: each.name for each in settings.models},
        providers={each.id: each.name for each in settings.providers},
        places={each.id: each.name for each in (*settings.regions, *settings.environments)},
    )


def absolute(settings: Settings) -> str:
    """The site's address with its closing slash."""
    return address(settings, "")


def outside(url: str | None, text: str) -> Markup:
    """A link to somebody else's page; the bare text where the address is missing or of another scheme."""
    if url is None or not url.lower().startswith(_SCHEMES):
        return escape(text)
    return Markup(f'<a href="{escape(url)}" rel="nofollow noopener">{escape(text)}</a>')  # noqa: S704  both escaped


def joined(names: Iterable[str], before_last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *rest, last = list(names) or [""]
    return f"{', '.join(rest)} {before_last} {last}" if rest else last


def comma(parts: Iterable[Markup]) -> Markup:
    """Finished pieces in a row."""
    text = ", ".join(parts)
    return Markup(text) if text else _NOTHING  # noqa: S704  each of them is Markup


PILL: Final = {
    state: Markup(f'<span class="pm-status" data-is="{state}">{word}</span>')  # noqa: S704  our own words
    for state, word in {**messages.TIMELINE_KIND, **messages.ACTION_STATE, **messages.STATUS}.items()
}
LEGEND: Final = Markup(" &middot; ").join(
    Markup(f'<span class="pm-sure" data-is="{each}">{word}</span> {messages.CONFIDENCE_MEANS[each]}')  # noqa: S704  as above
    for each, word in messages.CONFIDENCE.items()
)
_SURE: Final = {
    confidence: Markup(f' <span class="pm-sure" data-is="{confidence}">{word}</span>')  # noqa: S704  as above
    for confidence, word in messages.CONFIDENCE.items()
}


class Citations(NamedTuple):
    """Which number each piece of evidence has on the page."""

    numbers: dict[str, Markup]

    def cite(self, ids: Iterable[str]) -> Markup:
        """The marks behind a claim, each a link to its evidence; ids that no evidence has are left to the linter."""
        marks = "".join(self.numbers[each] for each in ids if each in self.numbers)
        return Markup(f'<span class="pm-cite">{marks}</span>') if marks else _NOTHING  # noqa: S704  made of Markup

    def sure(self, confidence: Confidence | None, ids: Iterable[str]) -> Markup:
        """How sure a claim is, and the marks of its evidence."""
        badge = _SURE[confidence] if confidence else _NOTHING
        return badge + self.cite(ids) if ids else badge


def citations(evidence: tuple[Evidence, ...]) -> Citations:
    """Number the evidence in the order of the record."""
    return Citations({each.id: _mark(number, each) for number, each in enumerate(evidence, 1)})


def _mark(number: int, evidence: Evidence) -> Markup:
    opening = f'<a href="#evidence-{escape(evidence.id)}" title="{escape(evidence.title)}">'
    return Markup(f'{opening}<span class="pm-sr">Evidence </span>{number}</a>')  # noqa: S704  all escaped
