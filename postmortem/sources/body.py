"""A body within limits: pieces of bytes as they come off the wire in, the whole content out, inflated. Knows nothing of
HTTP beyond the names of its encodings (RFC 9110, 8.4.1).

194 kB of gzip can hold 200 MB. So bytes are counted while they come, before and after inflating, and zlib is never
allowed to give more in one step than is still wanted.
"""

import io
import zlib
from collections.abc import Iterable, Iterator

from postmortem.sources.failure import FailedError

STEP = 65_536
"""Bytes that one step of inflating may give."""

ACCEPTED = "gzip, deflate"
_GZIP = {"gzip", "x-gzip"}
_MEMBER = b"\x1f"
"""How another member of gzip begins."""

_AUTO, _RAW = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS


def read(pieces: Iterable[bytes], encoding: str, raw_cap: int, inflated_cap: int) -> bytes:
    """The whole content. Errors: FailedError for an encoding that was not asked for, for a body that is too large
    (blocked), cut short or damaged.
    """
    encoding = encoding.strip().lower()
    counted = _counted(pieces, raw_cap, "as they come")
    if encoding in _GZIP or encoding == "deflate":
        counted = _counted(_inflated(counted, encoding), inflated_cap, "when inflated")
    elif encoding not in {"", "identity"}:
        raise FailedError(f"the answer is encoded as {encoding[:40]!r}, which was not asked for; {ACCEPTED} are read")
    whole = io.BytesIO()
    for piece in counted:
        whole.write(piece)
    return whole.getvalue()


def _counted(pieces: Iterable[bytes], cap: int, when: str) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > cap:
            raise FailedError(
                f"the answer is larger than {cap:,} bytes {when}; no feed is, so see what the address is", "blocked"
            )
        yield piece


def _inflated(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Members of gzip one after the other, or deflate with or without its zlib wrapping (both are sent)."""
    inflate = None
    for piece in _headed(pieces):
        rest = piece
        while rest:
            if inflate is None or (inflate.eof and rest[:1] == _MEMBER):
                inflate = zlib.decompressobj(_AUTO if encoding in _GZIP or _is_zlib(rest) else _RAW)
            if inflate.eof:
                return  # what stands after the end is padding
            try:
                yield inflate.decompress(rest, STEP)
            except zlib.error as error:
                raise FailedError("the answer's compression is damaged; try again later", again=True) from error
            rest = inflate.unconsumed_tail or inflate.unused_data
    while inflate is not None and not inflate.eof:
        last = inflate.decompress(b"", STEP)
        if not last:
            raise FailedError("the answer is cut short; try again later", again=True)
        yield last


def _headed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, with at least the two that tell how they are wrapped in the first piece."""
    rest, head = iter(pieces), b""
    for piece in rest:
        head += piece
        if len(head) > 1:
            break
    yield head
    yield from rest


def _is_zlib(head: bytes) -> bool:
    """RFC 1950: a method of 8, and two bytes that are a multiple of 31."""
    return head[0] & 0x0F == zlib.DEFLATED and int.from_bytes(head[:2], "big") % 31 == 0
