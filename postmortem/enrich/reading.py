"""One incident as the rules for impact classes ask about it: what a source told and the site's catalogue in, answers
to "does this name a model, a product, signing in, stored work?" out. It concludes nothing.
"""

import re
from functools import cached_property, lru_cache
from itertools import chain
from typing import Final

from postmortem.enrich.wording import fold, listed, named, pattern, sentences, words
from postmortem.model import event
from postmortem.model.event import Told
from postmortem.model.settings import Model, Service, Settings

_BRANDS: Final = "|".join(words("model_degradation", "brands"))
_NUMBER: Final = r"[0-9]{1,2}(?:\.[0-9]{1,2})?"
_NO_MORE: Final = r"(?![\w:%]|\.[0-9])"
_NO_PRODUCT: Final = r"(?!(?:code|cli|app|desktop|for|api|on|in|from|at|to|since|and|was|is|with) )"
_NUMBERED_MODEL: Final = re.compile(rf"(?<!\w)(?:{_BRANDS}) {_NO_PRODUCT}(?:[a-z]{{2,12}} )?v?{_NUMBER}{_NO_MORE}")
_BRANDED: Final = re.compile(rf"(?<!\w)(?:{_BRANDS}) {_NO_PRODUCT}([a-z]{{3,16}} {_NUMBER}){_NO_MORE}")
_CALLED_MODEL: Final = re.compile(rf"(?<!\w)([a-z]{{3,16}} {_NUMBER}) models?(?!\w)")
_BRAND_MODELS: Final = re.compile(rf"(?<!\w)(?:{_BRANDS}) models?(?!\w)")
_MODELS: Final = re.compile(r"(?<!\w)(?:models?|inference|llms?)(?!\w)")
_NUMBERED: Final = re.compile(rf"(?<!\w)[a-z]{{3,16}} v?{_NUMBER}{_NO_MORE}")
_OF_A_PRODUCT: Final = re.compile(r" ?(?:code|cli|app|apps|desktop|cowork|web|store|studio|extension)(?!\w)")
_API: Final = re.compile(r"(?<!\w)(?:apis?(?!\w)|api\.[a-z0-9.]{1,60})")
_HOST: Final = re.compile(r"(?<![\w.])(?!api\.)(?:[a-z0-9]{1,40}\.){1,4}(?:ai|app|cloud|co|com|dev|io|net|org)(?!\w)")
_WORD: Final = re.compile(r"(?<!\w)[^\W\d]\w*+(?:'\w++)?")
_NEAR: Final = r"(?: \w{1,20}){0,2} "
_IS: Final = r"(?: (?:is|are|was|were|being|be|temporarily|may|data)){0,2} "


def _either(*place: str) -> str:
    return pattern(words(*place)).pattern


_BAD_ANSWERS: Final = re.compile(_either("model_degradation", "bad") + _NEAR + _either("model_degradation", "answers"))
_CANNOT_REACH: Final = re.compile(_either("data_access", "reach_before") + _NEAR + _either("data_access", "stored"))
_NOT_REACHED: Final = re.compile(_either("data_access", "stored") + _IS + _either("data_access", "reach_after"))


