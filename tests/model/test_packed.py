"""What is packed comes back as it was."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.model import packed
from postmortem.model.moment import Bound, Moment

MOMENTS = st.builds(
    Moment,
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from(["day", "hour", "minute", "second"]),
    st.sampled_from(["estimated", None]),
    st.sampled_from(["stated", None]),
    st.tuples(st.text(max_size=5)),
)


class Timed(msgspec.Struct, frozen=True):
    """Something with times."""

    when: Moment
    ends: Bound | None


@given(MOMENTS, st.none() | st.builds(Bound, st.none() | MOMENTS))
def test_a_time_comes_back_with_all_that_is_known_of_it(when: Moment, ends: Bound | None) -> None:
    assert packed.decoder(Timed).decode(packed.encode(Timed(when, ends))) == Timed(when, ends)


def test_what_is_no_value_of_the_model_is_refused() -> None:
    with pytest.raises(TypeError):
        packed.encode(Timed(datetime(2026, 6, 24, tzinfo=UTC), {object()}))  # type: ignore[arg-type]
    with pytest.raises(msgspec.DecodeError):
        packed.decoder(Timed).decode(packed.encode(("neither",)))
