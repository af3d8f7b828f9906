"""No flag reaches a reader as an id."""

from __future__ import annotations

import ast
import re
from importlib.resources import files

import pytest

from enbloc.evidence import bibliography
from enbloc.present.flags import FLAGS, in_words
from enbloc.stage.registry import INSTRUMENTS

_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")


def _flags_of_stage() -> set[str]:
    """Every id written down in ``stage`` that names nothing: no code, no source, module, instrument or item."""
    words: set[str] = set()
    names: set[str] = {*bibliography(), *INSTRUMENTS}
    names |= {question.name for one in INSTRUMENTS.values() for question in one.questions}
    for module in files("enbloc.stage").iterdir():
        names.add(module.name.removesuffix(".py"))
        if module.name.endswith(".py"):
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and _ID.fullmatch(node.value):
                    words.add(node.value)
                if isinstance(node, ast.FunctionDef):
                    names.add(node.name)
                if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                    names.add(node.target.id)
    return words - names


def test_every_flag_that_stage_can_give_has_a_sentence() -> None:
    found = _flags_of_stage()

    assert {"threshold_equality", "1c_debated", "highest_of_several_levels"} <= found
    assert found == set(FLAGS)


@pytest.mark.parametrize("flag", [*FLAGS, "inconsistent: The cord is compressed, and yet not touched.", "new_thing"])
def test_a_flag_is_read_as_words(flag: str) -> None:
    said = in_words(flag)

    assert "_" not in said
    assert said[0].isupper() or flag == "new_thing"
    assert said.endswith(".") or flag == "new_thing"


def test_words_stay_as_they_are() -> None:
    assert in_words("at T8: SINS 6 · 7") == "at T8: SINS 6 · 7"