class Reading:
    """The folded words of one incident, and the names of the catalogue. Answers are worked out when asked for."""

    def __init__(self, told: Told, services: tuple[str, ...], models: tuple[str, ...]) -> None:
        self.title = fold(told.head.title)
        self._told = told
        self._services = named(services)
        self._models = named(models)

    @cached_property
    def failing(self) -> bool:
        """Whether the title says that something fails."""
        return listed("failing").search(self.title) is not None

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence of every update, by time."""
        return tuple(chain.from_iterable(sentences(each.text) for each in self._told.events))

    @cached_property
    def complaints(self) -> tuple[str, ...]:
        """The sentences that say that something fails, without those about causes, remedies and what was well."""
        return tuple(each for each in dict.fromkeys(self.sentences) if _complains(each))

    @cached_property
    def _whole(self) -> str:
        """Title and sentences, one a line: no pattern finds anything across lines."""
        return "\n".join((self.title, *self.sentences))

    @cached_property
    def harmless(self) -> bool:
        """Whether an update says that nobody met it."""
        return listed("harmless").search(self._whole) is not None

    @cached_property
    def models_well(self) -> bool:
        """Whether an update says that the models themselves were well."""
        return listed("model_degradation", "models_well").search(self._whole) is not None

    @cached_property
    def about_access(self) -> bool:
        """Whether the title is, or may be, about signing in or about stored work."""
        doubtful = listed("authentication", "doubtful").search(self.title) is not None
        return doubtful or self.sign_in_in_title or self.stored_in(self.title)

    @cached_property
    def about_models(self) -> bool:
        """Whether the title names a model or bad answers, or an update says that models failed."""
        if self.model_in(self.title) or self.bad_answers(self.title):
            return True
        return not self.models_well and any(self.model_in(each) for each in self.complaints)

    @cached_property
    def about_api(self) -> bool:
        """Whether the title speaks of an API."""
        return _API.search(self.title) is not None

    @cached_property
    def speaks_of_ai(self) -> bool:
        """Whether anything in the incident tells that the page speaks of language models."""
        asked = listed("model_degradation", "speaks_of_ai")
        return any(asked.search(each) for each in (self._whole, *self._names))

    def model_in(self, text: str) -> bool:
        """Whether the folded text names a model of the catalogue, a well-known one, one of a brand with a number, one
        that this incident itself calls a model, or "several models".
        """
        if listed("model_degradation", "not_with").search(text):
            return False
        text = listed("model_degradation", "not_models").sub(" ", text)
        by_name = (self._models, listed("model_degradation", "families"), _NUMBERED_MODEL)
        if any(_finds(each, text) for each in by_name) or _finds(self._called_models, text):
            return True
        several = listed("model_degradation", "quantified").search(text) or _BRAND_MODELS.search(text)
        return several is not None and self.speaks_of_ai

    @cached_property
    def _called_models(self) -> re.Pattern[str]:
        called = {found[1] for asked in (_CALLED_MODEL, _BRANDED) for found in asked.finditer(self._whole)}
        return pattern(sorted(called))

    def bad_answers(self, text: str) -> bool:
        """Whether the folded text says that answers of a model were wrong, garbled or cut off."""
        said = _BAD_ANSWERS.search(text) or listed("model_degradation", "bad_phrases").search(text)
        return said is not None and self.speaks_of_ai

    @cached_property
    def sign_in_in_title(self) -> bool:
        """Whether the title is about signing in, signing up, keys or access."""
        asked = ("phrases", "title_only")
        said = any(listed("authentication", each).search(self.title) for each in asked)
        return said and not listed("authentication", "not_with").search(self.title)

    def sign_in_in(self, text: str) -> bool:
        """Whether a folded sentence of an update names signing in or signing up."""
        said = listed("authentication", "phrases").search(text)
        return said is not None and not listed("authentication", "not_with").search(text)

    def stored_in(self, text: str) -> bool:
        """Whether the folded text says that stored work could not be reached, or was lost or exposed."""
        said = listed("data_access", "plain").search(text) or _CANNOT_REACH.search(text) or _NOT_REACHED.search(text)
        return said is not None and not listed("data_access", "not_with").search(text)

    def product_in(self, text: str) -> bool:
        """Whether the folded text names a product: of the catalogue, of those listed, by its host, or by its kind."""
        return self.product_named_in(text) or listed("application_failure", "products").search(text) is not None

    def product_named_in(self, text: str) -> bool:
        """Whether the folded text names a product by name or host; kinds ("the dashboard") do not count."""
        known = (self._services, named(self._products), listed("application_failure", "known"), _HOST)
        return any(each.search(text) for each in known)

    @cached_property
    def names_a_thing(self) -> bool:
        """Whether the title names anything besides failing, brands and the API as a whole, on a page where no word
        tells of models.
        """
        if self.about_api or any(_MODELS.search(each) for each in self.sentences):
            return False
        return bool(self._rest)

    @cached_property
    def numbered_thing(self) -> bool:
        """Whether what the title names carries a number, as models do, and no catalogue or list calls it a product."""
        left = self.title
        empty, known = (listed("application_failure", each) for each in ("empty", "known"))
        for each in (named(self._products), self._services, known, empty, listed("failing")):
            left = each.sub("|", left)
        return _NUMBERED.search(left) is not None

    @cached_property
    def _rest(self) -> list[str]:
        left = listed("failing").sub(" ", self.title)
        left = listed("application_failure", "empty").sub(" ", left)
        brands = set(words("model_degradation", "brands"))
        return [each for each in _WORD.findall(left) if each not in brands]

    @cached_property
    def only_products_listed(self) -> bool:
        """Whether components are listed, and none is an API, a model or about signing in."""
        names = self._names
        other = (_API, listed("authentication", "phrases"))
        return bool(names) and not any(each.search(name) or self.model_in(name) for name in names for each in other)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(fold(each.name) for each in event.named(self._told))

    @cached_property
    def _products(self) -> tuple[str, ...]:
        return tuple(each for name in self._names for each in _spellings(name) if not _API.search(name))


def _spellings(name: str) -> tuple[str, ...]:
    """`claude console (platform.claude.com)` is written whole, without the brackets, and as what stands in them."""
    outside, _, inside = name.partition("(")
    return name, outside.strip(), inside.rstrip(") ")


def read(told: Told, settings: Settings) -> Reading:
    """The incident with the names that the catalogue has for services (an API as a whole is none) and models."""
    return Reading(told, *_catalogue(settings.services, settings.models))


@lru_cache(maxsize=8)
def _catalogue(services: tuple[Service, ...], models: tuple[Model, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    called = {name for each in services for name in (each.name, *each.aliases)}
    products = {each for each in called if not _API.search(fold(each))}
    names = {name for each in models for name in (each.id, each.name, *each.api_ids, *each.aliases)}
    families = {each.family for each in models if each.family}
    return tuple(sorted(products)), tuple(sorted((names | families) - called))


@lru_cache(maxsize=4096)
def _complains(sentence: str) -> bool:
    return listed("failing").search(sentence) is not None and listed("aside").search(sentence) is None


def _finds(models: re.Pattern[str], text: str) -> bool:
    """Whether one of the names is there and is not the beginning of a product's ("Gemini app")."""
    return any(not _OF_A_PRODUCT.match(text, found.end()) for found in models.finditer(text))
