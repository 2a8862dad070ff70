"""Looking many literals up at once finds each of them, and only in words that can hold it."""

from hypothesis import given
from hypothesis import strategies as st

from postmortem.lint.literals import group, odd

LITERALS = ("ghp_", "://", ".internal", "akia", "key-", "=")


@given(st.lists(st.sampled_from([*LITERALS, "word", "a", "9" * 16, "."]), max_size=6))
def test_every_literal_in_a_word_is_found(pieces: list[str]) -> None:
    word = "".join(pieces)
    told = group((each, each) for each in LITERALS).among([word])
    expected = {each for each in LITERALS if each in word and (each != "akia" or len(word) > 15)}
    assert set(told) == expected


def test_odd_words_are_what_prose_has_little_of() -> None:
    assert odd("chats failed, then stopped. 10.0.0.1 db.corp a@b x9 averyveryverylongword") == [
        "10.0.0.1",
        "db.corp",
        "a@b",
        "averyveryverylongword",
    ]
