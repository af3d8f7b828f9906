"""Passwords: kept slowly, and refused where many have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.web.passwords import LONGEST, SHORTEST, is_right, kept, weakness


@pytest.mark.parametrize(
    "password",
    [
        "password2026",
        "P@ssw0rd1234",
        "passwordpassword",
        "Tumourboard!!",
        "September2026",
        "enblocenbloc",
        "iloveyou1234",
        "1234567890qwerty",
        "1qaz2wsx3edc",
        "abcdefghijklm",
        "zxcvbnm,asdfghjkl",
        "aaaaaaaaaaaaaa",
        "abababababab",
        "monkeymonkey7",
    ],
)
def test_what_is_common_is_found_in_disguise(password: str) -> None:
    assert weakness(password)


@pytest.mark.parametrize(
    "password",
    ["heron walks over slate", "kV7-tausend Möwen", "brücke teller wolke", "x9!Lm2#qPz7@", "correct zebra lantern"],
)
def test_several_words_that_do_not_belong_together_are_taken(password: str) -> None:
    assert weakness(password, "ada", "A. Example", "north") == ""


def test_length_is_counted_in_signs_and_nothing_is_cut_off() -> None:
    fits = "".join(chr(0x4E00 + at) for at in range(LONGEST))
    assert [bool(weakness(fits[:length])) for length in (SHORTEST - 1, SHORTEST, LONGEST)] == [True, False, False]
    assert weakness(fits + "x")
    assert not is_right(kept(fits), fits[:-1])


def test_a_password_made_of_the_own_name_is_refused() -> None:
    assert weakness("ada.example.2026", "ada.example")
    assert weakness("Meyerling north 1", "m.meyerling", "Meyerling", "north")


def test_a_password_is_kept_as_argon2id_and_never_twice_alike() -> None:
    first, second = kept("heron walks over slate"), kept("heron walks over slate")
    assert first.startswith("$argon2id$")
    assert first != second
    assert is_right(first, "heron walks over slate")
    assert not is_right(first, "heron walks over Slate")
    assert not is_right("", "heron walks over slate")
    assert not is_right("no hash", "heron walks over slate")


def test_one_password_is_one_however_a_keyboard_writes_it() -> None:
    assert is_right(kept("Mo\u0308wen u\u0308ber Schiefer"), "M\u00f6wen \u00fcber Schiefer")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_judged(password: str) -> None:
    assert isinstance(weakness(password, "ada", ""), str)
