"""Denied names are found however they are written, by name or by hash, and nothing else is."""

import hashlib

import pytest

from postmortem.lint.names import canonical, digest, find

NAMES = ("Ann Example", "Contoso", "Zoë Müller-Lang", "山田 花子")
HASHES = tuple(
    hashlib.sha256(each.encode()).hexdigest() for each in ("ann example", "contoso", "zoë müller lang", "山 田 花 子")
)


def found(text: str, *, hashed: bool) -> list[str]:
    return [text[start:end] for start, end in find(text, () if hashed else NAMES, HASHES if hashed else ())]


@pytest.mark.parametrize("hashed", [False, True])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Example called.", "Ann Example"),
        ("It was ANN\n  EXAMPLE.", "ANN\n  EXAMPLE"),
        ("host ann-example-02", "ann-example"),
        ("ann.example and others", "ann.example"),
        ("Contoso's sessions", "Contoso"),
        ("(CONTOSO)", "CONTOSO"),
        ("Zoe\u0308 Mu\u0308ller-Lang", "Zoe\u0308 Mu\u0308ller-Lang"),
        ("Zoë Müller Lang", "Zoë Müller Lang"),
        ("担当はContosoです", "Contoso"),
        ("担当の山田花子が", "山田花子"),
    ],
)
def test_a_name_is_the_sequence_of_its_words(text: str, words: str, *, hashed: bool) -> None:
    assert found(text, hashed=hashed) == [words]


def test_words_run_together_are_known_by_name() -> None:
    assert found("user annexample failed", hashed=False) == ["annexample"]


@pytest.mark.parametrize("hashed", [False, True])
@pytest.mark.parametrize("text", ["Ann and Example", "Contosos", "an example", "", "Zoe Muller"])
def test_what_is_no_name_is_left_alone(text: str, *, hashed: bool) -> None:
    assert found(text, hashed=hashed) == []


def test_the_hash_is_that_of_the_words_with_single_spaces() -> None:
    assert canonical("  Zoë  MÜLLER-Lang ") == "zoë müller lang"
    assert digest("Ann Example") == HASHES[0]
