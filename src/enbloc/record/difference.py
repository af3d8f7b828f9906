"""What changed between two documents of a case, field by field, in words that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from enbloc.case.fact import FACTS
from enbloc.value import value

UNKNOWN = "unknown"
LONGEST_TOLD = 300
"""A longer value is cut in the words, and says so; the two versions hold it whole."""

_UNITS = ("mm", "gy", "cc", "deg", "hu", "kv")


@value
class Change:
    """One field that differs: where in the document, what a person calls it, and its value before and after.

    ``None`` before means that it was not there; after, that it is gone. Left out and unknown are the same.
    """

    path: str
    what: str
    before: str | None
    after: str | None

    @property
    def words(self) -> str:
        """The change as one line.

        Examples
        --------
        >>> Change(path="patient.birth_year", what="patient, birth year", before="1965", after="1956").words
        'patient, birth year: 1965 → 1956'
        """
        if self.before is None:
            return f"{self.what}: added, {self.after}"
        if self.after is None:
            return f"{self.what}: removed, was {self.before}"
        return f"{self.what}: {self.before} → {self.after}"


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """What differs, in the order of the keys.

    Examples
    --------
    >>> [change.words for change in changes({"patient": {"sex": None}}, {"patient": {"sex": "male"}})]
    ['patient, sex: unknown → male']
    """
    return tuple(_between(before, after, "", ""))


def _between(before: Any, after: Any, path: str, what: str) -> Iterator[Change]:
    if _same(before, after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in sorted(before.keys() | after.keys()):
            place = f"{path}.{name}" if path else name
            yield from _between(before.get(name), after.get(name), place, _named(what, path, name))
    elif isinstance(before, list | None) and isinstance(after, list | None) and _holds_blocks(before, after):
        yield from _between_lists(before or [], after or [], path, what)
    else:
        is_new, is_gone = _is_block(after) and before is None, _is_block(before) and after is None
        yield Change(
            path=path,
            what=what,
            before=None if is_new else told(before),
            after=None if is_gone else told(after),
        )


def _same(before: Any, after: Any) -> bool:
    """Equal, and of one kind: true is not 1, though Python takes it for that."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return all(_same(before.get(name), after.get(name)) for name in before.keys() | after.keys())
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_same, before, after))
    return isinstance(before, bool) == isinstance(after, bool) and bool(before == after)


def _is_block(given: Any) -> bool:
    return isinstance(given, Mapping)


def _holds_blocks(*lists: list[Any] | None) -> bool:
    return any(_is_block(item) for each in lists for item in each or ())


def _named(what: str, path: str, name: str) -> str:
    """The words of a field: those of the block around it, and its own with the unit in brackets."""
    words, _, unit = name.rpartition("_")
    own = (
        f"{words.replace('_', ' ')} ({unit.replace('gy', 'Gy')})"
        if words and unit in _UNITS
        else name.replace("_", " ")
    )
    if path in ("images", "labels"):
        return f"{path.removesuffix('s')} {name!r}"
    return f"{what}, {own}" if what else own


# --- lists of blocks: a lesion, a finding, a form or an override is known by what it is about -------------------------


def _between_lists(before: list[Any], after: list[Any], path: str, what: str) -> Iterator[Change]:
    identity = _IDENTITY.get(path)
    if identity is None or not (_told_apart(before, identity) and _told_apart(after, identity)):
        yield from _by_place(before, after, path, what)
        return
    earlier = {_key(item, identity): _rest(item, identity) for item in before}
    later = {_key(item, identity): _rest(item, identity) for item in after}
    for known in sorted(earlier.keys() | later.keys()):
        place = f"{path}[{' '.join(filter(None, known))}]"
        yield from _between(earlier.get(known), later.get(known), place, _WORDS[path](*known))


def _key(item: Any, identity: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(item.get(name) or "") for name in identity)


def _rest(item: Mapping[str, Any], identity: tuple[str, ...]) -> dict[str, Any]:
    """A block without what its words say already."""
    return {name: given for name, given in item.items() if name not in identity}


def _told_apart(items: list[Any], identity: tuple[str, ...]) -> bool:
    return all(map(_is_block, items)) and len({_key(item, identity) for item in items}) == len(items)


def _by_place(before: list[Any], after: list[Any], path: str, what: str) -> Iterator[Change]:
    one = what.removesuffix("s")
    matcher = SequenceMatcher(a=[told(item) for item in before], b=[told(item) for item in after], autojunk=False)
    for _, start, end, start_after, end_after in matcher.get_opcodes():
        held, new = before[start:end], after[start_after:end_after]
        for at in range(max(len(held), len(new))):
            number = (start if at < len(held) else start_after) + at
            old, now = (each[at] if at < len(each) else None for each in (held, new))
            yield from _between(old, now, f"{path}[{number}]", f"{one} {number + 1}")


_IDENTITY = {
    "lesions": ("id",),
    "findings": ("fact", "about"),
    "forms": ("instrument", "about"),
    "overrides": ("stop", "about", "act"),
}


def _finding(fact: str, about: str) -> str:
    words = FACTS[fact].words if fact in FACTS else fact
    return f"{words} of {_about(about)}"


def _about(about: str) -> str:
    return "the patient" if about in ("patient", "") else f"lesion {about}" if len(about) == 1 else about


_WORDS: Mapping[str, Any] = {
    "lesions": lambda id: f"lesion {id}",
    "findings": _finding,
    "forms": lambda instrument, about: f"form {instrument} of {_about(about)}",
    "overrides": lambda stop, about, act: f"override of {stop} for {act or 'every act'} of {_about(about)}",
}


def told(given: Any) -> str:
    """A value of a document in words; what is unknown or empty in a block is left out.

    Examples
    --------
    >>> told({"kind": "metastasis", "solitary": True, "levels": ["T8", "T9"], "proven": None})
    'kind metastasis; levels T8, T9; solitary yes'
    """
    words = _told(given)
    return words if len(words) <= LONGEST_TOLD else f"{words[:LONGEST_TOLD]} … ({len(words)} letters)"


def _told(given: Any) -> str:
    if given is None:
        return UNKNOWN
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, Mapping):
        known = sorted((name, item) for name, item in given.items() if item not in (None, ""))
        return "; ".join(f"{name.replace('_', ' ')} {_told(item)}" for name, item in known) or UNKNOWN
    if isinstance(given, list):
        return ", ".join(f"({_told(item)})" if _is_block(item) else _told(item) for item in given) or "none"
    return str(given) or "empty"
