"""Values of the model as bytes, for processes and runs of one version of this program: never for anybody else. Values
in, MessagePack out, and back.
"""

from typing import Any, Final, TypeVar

import msgspec

from postmortem.model.moment import Bound, Moment

Value = TypeVar("Value")


def decoder(kind: type[Value]) -> msgspec.msgpack.Decoder[Value]:
    """What reads a value of this kind; it raises msgspec.DecodeError for bytes of another."""
    return msgspec.msgpack.Decoder(kind, dec_hook=_timed)


def _plain(value: object) -> object:
    """A time as msgspec can write it."""
    if isinstance(value, Moment):
        return value.instant, value.precision, value.is_, value.confidence, value.evidence
    if isinstance(value, Bound):
        return (value.moment,)
    raise TypeError(type(value))


def _timed(kind: type, plain: Any) -> object:  # noqa: ANN401 - what msgspec read
    """The time that `_plain` wrote."""
    if kind is Bound:
        return Bound(_timed(Moment, plain[0]) if plain[0] is not None else None)  # type: ignore[arg-type]
    instant, precision, is_, confidence, evidence = plain
    return Moment(instant, precision, is_, confidence, tuple(evidence))


encode: Final = msgspec.msgpack.Encoder(enc_hook=_plain).encode
"""The bytes of a value."""
