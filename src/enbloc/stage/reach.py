"""What a form can still come to while items are missing or borderline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from itertools import product
from typing import Generic, TypeVar, get_type_hints

from enbloc.errors import RecordError
from enbloc.value import value

Form = TypeVar("Form")
Form_co = TypeVar("Form_co", covariant=True)


@value
class Reach(Generic[Form_co]):
    """Every complete form that agrees with what is known, and the items that are not settled."""

    forms: tuple[Form_co, ...]
    open: tuple[str, ...]


def reach(form: Callable[..., Form], known: Mapping[str, tuple[Enum, ...]]) -> Reach[Form]:
    """All completions of ``known``; exactly one if every item is settled.

    ``known`` gives, for each item of ``form``, the answers that are still possible; an item left out may be
    anything its enum allows. The order of the forms follows the items, then the answers, and never a set.

    Raises
    ------
    RecordError
        If an item does not belong to the form, an answer does not belong to the item, or none is left.
    """
    items = _items(form)
    if unknown := sorted(known.keys() - items.keys()):
        raise RecordError(f"The form has no item {unknown[0]!r}.", remedy=f"Its items are {', '.join(items)}.")
    possible = {name: _answers(name, kind, known) for name, kind in items.items()}
    forms = tuple(form(**dict(zip(possible, answers, strict=True))) for answers in product(*possible.values()))
    return Reach(forms=forms, open=tuple(name for name, answers in possible.items() if len(answers) > 1))


def _items(form: Callable[..., object]) -> dict[str, type[Enum]]:
    hints = get_type_hints(form)
    return {name: kind for name, kind in hints.items() if isinstance(kind, type) and issubclass(kind, Enum)}


def _answers(name: str, kind: type[Enum], known: Mapping[str, tuple[Enum, ...]]) -> tuple[Enum, ...]:
    given = known.get(name, tuple(kind))
    if not given:
        raise RecordError(f"Nothing is left that {name} could be.", remedy="Leave it out if it is unknown.")
    for answer in given:
        if not isinstance(answer, kind):
            words = ", ".join(str(member.value) for member in kind)
            raise RecordError(f"{name} cannot be {answer!r}.", remedy=f"Give one of: {words}.")
    return tuple(member for member in kind if member in given)
