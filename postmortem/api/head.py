"""What every document of `/api/v1/` begins with: where its schema is, which version it has, who says all this.
Settings in, fields out.
"""

from typing import Final, Literal, TypedDict

import msgspec

from postmortem.model.settings import Settings, address
from postmortem.model.vocabulary import PublisherRole

VERSION: Final = "1.0"
"""The version of all documents of `/api/v1/` but that of an incident, which has the version of the record's format.
The second number counts additions; the first is that of the tree."""

Document = Literal["incidents", "services", "models", "metrics", "views", "feeds", "moved", "publisher"]


class Publisher(msgspec.Struct, frozen=True):
    """Who says all this, and in which role."""

    name: str
    role: PublisherRole
    url: str | None
    contact: str


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The keys that every document begins with."""

    schema: str = msgspec.field(name="$schema")
    schema_version: Literal["1.0"] = VERSION
    publisher: Publisher


class Fields(TypedDict):
    """The same as arguments."""

    schema: str
    publisher: Publisher


def head(settings: Settings, document: Document) -> Fields:
    """The head of a document."""
    return Fields(schema=schema(settings, document), publisher=publisher(settings))


def schema(settings: Settings, document: str) -> str:
    """Where the schema of a document is published."""
    return address(settings, f"schemas/api-{document}-1.0.schema.json")


def publisher(settings: Settings) -> Publisher:
    """The publisher, with every key."""
    each = settings.publisher
    return Publisher(each.name, each.role, each.url, each.contact)
