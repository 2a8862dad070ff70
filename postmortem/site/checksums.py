"""`/SHA256SUMS`: what `sha256sum -c` and a mirror check a copy of the site with. Digests by path in, bytes out.

Each file is hashed where its bytes are in hand, never read again for it. The file lists everything but itself and the
marker of the output folder, which is no part of the site.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

PATH: Final = "SHA256SUMS"


def digest(body: bytes) -> bytes:
    """The digest of one file."""
    return hashlib.sha256(body).digest()


def write(digests: Mapping[str, bytes]) -> bytes:
    """One line for each file, sorted by path, as GNU coreutils write it."""
    return "".join(f"{digests[path].hex()}  {path}\n" for path in sorted(digests)).encode()
