"""The pages that show what was counted, made as the builder makes them."""

import html
import re
from datetime import date

from postmortem.metrics import numbers, views
from postmortem.metrics.scope import scopes
from postmortem.model.history import History
from postmortem.model.page import Page
from postmortem.model.settings import Settings
from postmortem.pages import facets, facets_index
from postmortem.pages import home as front

AS_OF = date(2026, 11, 23)


def home(history: History, settings: Settings, as_of: date = AS_OF) -> Page:
    counted = scopes(history, settings, as_of)
    found = numbers.of(counted)
    return front.page(history, settings, as_of, views.views(counted, found), found)


def things(history: History, settings: Settings, as_of: date = AS_OF) -> dict[str, Page]:
    """The page of every service, model, impact class, cause and provider, and those that list them, by path."""
    counted = scopes(history, settings, as_of)
    shown = views.views(counted, numbers.of(counted))
    made = [*facets.pages(history, settings, as_of, shown), *facets_index.pages(history, settings, shown)]
    return {page.path: page for page in made}


def text(page: Page) -> str:
    """Its words, as they are read."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page.body)))
