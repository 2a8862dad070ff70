"""Threat 3: bodies that are too large, as they come or inflated; and every way to compress a good one."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.sources import body
from postmortem.sources.failure import FailedError
from tests.sources.loopback import endlessly, fetch, http, serving

CAP = 1_000_000


def deflated(content: bytes, wbits: int) -> bytes:
    packing = zlib.compressobj(wbits=wbits)
    return packing.compress(content) + packing.flush()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": lambda content: content,
    "identity": lambda content: content,
    "gzip": gzip.compress,
    "x-gzip": lambda content: gzip.compress(content[:5]) + gzip.compress(content[5:]) + b"\0\0",
    "deflate": lambda content: deflated(content, zlib.MAX_WBITS),
    " Deflate ": lambda content: deflated(content, -zlib.MAX_WBITS),
}


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    return (content[at : at + size] for at in range(0, len(content), size))


@pytest.mark.parametrize("encoding", PACKED)
@given(
    content=st.binary(max_size=300) | st.binary(min_size=1, max_size=9).map(lambda part: part * 30_000),
    size=st.integers(1, 99),
)
def test_every_encoding_gives_the_content_whatever_the_pieces(encoding: str, content: bytes, size: int) -> None:
    packed = PACKED[encoding](content)
    assert body.read(pieces(packed, size), encoding, CAP, CAP) == content


@pytest.mark.parametrize("encoding", ["gzip", "deflate", " Deflate "])
@given(content=st.binary(min_size=100, max_size=300), data=st.data())
def test_a_body_that_is_cut_short_or_damaged_is_never_taken_for_whole(
    encoding: str, content: bytes, data: st.DataObject
) -> None:
    packed = PACKED[encoding](content)
    cut = packed[: data.draw(st.integers(1, len(packed) - 1))]
    with pytest.raises(FailedError) as caught:
        body.read([cut], encoding, CAP, CAP)
    assert caught.value.again


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 500])
def test_an_encoding_that_was_not_asked_for_is_named(encoding: str) -> None:
    with pytest.raises(FailedError, match="gzip, deflate are read") as caught:
        body.read([b"x"], encoding, CAP, CAP)
    assert len(caught.value.found) < 200


def test_a_body_of_exactly_the_cap_is_read_and_one_byte_more_is_not() -> None:
    assert len(body.read([b"x" * CAP], "", CAP, CAP)) == CAP
    assert len(body.read([gzip.compress(b"x" * CAP)], "gzip", CAP, CAP)) == CAP
    for content, encoding in ((b"x" * (CAP + 1), ""), (gzip.compress(b"x" * (CAP + 1)), "gzip")):
        with pytest.raises(FailedError, match="larger than 1,000,000 bytes"):
            body.read([content], encoding, CAP, CAP)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", " Deflate ", "x-gzip"])
def test_a_bomb_stays_within_three_times_the_cap(encoding: str) -> None:
    bomb = PACKED[encoding](bytes(60 * CAP))
    assert len(bomb) < CAP / 10
    with serving({"/bomb": http(content=bomb, content_encoding=encoding)}) as server:
        fetch(server.at("/bomb"), raw_cap=CAP, inflated_cap=CAP)  # so that what is loaded once is not counted
        tracemalloc.start()
        try:
            found = fetch(server.at("/bomb"), raw_cap=CAP, inflated_cap=CAP)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert (found.state, found.content) == ("blocked", None)
    assert "larger than 1,000,000 bytes when inflated" in found.reason
    assert peak < 3 * CAP


def test_a_body_without_end_is_left_at_the_cap() -> None:
    with serving({"/": endlessly(b"HTTP/1.1 200 OK\r\n\r\n", bytes(65_536))}) as server:
        tracemalloc.start()
        try:
            found = fetch(server.at("/"), raw_cap=CAP)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert (found.state, found.content) == ("blocked", None)
    assert peak < 3 * CAP
