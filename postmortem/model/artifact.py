"""What is published, as values: a path below the site's root, and its bytes. Knows no disk."""

import msgspec


class Artifact(msgspec.Struct, frozen=True, order=True):
    """One file of the site; `path` is relative, with `/`, without `..`, and made from ids alone."""

    path: str
    body: bytes
