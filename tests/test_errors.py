"""An error is one line: where, what, remedy."""

from __future__ import annotations

from enbloc.errors import FaultsError, FrameMismatchError, NotBuiltError, RecordError
from enbloc.value import value


def test_a_message_says_where_what_and_remedy() -> None:
    error = RecordError("No such level.", remedy="Write T1 to T13.", where="case.yaml lesions[0]")
    assert str(error) == "case.yaml lesions[0]: No such level. Write T1 to T13."
    assert isinstance(error, ValueError)


def test_several_faults_speak_with_the_first_and_count_the_rest() -> None:
    faults = [RecordError(f"Fault {n}.", remedy="Mend it.") for n in range(3)]
    error = FaultsError(faults)
    assert str(error) == "Fault 0. Mend it. (2 more: run 'enbloc check'.)"
    assert error.faults == tuple(faults)
    assert str(FaultsError(faults[:1])) == "Fault 0. Mend it."


def test_the_facts_of_an_error_can_be_read_without_its_words() -> None:
    error = FrameMismatchError(expected="T11", got="T12")
    assert (error.expected, error.got) == ("T11", "T12")
    assert "not built yet" in str(NotBuiltError("enbloc serve", instead="Read the report."))


def test_a_value_is_frozen_and_keyword_only() -> None:
    import dataclasses

    import pytest

    @value
    class Height:
        mm: float

    height = Height(mm=2.0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        height.mm = 3.0  # type: ignore[misc]  # frozen on purpose
    with pytest.raises(TypeError):
        Height(2.0)  # type: ignore[call-arg]  # positional on purpose
